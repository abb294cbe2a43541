/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-bar.h"

#include "sm-age-label.h"
#include "sm-alarm.h"
#include "sm-fault-context.h"
#include "sm-fault-row.h"
#include "sm-fit-box.h"
#include "sm-level-badge.h"
#include "sm-level-counts.h"
#include "sm-style.h"

#include <glib/gi18n-lib.h>

#define N_NEWEST 2
/* Of an alarm: with less it says nothing and leaves, the older one first. */
#define LEAST_CHARS 12

/* What happens within so long is shown at once. */
#define SHOW_MS 100

struct _SmAlarmBar
{
  GtkWidget parent_instance;

  SmFitBox *box;
  GtkWidget *buttons[N_NEWEST];
  SmLevelBadge *badges[N_NEWEST];
  GtkWidget *labels[N_NEWEST];
  SmAgeLabel *ages[N_NEWEST];
  GtkWidget *quiet_label;
  GtkWidget *pending_label;
  GtkWidget *unacked_label;
  SmLevelCounts *counts;

  SmOps *ops;
  guint timer;
};

G_DEFINE_FINAL_TYPE (SmAlarmBar, sm_alarm_bar, GTK_TYPE_WIDGET)

/* The newest alarms that nobody has acknowledged or put aside, newest first; borrowed. */
static guint
find_newest (SmOps *ops,
             SmRow *out_newest[N_NEWEST])
{
  GListModel *alarms = sm_ops_get_alarms (ops);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops)));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      SmRow *row = sm_item_get_row (item);
      guint place;

      if (sm_item_get_pending (item) || !sm_fault_is_unacked (row)
          || sm_alarm_is_hidden (row, now))
        continue;
      for (place = n; place > 0
                      && sm_row_get_int (out_newest[place - 1], SM_ALARM_RAISED_AT)
                             < sm_row_get_int (row, SM_ALARM_RAISED_AT);
           place--)
        if (place < N_NEWEST)
          out_newest[place] = out_newest[place - 1];
      if (place < N_NEWEST)
        out_newest[place] = row;
      n = MIN (n + 1, N_NEWEST);
    }
  return n;
}

static void
show_alarm (SmAlarmBar *self,
            guint       index,
            SmRow      *row)
{
  g_auto (SmFaultContext) context = { 0 };
  g_autofree char *title = NULL;
  g_autofree char *place = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->buttons[index], row != NULL);
  if (row == NULL)
    return;
  title = sm_fault_title (row);
  sm_fault_context_read (&context, row, self->ops);
  place = context.name != NULL ? g_strdup (context.name) : sm_fault_source (row);
  words = g_strdup_printf ("%s · %s", title, place);
  gtk_label_set_text (GTK_LABEL (self->labels[index]), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[index]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  sm_level_badge_set_level (self->badges[index],
                            (guint) CLAMP (sm_row_get_int (row, SM_ALARM_LEVEL), 1, 4));
  sm_age_label_set (self->ages[index], sm_status_get_clock (sm_ops_get_status (self->ops)),
                    sm_row_get_int (row, SM_ALARM_RAISED_AT));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->buttons[index]), "x",
                                    sm_row_get_id (row));
}

/* What is kept and not sent; nothing, when there is none. */
static char *
describe_acts (const SmFigureValues *values)
{
  GString *words = g_string_new (NULL);

  if (values->pending > 0)
    g_string_append_printf (words,
                            ngettext ("%u act waits to be sent", "%u acts wait to be sent",
                                      values->pending),
                            values->pending);
  if (values->pending > 0 && values->elsewhere > 0)
    g_string_append (words, " · ");
  if (values->elsewhere > 0)
    g_string_append_printf (words,
                            ngettext ("%u act waits for another network or person",
                                      "%u acts wait for another network or person",
                                      values->elsewhere),
                            values->elsewhere);
  return g_string_free (words, FALSE);
}

static void
show_counts (SmAlarmBar           *self,
             const SmFigureValues *values)
{
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));
  gboolean is_live = state == SM_STATUS_LIVE;
  gboolean is_unknown = values->alarms == 0
                        && (state == SM_STATUS_STARTING || state == SM_STATUS_LOADING);
  g_autofree char *unacked = g_strdup_printf (
      is_live ? ngettext ("%u not acknowledged", "%u not acknowledged", values->unacked)
              : ngettext ("Last known: %u not acknowledged", "Last known: %u not acknowledged",
                          values->unacked),
      values->unacked);
  g_autofree char *pending = describe_acts (values);

  sm_level_counts_set (self->counts, is_unknown ? NULL : values->alarms_by_level);
  gtk_label_set_text (GTK_LABEL (self->unacked_label), unacked);
  gtk_widget_set_visible (self->unacked_label, values->unacked > 0);
  gtk_label_set_text (GTK_LABEL (self->pending_label), pending);
  gtk_widget_set_visible (self->pending_label, pending[0] != '\0');
  sm_style_set_class (GTK_WIDGET (self), "stale", !is_live);
}

static void
show_alarms (SmAlarmBar *self)
{
  SmRow *newest[N_NEWEST] = { NULL };
  guint n = find_newest (self->ops, newest);

  for (guint i = 0; i < N_NEWEST; i++)
    show_alarm (self, i, newest[i]);
  gtk_widget_set_visible (self->quiet_label,
                          n == 0
                              && sm_status_get_state (sm_ops_get_status (self->ops))
                                     == SM_STATUS_LIVE);
  show_counts (self, sm_figures_get_values (sm_ops_get_figures (self->ops)));
}

static gboolean
show_cb (gpointer user_data)
{
  SmAlarmBar *self = user_data;

  self->timer = 0;
  show_alarms (self);
  return G_SOURCE_REMOVE;
}

static void
show_alarms_soon (SmAlarmBar *self)
{
  if (self->timer != 0)
    return;
  self->timer = g_timeout_add (SHOW_MS, show_cb, self);
  g_source_set_name_by_id (self->timer, "sm_alarm_bar show_alarms");
}

static void
sm_alarm_bar_dispose (GObject *object)
{
  SmAlarmBar *self = SM_ALARM_BAR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->timer, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_alarm_bar_parent_class)->dispose (object);
}

static void
sm_alarm_bar_class_init (SmAlarmBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_alarm_bar_dispose;

  g_type_ensure (SM_TYPE_FIT_BOX);
  g_type_ensure (SM_TYPE_LEVEL_COUNTS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "app/sm-alarm-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SmAlarmBar, box);
  gtk_widget_class_bind_template_child (widget_class, SmAlarmBar, quiet_label);
  gtk_widget_class_bind_template_child (widget_class, SmAlarmBar, pending_label);
  gtk_widget_class_bind_template_child (widget_class, SmAlarmBar, unacked_label);
  gtk_widget_class_bind_template_child (widget_class, SmAlarmBar, counts);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
add_button (SmAlarmBar *self,
            guint       index,
            GtkWidget  *after)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->badges[index] = SM_LEVEL_BADGE (sm_level_badge_new (1));
  self->labels[index]
      = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "xalign", 0.0,
                    "width-chars", LEAST_CHARS, NULL);
  self->ages[index] = SM_AGE_LABEL (sm_age_label_new ());
  self->buttons[index] = g_object_new (GTK_TYPE_BUTTON, "child", box, "has-frame", FALSE,
                                       "visible", FALSE, NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->buttons[index]), "x", (gint64) 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->buttons[index]), "win.open-alarm");
  gtk_widget_add_css_class (box, "newest");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->badges[index]));
  gtk_box_append (GTK_BOX (box), self->labels[index]);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->ages[index]));
  sm_fit_box_append (self->box, self->buttons[index], index == 0 ? 1 : 4);
  gtk_widget_insert_after (self->buttons[index], GTK_WIDGET (self->box), after);
}

static void
sm_alarm_bar_init (SmAlarmBar *self)
{
  GtkWidget *after = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_NEWEST; i++)
    {
      add_button (self, i, after);
      after = self->buttons[i];
    }
  sm_style_set_class (self->labels[0], "first", TRUE);
}

void
sm_alarm_bar_set_ops (SmAlarmBar *self,
                      SmOps      *ops)
{
  g_return_if_fail (SM_IS_ALARM_BAR (self) && SM_IS_OPS (ops));

  g_set_object (&self->ops, ops);
  g_signal_connect_object (sm_ops_get_alarms (ops), "items-changed", G_CALLBACK (show_alarms_soon),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_status (ops), "notify", G_CALLBACK (show_alarms_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_figures (ops), "changed", G_CALLBACK (show_alarms_soon), self,
                           G_CONNECT_SWAPPED);
  show_alarms (self);
}
