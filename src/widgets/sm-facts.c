/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-facts.h"

#include "sm-level-badge.h"
#include "sm-style.h"
#include "sm-text.h"

struct _SmFacts
{
  GtkWidget parent_instance;

  GtkGrid *grid;
  GPtrArray *labels; /* of the lines that are there */
};

G_DEFINE_FINAL_TYPE (SmFacts, sm_facts, GTK_TYPE_WIDGET)

static gboolean
is_listed (const SmFact *fact)
{
  return fact->value != NULL && fact->value[0] != '\0';
}

static gboolean
fits (SmFacts      *self,
      const SmFact *facts,
      guint         n)
{
  guint line = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!is_listed (&facts[i]))
        continue;
      if (line >= self->labels->len || !g_str_equal (self->labels->pdata[line], facts[i].label))
        return FALSE;
      line++;
    }
  return line == self->labels->len;
}

static void
append_line (SmFacts    *self,
             const char *label)
{
  int row = (int) self->labels->len;
  GtkWidget *what = g_object_new (GTK_TYPE_LABEL, "label", label, "xalign", 0.0, "yalign", 0.0,
                                  "wrap", TRUE, "width-chars", 8, "max-width-chars", 16, NULL);
  GtkWidget *badge = sm_level_badge_new (0);
  GtkWidget *value = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "width-chars", 12,
                                   "selectable", TRUE, NULL);

  gtk_widget_add_css_class (what, "fact");
  gtk_widget_add_css_class (value, "value");
  gtk_widget_set_valign (badge, GTK_ALIGN_START);
  gtk_grid_attach (self->grid, what, 0, row, 1, 1);
  gtk_grid_attach (self->grid, value, 1, row, 1, 1);
  gtk_grid_attach (self->grid, badge, 2, row, 1, 1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, what,
                                  NULL, -1);
  g_ptr_array_add (self->labels, g_strdup (label));
}

static void
rebuild (SmFacts      *self,
         const SmFact *facts,
         guint         n)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  g_ptr_array_set_size (self->labels, 0);
  for (guint i = 0; i < n; i++)
    if (is_listed (&facts[i]))
      append_line (self, facts[i].label);
}

static void
sm_facts_dispose (GObject *object)
{
  SmFacts *self = SM_FACTS (object);

  if (self->grid != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;
  g_clear_pointer (&self->labels, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_facts_parent_class)->dispose (object);
}

static void
sm_facts_class_init (SmFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_facts_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_facts_init (SmFacts *self)
{
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "facts");
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

GtkWidget *
sm_facts_new (void)
{
  return g_object_new (SM_TYPE_FACTS, NULL);
}

/* Which limit it is beyond: to who points at it, and to who hears it. */
static void
tell_limit (GtkWidget  *value,
            GtkWidget  *badge,
            const char *limit)
{
  gtk_widget_set_tooltip_text (value, limit);
  gtk_widget_set_tooltip_text (badge, limit);
  if (limit != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    limit, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/** sm_facts_set: Shows the facts that are known. */
void
sm_facts_set (SmFacts      *self,
              const SmFact *facts,
              guint         n)
{
  int line = 0;

  g_return_if_fail (SM_IS_FACTS (self));

  if (!fits (self, facts, n))
    rebuild (self, facts, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *clean = NULL;
      GtkWidget *value, *badge;

      if (!is_listed (&facts[i]))
        continue;
      clean = sm_text_clean (facts[i].value);
      value = gtk_grid_get_child_at (self->grid, 1, line);
      badge = gtk_grid_get_child_at (self->grid, 2, line++);
      if (!g_str_equal (gtk_label_get_text (GTK_LABEL (value)), clean))
        gtk_label_set_text (GTK_LABEL (value), clean);
      sm_style_set_class (value, "over-limit", facts[i].level > 0);
      sm_level_badge_set_level (SM_LEVEL_BADGE (badge), facts[i].level);
      gtk_widget_set_visible (badge, facts[i].level > 0);
      tell_limit (value, badge, facts[i].level > 0 ? facts[i].limit : NULL);
    }
}
