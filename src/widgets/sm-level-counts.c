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

  GtkWidget *boxes[N_LEVELS];
  GtkWidget *labels[N_LEVELS];
};

G_DEFINE_FINAL_TYPE (SmLevelCounts, sm_level_counts, GTK_TYPE_WIDGET)

static void
sm_level_counts_dispose (GObject *object)
{
  SmLevelCounts *self = SM_LEVEL_COUNTS (object);

  for (guint i = 0; i < N_LEVELS; i++)
    g_clear_pointer (&self->boxes[i], gtk_widget_unparent);

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

      self->labels[i] = g_object_new (GTK_TYPE_LABEL, "label", "0", NULL);
      gtk_widget_add_css_class (self->labels[i], "figure");
      gtk_widget_add_css_class (self->labels[i], "none");
      self->boxes[i] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_widget_add_css_class (self->boxes[i], "level-count");
      gtk_box_append (GTK_BOX (self->boxes[i]), badge);
      gtk_box_append (GTK_BOX (self->boxes[i]), self->labels[i]);
      gtk_widget_set_parent (self->boxes[i], GTK_WIDGET (self));
    }
}

GtkWidget *
sm_level_counts_new (void)
{
  return g_object_new (SM_TYPE_LEVEL_COUNTS, NULL);
}

/** sm_level_counts_set: @by_level is indexed by level, 1 to 4. */
void
sm_level_counts_set (SmLevelCounts *self,
                     const guint    by_level[5])
{
  g_return_if_fail (SM_IS_LEVEL_COUNTS (self));

  for (guint i = 0; i < N_LEVELS; i++)
    {
      g_autofree char *text = sm_text_count (by_level[i + 1]);

      gtk_label_set_text (GTK_LABEL (self->labels[i]), text);
      sm_style_set_class (self->labels[i], "none", by_level[i + 1] == 0);
    }
}
