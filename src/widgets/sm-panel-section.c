/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-panel-section.h"

/* Parts of the panel of one thing. */

/** sm_panel_section_new: Returns: (transfer floating): @child under a heading */
GtkWidget *
sm_panel_section_new (const char *title,
                      GtkWidget  *child)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (label, "section-title");
  gtk_widget_add_css_class (box, "panel-section");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), child);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  return box;
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable", TRUE,
                                   "width-chars", 12, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

/** sm_panel_line_new: Returns: (transfer floating): a line of a list: what, and below it (nullable) more */
GtkWidget *
sm_panel_line_new (const char *title,
                   const char *detail)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "alarm-line");
  gtk_box_append (GTK_BOX (box), make_label (title, "figure"));
  if (detail != NULL && detail[0] != '\0')
    gtk_box_append (GTK_BOX (box), make_label (detail, "row-subtitle"));
  return box;
}

static gboolean
forget_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* Who had the focus is asked once more by the label that gets it next, with the next frame:
 * until then it has to be there. */
static void
outlive_focus (GtkWidget *box)
{
  GtkRoot *root = gtk_widget_get_root (box);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  guint source;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, box))
    return;
  source = g_timeout_add_seconds_full (G_PRIORITY_LOW, 1, forget_cb, g_object_ref (focus),
                                       g_object_unref);
  g_source_set_name_by_id (source, "sm_panel_lines_clear focus");
}

/** sm_panel_lines_clear: Takes the lines away, also the one that has the focus. */
void
sm_panel_lines_clear (GtkWidget *box)
{
  GtkWidget *child;

  outlive_focus (box);
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}
