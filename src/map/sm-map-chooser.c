/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-chooser.h"

#include <glib/gi18n-lib.h>

#define MAX_HEIGHT 360

struct _SmMapChooser
{
  GtkWidget *popover;
  GtkWidget *title;
  GtkWidget *list;
  GArray *ids; /* of gint64, by row */
  SmMapChooserFunc chosen;
  gpointer user_data;
};

static void
row_activated_cb (SmMapChooser  *self,
                  GtkListBoxRow *row)
{
  gint64 id = g_array_index (self->ids, gint64, gtk_list_box_row_get_index (row));

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  self->chosen (id, self->user_data);
}

SmMapChooser *
sm_map_chooser_new (GtkWidget        *parent,
                    SmMapChooserFunc  chosen,
                    gpointer          user_data)
{
  SmMapChooser *self = g_new0 (SmMapChooser, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->chosen = chosen;
  self->user_data = user_data;
  self->title = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Stations at this point"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), scroller);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_widget_set_parent (self->popover, parent);
  return self;
}

void
sm_map_chooser_free (SmMapChooser *self)
{
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_array_unref (self->ids);
  g_free (self);
}

static void
add_row (SmMapChooser *self,
         SmRow        *row,
         const char   *language)
{
  g_autofree char *name = sm_row_dup_name (row, SM_STATION_NAME, language);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *number = gtk_label_new (sm_row_get_text (row, SM_STATION_SN));
  gint64 id = sm_row_get_id (row);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), number);
  gtk_list_box_append (GTK_LIST_BOX (self->list), box);
  g_array_append_val (self->ids, id);
}

/** sm_map_chooser_open: @rows: of stations; @x, @y: of their spot in the parent */
void
sm_map_chooser_open (SmMapChooser *self,
                     GPtrArray    *rows,
                     const char   *language,
                     double        x,
                     double        y)
{
  g_autofree char *title = g_strdup_printf (
    /* Translators: %u stations that stand at one point of the map */
    ngettext ("%u station here", "%u stations here", rows->len), rows->len);
  GtkWidget *child;

  gtk_label_set_text (GTK_LABEL (self->title), title);
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  g_array_set_size (self->ids, 0);
  for (guint i = 0; i < rows->len; i++)
    add_row (self, g_ptr_array_index (rows, i), language);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle){ (int) x - 8, (int) y - 8, 16, 16 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/** sm_map_chooser_present: To be called whenever the parent is allocated. */
void
sm_map_chooser_present (SmMapChooser *self)
{
  gtk_popover_present (GTK_POPOVER (self->popover));
}
