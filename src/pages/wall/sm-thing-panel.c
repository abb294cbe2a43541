/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-thing-panel.h"

#include "sm-style.h"
#include "sm-text.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

struct _SmThingPanel
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkWidget *loading_label;
  GtkWidget *problem_label;
  GtkWidget *name_label;
  GtkWidget *subtitle_label;
  GtkWidget *stale_label;
  GtkWidget *head;
  GtkWidget *sections;
};

G_DEFINE_FINAL_TYPE (SmThingPanel, sm_thing_panel, GTK_TYPE_WIDGET)

static void
sm_thing_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_thing_panel_parent_class)->dispose (object);
}

static void
sm_thing_panel_class_init (SmThingPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_thing_panel_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-thing-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmThingPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, SmThingPanel, loading_label);
  gtk_widget_class_bind_template_child (widget_class, SmThingPanel, problem_label);
  gtk_widget_class_bind_template_child (widget_class, SmThingPanel, name_label);
  gtk_widget_class_bind_template_child (widget_class, SmThingPanel, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, SmThingPanel, stale_label);
  gtk_widget_class_bind_template_child (widget_class, SmThingPanel, head);
  gtk_widget_class_bind_template_child (widget_class, SmThingPanel, sections);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sm_thing_panel_init (SmThingPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** sm_thing_panel_new: @loading: what to say while it is loading */
GtkWidget *
sm_thing_panel_new (const char *loading)
{
  SmThingPanel *self = g_object_new (SM_TYPE_THING_PANEL, NULL);

  gtk_label_set_text (GTK_LABEL (self->loading_label), loading);
  return GTK_WIDGET (self);
}

/** sm_thing_panel_get_head: Returns: (transfer none): a box under the name, for what matters most */
GtkWidget *
sm_thing_panel_get_head (SmThingPanel *self)
{
  g_return_val_if_fail (SM_IS_THING_PANEL (self), NULL);

  return self->head;
}

/**
 * sm_thing_panel_add_section:
 * @title: (nullable)
 *
 * Returns: (transfer none): the section, to hide when there is nothing in it
 */
GtkWidget *
sm_thing_panel_add_section (SmThingPanel *self,
                            const char   *title,
                            GtkWidget    *child)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_return_val_if_fail (SM_IS_THING_PANEL (self), NULL);

  gtk_widget_add_css_class (section, "panel-section");
  if (title != NULL)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, NULL);

      gtk_widget_add_css_class (label, "section-title");
      gtk_box_append (GTK_BOX (section), label);
    }
  gtk_box_append (GTK_BOX (section), child);
  gtk_box_append (GTK_BOX (self->sections), section);
  return section;
}

static void
set_label (GtkWidget  *label,
           const char *text)
{
  g_autofree char *clean = sm_text_clean (text);

  gtk_label_set_text (GTK_LABEL (label), clean[0] != '\0' ? clean : "–");
}

/** sm_thing_panel_set_name: Text from elsewhere, taken as it is and never as markup. */
void
sm_thing_panel_set_name (SmThingPanel *self,
                         const char   *name,
                         const char   *subtitle)
{
  g_return_if_fail (SM_IS_THING_PANEL (self));

  set_label (self->name_label, name);
  set_label (self->subtitle_label, subtitle);
}

void
sm_thing_panel_show_loading (SmThingPanel *self)
{
  g_return_if_fail (SM_IS_THING_PANEL (self));

  gtk_stack_set_visible_child_name (self->stack, "loading");
}

void
sm_thing_panel_show_problem (SmThingPanel *self,
                             const GError *error)
{
  g_autofree char *sentence = sm_error_sentence (error);

  g_return_if_fail (SM_IS_THING_PANEL (self));

  gtk_label_set_text (GTK_LABEL (self->problem_label), sentence);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

void
sm_thing_panel_show_content (SmThingPanel *self)
{
  g_return_if_fail (SM_IS_THING_PANEL (self));

  gtk_stack_set_visible_child_name (self->stack, "content");
}

gboolean
sm_thing_panel_is_content (SmThingPanel *self)
{
  g_return_val_if_fail (SM_IS_THING_PANEL (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "content") == 0;
}

/** sm_thing_panel_set_stale: Whether what is shown is the last known; it says so in words. */
void
sm_thing_panel_set_stale (SmThingPanel *self,
                          gboolean      stale)
{
  g_return_if_fail (SM_IS_THING_PANEL (self));

  gtk_widget_set_visible (self->stale_label, stale);
  sm_style_set_class (GTK_WIDGET (self), "stale-values", stale);
}

/** sm_thing_panel_get_name: Returns: what is shown, "" while there is nothing */
const char *
sm_thing_panel_get_name (SmThingPanel *self)
{
  g_return_val_if_fail (SM_IS_THING_PANEL (self), NULL);

  return sm_thing_panel_is_content (self) ? gtk_label_get_text (GTK_LABEL (self->name_label)) : "";
}
