/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-level-badge.h"
#include "sm-table-private.h"

#include <math.h>

/* The cells of a table: made for the rows in sight, and written anew when their rows change. */

/* The sign of a level says in its shape what the number says. */
static void
show_level (SmLevelBadge         *badge,
            const SmTableColumn  *column,
            SmItem               *item,
            const SmTableContext *context)
{
  double level = sm_table_column_number (column, item, context);
  guint shown = isfinite (level) && level >= 1 && level <= 4 ? (guint) level : 0;

  sm_level_badge_set_level (badge, shown);
}

/** sm_table_cell_show: Writes what the cell of @list_item is to say now. */
void
sm_table_cell_show (GtkListItem *list_item)
{
  GtkWidget *cell = gtk_list_item_get_child (list_item);
  SmTable *self = g_object_get_data (G_OBJECT (cell), "sm-table");
  const SmTableColumn *column = g_object_get_qdata (G_OBJECT (cell), sm_table_column_quark ());
  SmItem *item = gtk_list_item_get_item (list_item);
  g_autofree char *text = NULL;

  if (item == NULL)
    return;
  text = sm_table_column_text (column, item, &self->context);
  if (SM_IS_LEVEL_BADGE (cell))
    {
      show_level (SM_LEVEL_BADGE (cell), column, item, &self->context);
      return;
    }
  if (GTK_IS_LABEL (cell))
    {
      gtk_label_set_text (GTK_LABEL (cell), text);
      return;
    }
  if (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (cell)), text) == 0)
    return;
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* The whole of what had to be cut short. */
static gboolean
tooltip_cb (GtkWidget  *cell,
            int         x,
            int         y,
            gboolean    is_keyboard,
            GtkTooltip *tooltip)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (cell));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (cell, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width <= gtk_widget_get_width (cell))
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static GtkWidget *
make_cell (const SmTableColumn *column)
{
  GtkWidget *cell;

  if (column->flags & SM_COLUMN_LEVEL)
    return g_object_new (SM_TYPE_LEVEL_BADGE, "halign", GTK_ALIGN_CENTER, "valign",
                         GTK_ALIGN_CENTER, NULL);
  if (column->flags & SM_COLUMN_PRIMARY)
    return g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                         PANGO_WRAP_WORD_CHAR, "width-chars", MIN (column->width, 40),
                         "max-width-chars", 40, NULL);
  cell = g_object_new (GTK_TYPE_INSCRIPTION, "min-chars", (guint) MAX (column->width, 4),
                       "nat-chars", (guint) MAX (column->width, 4), "text-overflow",
                       GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE, "has-tooltip", TRUE, NULL);
  g_signal_connect (cell, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  return cell;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          SmTable                  *self)
{
  const SmTableColumn *column = g_object_get_qdata (G_OBJECT (factory), sm_table_column_quark ());
  GtkWidget *cell = make_cell (column);
  GSignalGroup *group = g_signal_group_new (SM_TYPE_ITEM);

  g_object_set_qdata (G_OBJECT (cell), sm_table_column_quark (), (gpointer) column);
  g_object_set_data (G_OBJECT (cell), "sm-table", self);
  g_object_set_data (G_OBJECT (cell), "sm-list-item", list_item);
  g_signal_group_connect_swapped (group, "notify::row", G_CALLBACK (sm_table_cell_show), list_item);
  g_object_set_data_full (G_OBJECT (list_item), "sm-group", group, g_object_unref);
  gtk_list_item_set_child (list_item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         SmTable                  *self)
{
  GtkWidget *cell = gtk_list_item_get_child (list_item);
  const SmTableColumn *column = g_object_get_qdata (G_OBJECT (cell), sm_table_column_quark ());
  SmItem *item = gtk_list_item_get_item (list_item);

  if (GTK_IS_INSCRIPTION (cell)
      && sm_table_column_is_number (column, sm_row_get_noun (sm_item_get_row (item))))
    gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), 1);
  g_signal_group_set_target (g_object_get_data (G_OBJECT (list_item), "sm-group"), item);
  g_hash_table_add (self->bound, list_item);
  sm_table_cell_show (list_item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           SmTable                  *self)
{
  g_signal_group_set_target (g_object_get_data (G_OBJECT (list_item), "sm-group"), NULL);
  g_hash_table_remove (self->bound, list_item);
}

/** sm_table_cells_follow: Has @factory make the cells of its column. */
void
sm_table_cells_follow (SmTable            *self,
                       GtkListItemFactory *factory)
{
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
}
