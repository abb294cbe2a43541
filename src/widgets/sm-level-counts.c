/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-level-counts.h"

#include "sm-level-badge.h"
#include "sm-style.h"
#include "sm-text.h"

#define N_LEVELS 4

struct _SmLevelCounts
{
  GtkWidget parent_instance;

  GtkWidget *buttons[N_LEVELS];
  GtkWidget *labels[N_LEVELS];
};

G_DEFINE_FINAL_TYPE (SmLevelCounts, sm_level_counts, GTK_TYPE_WIDGET)

static void
sm_level_counts_dispose (GObject *object)
{
  SmLevelCounts *self = SM_LEVEL_COUNTS (object);

  for (guint i = 0; i < N_LEVELS; i++)
    g_clear_pointer (&self->buttons[i], gtk_widget_unparent);

  G_OBJECT_CLASS (sm_level_counts_parent_class)->dispose (object);
}

static void
sm_level_counts_class_init (SmLevelCountsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_level_counts_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "level-counts");
}

static void
sm_level_counts_init (SmLevelCounts *self)
{
  for (guint i = 0; i < N_LEVELS; i++)
    {
      GtkWidget *badge = sm_level_badge_new (i + 1);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      self->labels[i] = g_object_new (GTK_TYPE_LABEL, "label", "0", NULL);
      gtk_widget_add_css_class (self->labels[i], "figure");
      gtk_widget_add_css_class (self->labels[i], "none");
      gtk_widget_add_css_class (box, "level-count");
      gtk_box_append (GTK_BOX (box), badge);
      gtk_box_append (GTK_BOX (box), self->labels[i]);
      self->buttons[i] = gtk_button_new ();
      gtk_button_set_child (GTK_BUTTON (self->buttons[i]), box);
      gtk_widget_add_css_class (self->buttons[i], "flat");
      gtk_widget_add_css_class (self->buttons[i], "figure-line");
      gtk_widget_set_can_target (self->buttons[i], FALSE);
      gtk_widget_set_focusable (self->buttons[i], FALSE);
      gtk_widget_set_parent (self->buttons[i], GTK_WIDGET (self));
    }
}

GtkWidget *
sm_level_counts_new (void)
{
  return g_object_new (SM_TYPE_LEVEL_COUNTS, NULL);
}

/** sm_level_counts_set_link: @prefix: of the links to the rows; the level is put behind it */
void
sm_level_counts_set_link (SmLevelCounts *self,
                          const char    *prefix)
{
  g_return_if_fail (SM_IS_LEVEL_COUNTS (self) && prefix != NULL);

  for (guint i = 0; i < N_LEVELS; i++)
    {
      g_autofree char *link = g_strdup_printf ("%s%u", prefix, i + 1);

      gtk_widget_set_can_target (self->buttons[i], TRUE);
      gtk_widget_set_focusable (self->buttons[i], TRUE);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->buttons[i]), "s", link);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->buttons[i]), "page.open");
    }
}

/** sm_level_counts_set: @by_level (nullable) is indexed by level, 1 to 4; NULL: not known yet */
void
sm_level_counts_set (SmLevelCounts *self,
                     const guint    by_level[5])
{
  g_return_if_fail (SM_IS_LEVEL_COUNTS (self));

  for (guint i = 0; i < N_LEVELS; i++)
    {
      g_autofree char *text = by_level != NULL ? sm_text_count (by_level[i + 1]) : g_strdup ("–");
      g_autofree char *level = sm_level_badge_words (i + 1);
      g_autofree char *words = g_strdup_printf ("%s: %s", level, text);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      gtk_label_set_text (GTK_LABEL (self->labels[i]), text);
      sm_style_set_class (self->labels[i], "none", by_level == NULL || by_level[i + 1] == 0);
    }
}
