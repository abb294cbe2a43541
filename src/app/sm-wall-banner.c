/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-banner.h"

#include "sm-age-label.h"
#include "sm-fault-row.h"
#include "sm-fit-box.h"
#include "sm-text.h"

#include <glib/gi18n-lib.h>

struct _SmWallBanner
{
  GtkWidget parent_instance;

  GtkWidget *title_label;
  GtkWidget *place_label;
  GtkWidget *count_label;
  GtkWidget *button;
  SmAgeLabel *age;
  gint64 id;
};

G_DEFINE_FINAL_TYPE (SmWallBanner, sm_wall_banner, GTK_TYPE_WIDGET)

static void
sm_wall_banner_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_wall_banner_parent_class)->dispose (object);
}

static void
sm_wall_banner_class_init (SmWallBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_wall_banner_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "wall-banner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static GtkWidget *
make_label (const char *class_name,
            int         least_chars)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "width-chars", least_chars, NULL);

  gtk_widget_add_css_class (label, class_name);
  return label;
}

static void
sm_wall_banner_init (SmWallBanner *self)
{
  GtkWidget *box = sm_fit_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *mark = gtk_label_new ("1");

  self->title_label = make_label ("alarm-title", 8);
  self->place_label = make_label ("alarm-place", 8);
  self->count_label = gtk_label_new (NULL);
  self->age = SM_AGE_LABEL (sm_age_label_new ());
  self->button = gtk_button_new_with_label (_("Acknowledge"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "x", (gint64) 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.acknowledge-worst");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (mark, "level-mark");
  gtk_widget_add_css_class (self->count_label, "figure");
  gtk_box_append (GTK_BOX (words), self->title_label);
  gtk_box_append (GTK_BOX (words), self->place_label);
  sm_fit_box_append (SM_FIT_BOX (box), mark, 0);
  sm_fit_box_append (SM_FIT_BOX (box), words, 0);
  sm_fit_box_append (SM_FIT_BOX (box), self->count_label, 1);
  sm_fit_box_append (SM_FIT_BOX (box), GTK_WIDGET (self->age), 2);
  sm_fit_box_append (SM_FIT_BOX (box), self->button, 0);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static char *
count_words (guint index,
             guint n)
{
  g_autofree char *which = sm_text_count (index + 1);
  g_autofree char *all = sm_text_count (n);

  if (n == 1)
    return g_strdup (_("not acknowledged"));
  /* Translators: alarms of level 1, as in "2 of 5 not acknowledged" */
  return g_strdup_printf (_("%s of %s not acknowledged"), which, all);
}

/**
 * sm_wall_banner_show:
 * @alarm: (nullable): what it says; NULL: nothing, it is not there
 * @place: (nullable with no @alarm): what it is about and where that is, in words
 * @index: which of the @n that wait
 * @clock: the network's, for its age
 */
void
sm_wall_banner_show (SmWallBanner *self,
                     SmItem       *alarm,
                     const char   *place,
                     guint         index,
                     guint         n,
                     SmClock      *clock,
                     gboolean      may_acknowledge)
{
  g_autofree char *title = NULL, *count = NULL, *heading = NULL, *words = NULL;
  const SmRow *row;

  g_return_if_fail (SM_IS_WALL_BANNER (self));

  self->id = alarm != NULL ? sm_item_get_id (alarm) : 0;
  gtk_widget_set_visible (GTK_WIDGET (self), alarm != NULL);
  if (alarm == NULL)
    return;
  row = sm_item_get_row (alarm);
  title = sm_fault_title (row);
  count = count_words (index, n);
  /* Translators: an alarm of the worst level, %s is what it is */
  heading = g_strdup_printf (_("Level 1: %s"), title);
  words = g_strdup_printf ("%s · %s · %s", heading, place, count);
  gtk_label_set_text (GTK_LABEL (self->title_label), heading);
  gtk_label_set_text (GTK_LABEL (self->place_label), place);
  gtk_label_set_text (GTK_LABEL (self->count_label), count);
  gtk_widget_set_visible (self->button, may_acknowledge);
  sm_age_label_set (self->age, clock, sm_row_get_int (row, SM_ALARM_RAISED_AT));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "x", self->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/** sm_wall_banner_get_id: Returns: of the alarm that it says; 0: none */
gint64
sm_wall_banner_get_id (SmWallBanner *self)
{
  g_return_val_if_fail (SM_IS_WALL_BANNER (self), 0);

  return self->id;
}
