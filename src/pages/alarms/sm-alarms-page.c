/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarms-page.h"

#include "sm-alarm-acts.h"
#include "sm-alarm-keys.h"
#include "sm-bell-button.h"
#include "sm-level-badge.h"
#include "sm-status-banner.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-ticker.h"
#include "sm-wrap-box.h"

#include <glib/gi18n-lib.h>

#define GROUPS_KEY "alarm_centre.groups"
#define CHOSEN_KEY "chosen"
#define PANEL_WIDTH 400
/* Narrower than that, the panel is below the list and not beside it. */
#define BESIDE_WIDTH 1050
#define PANEL_HEIGHT 280
/* Of the key; the button has longer ones. */
#define SILENCE_US (5 * G_TIME_SPAN_MINUTE)

struct _SmAlarmsPage
{
  SmPage parent_instance;

  SmOps *ops;
  SmViewState *state; /* (nullable) */
  GtkStack *stack;
  GtkWidget *switcher;
  GtkWidget *new_button;
  GtkWidget *new_label;
  SmLevelBadge *new_badge;
  SmStatusBanner *flood_banner;
  SmStatusBanner *safety_banner;
  SmAlarmPanel *panel;
  SmBellButton *bell_button;
  SmTicker *ticker; /* while mapped */
  gboolean groups;  /* a flood by cause */
  GtkPaned *paned;
  guint turn_source;
  int width;
  gboolean is_wall; /* nothing to press, and nobody who chooses */
  gboolean wants_first; /* the most urgent is to be chosen as soon as there is one */
  gint64 wanted_id; /* to be chosen as soon as it is there; 0: none */
};

G_DEFINE_FINAL_TYPE (SmAlarmsPage, sm_alarms_page, SM_TYPE_PAGE)

/* --- what is shown --- */

/** sm_alarms_page_get_view: Returns: (transfer none): the table that is shown */
SmAlarmView *
sm_alarms_page_get_view (SmAlarmsPage *self)
{
  g_return_val_if_fail (SM_IS_ALARMS_PAGE (self), NULL);

  return SM_ALARM_VIEW (gtk_stack_get_visible_child (self->stack));
}

/** sm_alarms_page_dup_chosen: Returns: (transfer full): of SmItem, the selected alarms */
GPtrArray *
sm_alarms_page_dup_chosen (SmAlarmsPage *self)
{
  g_return_val_if_fail (SM_IS_ALARMS_PAGE (self), NULL);

  return sm_table_dup_selection (sm_alarm_view_get_table (sm_alarms_page_get_view (self)));
}

SmAlarmPanel *
sm_alarms_page_get_panel (SmAlarmsPage *self)
{
  g_return_val_if_fail (SM_IS_ALARMS_PAGE (self), NULL);

  return self->panel;
}

static void
show_acts (SmAlarmsPage *self)
{
  g_autoptr (GPtrArray) chosen = sm_alarms_page_dup_chosen (self);

  for (SmAlarmAct act = 0; act < SM_N_ALARM_ACTS; act++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), sm_alarm_act_action (act),
                                   !self->is_wall
                                       && sm_alarm_act_refusal (self->ops, act, chosen) == NULL);
  sm_alarm_panel_refresh (self->panel);
}

static void
chosen_cb (SmAlarmsPage *self)
{
  g_autoptr (GPtrArray) chosen = sm_alarms_page_dup_chosen (self);

  sm_alarm_panel_show (self->panel, chosen);
  show_acts (self);
}

static void
count_views (SmAlarmsPage *self,
             guint         counts[SM_N_DESK_VIEWS])
{
  GListModel *alarms = sm_ops_get_alarms (self->ops);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      for (guint view = 0; view < SM_N_DESK_VIEWS; view++)
        counts[view] += sm_alarm_desk_belongs (sm_item_get_row (item), now, view);
    }
}

/* How many there are stands beside the title of each view, as soon as that is known. */
static void
show_counts (SmAlarmsPage *self)
{
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));
  gboolean is_known = state != SM_STATUS_STARTING && state != SM_STATUS_LOADING;
  guint counts[SM_N_DESK_VIEWS] = { 0 };

  count_views (self, counts);
  for (guint i = 0; i < sm_n_alarm_views; i++)
    {
      GtkWidget *view = gtk_stack_get_child_by_name (self->stack, sm_alarm_views[i].name);
      GtkStackPage *page = gtk_stack_get_page (self->stack, view);
      g_autofree char *count
          = is_known ? sm_text_count (counts[sm_alarm_views[i].view]) : g_strdup ("–");
      g_autofree char *title = g_strdup_printf ("%s  %s", _(sm_alarm_views[i].title), count);

      if (!sm_alarm_views[i].is_history && g_strcmp0 (gtk_stack_page_get_title (page), title) != 0)
        gtk_stack_page_set_title (page, title);
    }
}

static void
show_new (SmAlarmsPage *self,
          SmAlarmDesk  *desk)
{
  guint level = 0, n = desk != NULL ? sm_alarm_desk_count_new (desk, &level) : 0;
  /* Translators: alarms that came while somebody is at the list, and are not in it yet */
  g_autofree char *words = g_strdup_printf (ngettext ("%u new", "%u new", n), n);
  g_autofree char *worst = level > 0 ? sm_level_badge_words (level) : NULL;

  if (n > 0 && g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->new_label)), words) != 0)
    {
      gtk_label_set_text (GTK_LABEL (self->new_label), words);
      sm_level_badge_set_level (self->new_badge, level);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_button),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, worst, -1);
    }
  gtk_widget_set_visible (self->new_button, n > 0);
}

static void
show_flood (SmAlarmsPage *self,
            SmAlarmDesk  *desk)
{
  gboolean is_flood = desk != NULL && sm_alarm_desk_is_flood (desk);
  guint n = is_flood ? sm_alarm_desk_count_recent (desk) : 0;
  g_autofree char *title
      = g_strdup_printf (ngettext ("Flood: %u alarm in 10 minutes", "Flood: %u alarms in 10 minutes",
                                   n), n);

  sm_status_banner_set (self->flood_banner, is_flood ? title : NULL,
                        !is_flood       ? NULL
                        : self->groups ? _("Those of one cause are one row; safety codes are not.")
                                       : _("Each is a row of its own."));
  sm_status_banner_set_action (self->flood_banner,
                               self->groups ? _("Show each") : _("Group by cause"),
                               "alarms.toggle-groups");
}

static void
show_safety (SmAlarmsPage *self,
             SmAlarmDesk  *desk)
{
  guint n = desk != NULL ? sm_alarm_desk_count_unseen_safety (desk) : 0;
  g_autofree char *title = g_strdup_printf (
      ngettext ("%u safety alarm is outside of this filter",
                "%u safety alarms are outside of this filter", n), n);

  sm_status_banner_set (self->safety_banner, n > 0 ? title : NULL,
                        n > 0 ? _("Take the filter away to see it.") : NULL);
}

static gint64
get_first_id (SmAlarmsPage *self)
{
  GListModel *model = G_LIST_MODEL (sm_alarm_view_get_desk (sm_alarms_page_get_view (self)));
  g_autoptr (SmItem) first = model != NULL ? g_list_model_get_item (model, 0) : NULL;

  return first != NULL ? sm_item_get_id (first) : 0;
}

/* The one that a link names is chosen when its row has come. */
static void
choose_wanted (SmAlarmsPage *self)
{
  gint64 id = self->wants_first ? get_first_id (self) : self->wanted_id;

  if (id == 0
      || !sm_table_select (sm_alarm_view_get_table (sm_alarms_page_get_view (self)), id))
    return;
  self->wanted_id = 0;
  self->wants_first = FALSE;
}

static void
desk_changed_cb (SmAlarmsPage *self)
{
  SmAlarmDesk *desk;

  if (self->panel == NULL || gtk_stack_get_visible_child (self->stack) == NULL)
    return;
  desk = sm_alarm_view_get_desk (sm_alarms_page_get_view (self));
  show_new (self, desk);
  show_flood (self, desk);
  show_safety (self, desk);
  show_counts (self);
  choose_wanted (self);
}

static void
shown_cb (SmAlarmsPage *self)
{
  if (self->panel == NULL || gtk_stack_get_visible_child (self->stack) == NULL)
    return;
  chosen_cb (self);
  desk_changed_cb (self);
}

static void
refresh (SmAlarmsPage *self)
{
  sm_alarm_view_refresh (sm_alarms_page_get_view (self));
  sm_bell_button_refresh (self->bell_button);
  show_acts (self);
}

static void
tick_cb (gpointer listener)
{
  refresh (listener);
}

static void
sm_alarms_page_map (GtkWidget *widget)
{
  SmAlarmsPage *self = SM_ALARMS_PAGE (widget);

  GTK_WIDGET_CLASS (sm_alarms_page_parent_class)->map (widget);
  self->is_wall = gtk_widget_has_css_class (GTK_WIDGET (gtk_widget_get_root (widget)), "wall");
  gtk_widget_set_visible (GTK_WIDGET (self->panel), !self->is_wall);
  gtk_widget_set_visible (GTK_WIDGET (self->bell_button), !self->is_wall);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  sm_ticker_listen (self->ticker, tick_cb, self);
  refresh (self);
}

/* Beside the list where there is room for both, else below it. */
static gboolean
turn_cb (gpointer user_data)
{
  SmAlarmsPage *self = user_data;
  gboolean is_beside = self->width >= BESIDE_WIDTH;

  self->turn_source = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned),
                                  is_beside ? GTK_ORIENTATION_HORIZONTAL
                                            : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (GTK_WIDGET (self->panel), is_beside ? PANEL_WIDTH : -1,
                               is_beside ? -1 : PANEL_HEIGHT);
  return G_SOURCE_REMOVE;
}

static void
resized_cb (SmAlarmsPage *self,
            int           width,
            int           height)
{
  gboolean was_beside = self->width >= BESIDE_WIDTH;

  self->width = width;
  /* Not within a layout, which it changes. */
  if ((width >= BESIDE_WIDTH) != was_beside && self->turn_source == 0)
    {
      self->turn_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, turn_cb, self, NULL);
      g_source_set_name_by_id (self->turn_source, "sm_alarms_page turn");
    }
}

/* Of no height: a page has a layout manager, and only this is told how wide it is. */
static GtkWidget *
make_measure (SmAlarmsPage *self)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "hexpand", TRUE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  g_signal_connect_object (area, "resize", G_CALLBACK (resized_cb), self, G_CONNECT_SWAPPED);
  return area;
}

static void
sm_alarms_page_unmap (GtkWidget *widget)
{
  SmAlarmsPage *self = SM_ALARMS_PAGE (widget);

  sm_ticker_leave (self->ticker, tick_cb, self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_alarms_page_parent_class)->unmap (widget);
}

/* --- links --- */

/** sm_alarms_page_has_view: Whether links to @name are shown here. */
gboolean
sm_alarms_page_has_view (const char *name)
{
  for (guint i = 0; i < sm_n_alarm_views; i++)
    if (g_str_equal (sm_alarm_views[i].name, name))
      return TRUE;
  return FALSE;
}

static gboolean
sm_alarms_page_show_link (SmPage       *page,
                          const SmLink *link)
{
  SmAlarmsPage *self = SM_ALARMS_PAGE (page);
  const char *name = sm_link_get_page (link);
  const char *chosen = sm_link_get (link, CHOSEN_KEY);
  g_autoptr (SmLink) rest = sm_link_copy (link);

  if (sm_link_get_name (link) != NULL || !sm_alarms_page_has_view (name))
    return FALSE;
  sm_link_set (rest, CHOSEN_KEY, NULL);
  self->wants_first = g_strcmp0 (chosen, "first") == 0;
  if (chosen == NULL
      || !g_ascii_string_to_signed (chosen, 10, 1, G_MAXINT64, &self->wanted_id, NULL))
    self->wanted_id = 0;
  gtk_stack_set_visible_child_name (self->stack, name);
  sm_alarm_view_show_link (sm_alarms_page_get_view (self), rest);
  choose_wanted (self);
  return TRUE;
}

static char *
sm_alarms_page_dup_link (SmPage *page)
{
  return sm_alarm_view_dup_link (sm_alarms_page_get_view (SM_ALARMS_PAGE (page)));
}

static const char *
sm_alarms_page_describe_missing (SmPage *page)
{
  SmAlarmsPage *self = SM_ALARMS_PAGE (page);
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  if (state == SM_STATUS_STARTING)
    return "an answer of the service";
  if (state == SM_STATUS_LOADING)
    return "the first load of the network";
  return sm_alarm_view_describe_missing (sm_alarms_page_get_view (self));
}

/* --- acts --- */

static SmItem *
get_first (GPtrArray *chosen)
{
  return chosen->len > 0 ? chosen->pdata[0] : NULL;
}

/* One is taken by one key; of several, one note is asked for. */
static void
acknowledge_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  SmAlarmsPage *self = SM_ALARMS_PAGE (widget);
  g_autoptr (GPtrArray) chosen = sm_alarms_page_dup_chosen (self);

  if (self->is_wall || sm_alarm_act_refusal (self->ops, SM_ALARM_ACT_ACKNOWLEDGE, chosen) != NULL)
    return;
  if (chosen->len == 1 && g_str_equal (name, "alarms.acknowledge"))
    sm_alarm_act_acknowledge (widget, self->ops, chosen, NULL);
  else
    sm_alarm_act_ask (widget, self->ops, SM_ALARM_ACT_ACKNOWLEDGE, chosen);
}

static void
ask_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  SmAlarmsPage *self = SM_ALARMS_PAGE (widget);
  g_autoptr (GPtrArray) chosen = sm_alarms_page_dup_chosen (self);

  for (SmAlarmAct act = 0; !self->is_wall && act < SM_N_ALARM_ACTS; act++)
    if (g_str_equal (sm_alarm_act_action (act), name)
        && sm_alarm_act_refusal (self->ops, act, chosen) == NULL)
      sm_alarm_act_ask (widget, self->ops, act, chosen);
}

static void
panel_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SmAlarmsPage *self = SM_ALARMS_PAGE (widget);

  if (!self->is_wall)
    sm_alarm_panel_act (self->panel, name);
}

static void
lay_in_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SmAlarmDesk *desk = sm_alarm_view_get_desk (sm_alarms_page_get_view (SM_ALARMS_PAGE (widget)));

  if (desk != NULL)
    sm_alarm_desk_lay_in (desk);
}

static void
fold_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmAlarmsPage *self = SM_ALARMS_PAGE (widget);
  SmAlarmDesk *desk = sm_alarm_view_get_desk (sm_alarms_page_get_view (self));
  g_autoptr (GPtrArray) chosen = sm_alarms_page_dup_chosen (self);

  if (desk == NULL || chosen->len != 1)
    return;
  sm_alarm_desk_set_expanded (desk, get_first (chosen), g_str_equal (name, "alarms.unfold"));
  sm_table_show_anew (sm_alarm_view_get_table (sm_alarms_page_get_view (self)));
}

static void
toggle_groups_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  SmAlarmsPage *self = SM_ALARMS_PAGE (widget);

  self->groups = !self->groups;
  if (self->state != NULL)
    sm_view_state_set (self->state, GROUPS_KEY, self->groups ? "yes" : "no");
  for (guint i = 0; i < sm_n_alarm_views; i++)
    sm_alarm_view_set_groups (
        SM_ALARM_VIEW (gtk_stack_get_child_by_name (self->stack, sm_alarm_views[i].name)),
        self->groups);
  lay_in_action (widget, name, parameter);
}

static void
all_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  sm_alarm_view_clear (sm_alarms_page_get_view (SM_ALARMS_PAGE (widget)));
}

static void
urgent_first_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  sm_table_set_sort (sm_alarm_view_get_table (sm_alarms_page_get_view (SM_ALARMS_PAGE (widget))),
                     NULL, FALSE);
}

/* Not an acknowledgement: the row still waits for one. */
static void
silence_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SmBell *bell = sm_bell_for_ops (SM_ALARMS_PAGE (widget)->ops);

  sm_bell_silence (bell, sm_bell_is_silenced (bell) ? 0 : SILENCE_US);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_alarm_view_find (sm_alarms_page_get_view (SM_ALARMS_PAGE (widget)));
}

static void
rows_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_table_grab_rows (sm_alarm_view_get_table (sm_alarms_page_get_view (SM_ALARMS_PAGE (widget))));
}

static void
activated_cb (SmAlarmsPage *self,
              SmItem       *item)
{
  sm_alarm_panel_focus (self->panel);
}

static void
sm_alarms_page_dispose (GObject *object)
{
  SmAlarmsPage *self = SM_ALARMS_PAGE (object);

  self->panel = NULL;
  g_clear_handle_id (&self->turn_source, g_source_remove);
  g_clear_object (&self->ops);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (sm_alarms_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "alarms.acknowledge", NULL, acknowledge_action);
  gtk_widget_class_install_action (widget_class, "alarms.acknowledge-note", NULL,
                                   acknowledge_action);
  gtk_widget_class_install_action (widget_class, "alarms.note", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "alarms.shelve", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "alarms.unshelve", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "alarms.take-out", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "alarms.approve-out", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "alarms.return", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "alarms.release", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "alarms.command", NULL, panel_action);
  gtk_widget_class_install_action (widget_class, "alarms.work-order", NULL, panel_action);
  gtk_widget_class_install_action (widget_class, "alarms.quarantine", NULL, panel_action);
  gtk_widget_class_install_action (widget_class, "alarms.end-quarantine", NULL, panel_action);
  gtk_widget_class_install_action (widget_class, "alarms.lay-in", NULL, lay_in_action);
  gtk_widget_class_install_action (widget_class, "alarms.fold", NULL, fold_action);
  gtk_widget_class_install_action (widget_class, "alarms.unfold", NULL, fold_action);
  gtk_widget_class_install_action (widget_class, "alarms.toggle-groups", NULL,
                                   toggle_groups_action);
  gtk_widget_class_install_action (widget_class, "alarms.all", NULL, all_action);
  gtk_widget_class_install_action (widget_class, "alarms.urgent-first", NULL, urgent_first_action);
  gtk_widget_class_install_action (widget_class, "alarms.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "alarms.rows", NULL, rows_action);
  gtk_widget_class_install_action (widget_class, "alarms.silence", NULL, silence_action);
}

static void
sm_alarms_page_class_init (SmAlarmsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_alarms_page_dispose;
  widget_class->map = sm_alarms_page_map;
  widget_class->unmap = sm_alarms_page_unmap;
  page_class->show_link = sm_alarms_page_show_link;
  page_class->dup_link = sm_alarms_page_dup_link;
  page_class->describe_missing = sm_alarms_page_describe_missing;
  install_actions (widget_class);
}

static void
sm_alarms_page_init (SmAlarmsPage *self)
{
  self->groups = TRUE;
  self->stack = GTK_STACK (gtk_stack_new ());
}

/* --- making --- */

static void
add_views (SmAlarmsPage *self)
{
  for (guint i = 0; i < sm_n_alarm_views; i++)
    {
      GtkWidget *view = sm_alarm_view_new (self->ops, self->state, &sm_alarm_views[i]);

      sm_alarm_view_set_groups (SM_ALARM_VIEW (view), self->groups);
      g_signal_connect_object (view, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (view, "activated", G_CALLBACK (activated_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (view, "desk-changed", G_CALLBACK (desk_changed_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_titled (self->stack, view, sm_alarm_views[i].name, _(sm_alarm_views[i].title));
    }
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (shown_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
make_new_button (SmAlarmsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->new_badge = SM_LEVEL_BADGE (sm_level_badge_new (0));
  self->new_label = gtk_label_new ("");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->new_badge));
  gtk_box_append (GTK_BOX (box), self->new_label);
  self->new_button = g_object_new (GTK_TYPE_BUTTON, "child", box, "action-name", "alarms.lay-in",
                                   "visible", FALSE, "tooltip-text", _("Lay them in (u)"), NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->new_button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->new_label, NULL, -1);
  gtk_widget_add_css_class (self->new_button, "small");
  return self->new_button;
}

static GtkWidget *
make_head (SmAlarmsPage *self)
{
  GtkWidget *head = sm_wrap_box_new (10);

  gtk_widget_add_css_class (head, "alarms-head");
  self->switcher = gtk_stack_switcher_new ();
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (self->switcher), self->stack);
  sm_wrap_box_append (SM_WRAP_BOX (head), self->switcher);
  sm_wrap_box_append (SM_WRAP_BOX (head), make_new_button (self));
  self->bell_button = SM_BELL_BUTTON (sm_bell_button_new (sm_bell_for_ops (self->ops)));
  gtk_widget_set_hexpand (GTK_WIDGET (self->bell_button), TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->bell_button), GTK_ALIGN_END);
  sm_wrap_box_append (SM_WRAP_BOX (head), GTK_WIDGET (self->bell_button));
  return head;
}

static GtkWidget *
make_lists (SmAlarmsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->flood_banner = SM_STATUS_BANNER (sm_status_banner_new ());
  self->safety_banner = SM_STATUS_BANNER (sm_status_banner_new ());
  sm_status_banner_set_action (self->safety_banner, _("Show all"), "alarms.all");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->safety_banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->flood_banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  return box;
}

/** sm_alarms_page_new: @state: (nullable): where the views remember how they are shown */
GtkWidget *
sm_alarms_page_new (SmOps       *ops,
                    SmViewState *state,
                    const char  *title)
{
  SmAlarmsPage *self = g_object_new (SM_TYPE_ALARMS_PAGE, "title", title, NULL);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  const char *groups = state != NULL ? sm_view_state_get (state, GROUPS_KEY) : NULL;
  GtkWidget *panel, *lists, *box;

  self->ops = g_object_ref (ops);
  self->state = state != NULL ? g_object_ref (state) : NULL;
  self->groups = g_strcmp0 (groups, "no") != 0;
  add_views (self);
  lists = make_lists (self);
  panel = sm_alarm_panel_new (ops);
  gtk_widget_add_css_class (panel, "alarm-column");
  self->panel = SM_ALARM_PANEL (panel);
  self->paned = GTK_PANED (paned);
  self->width = BESIDE_WIDTH;
  turn_cb (self);
  gtk_paned_set_start_child (GTK_PANED (paned), lists);
  gtk_paned_set_end_child (GTK_PANED (paned), panel);
  gtk_paned_set_resize_end_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), TRUE);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_vexpand (paned, TRUE);
  gtk_box_append (GTK_BOX (box), make_measure (self));
  gtk_box_append (GTK_BOX (box), paned);
  adw_bin_set_child (ADW_BIN (self), box);
  sm_alarm_keys_add (GTK_WIDGET (self));
  g_signal_connect_object (ops, "notify::person", G_CALLBACK (show_acts), self, G_CONNECT_SWAPPED);
  shown_cb (self);
  return GTK_WIDGET (self);
}
