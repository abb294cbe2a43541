/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-chart-table.h"

#include <glib/gi18n-lib.h>

struct _SmChartTable
{
  GtkPopover parent_instance;

  GtkColumnView *view;
  GListStore *rows; /* of SmChartRow */
};

G_DEFINE_FINAL_TYPE (SmChartTable, sm_chart_table, GTK_TYPE_POPOVER)

#define SM_TYPE_CHART_ROW (sm_chart_row_get_type ())
G_DECLARE_FINAL_TYPE (SmChartRow, sm_chart_row, SM, CHART_ROW, GObject)

struct _SmChartRow
{
  GObject parent_instance;

  char **cells; /* where, and a value of each line */
};

G_DEFINE_FINAL_TYPE (SmChartRow, sm_chart_row, G_TYPE_OBJECT)

static void
sm_chart_row_finalize (GObject *object)
{
  g_strfreev (SM_CHART_ROW (object)->cells);

  G_OBJECT_CLASS (sm_chart_row_parent_class)->finalize (object);
}

static void
sm_chart_row_class_init (SmChartRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_chart_row_finalize;
}

static void
sm_chart_row_init (SmChartRow *self)
{
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, NULL);

  gtk_widget_add_css_class (label, "figure");
  gtk_list_item_set_child (item, label);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  SmChartRow *row = gtk_list_item_get_item (item);
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      column < g_strv_length (row->cells) ? row->cells[column] : "");
}

static void
append_column (SmChartTable *self,
               const char   *title,
               guint         column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = NULL;

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), NULL);
  view_column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (view_column, TRUE);
  gtk_column_view_append_column (self->view, view_column);
}

static void
remove_columns (SmChartTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
sm_chart_table_dispose (GObject *object)
{
  g_clear_object (&SM_CHART_TABLE (object)->rows);

  G_OBJECT_CLASS (sm_chart_table_parent_class)->dispose (object);
}

static void
sm_chart_table_class_init (SmChartTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_chart_table_dispose;
}

static void
sm_chart_table_init (SmChartTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkNoSelection *selection;

  self->rows = g_list_store_new (SM_TYPE_CHART_ROW);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (selection)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, 280, 320);
  gtk_popover_set_child (GTK_POPOVER (self), scroller);
}

/** sm_chart_table_new: @title: what the values are, in words */
GtkWidget *
sm_chart_table_new (const char *title)
{
  SmChartTable *self = g_object_new (SM_TYPE_CHART_TABLE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  return GTK_WIDGET (self);
}

static char *
format_at (const SmPlot *plot,
           guint         series,
           double        at)
{
  for (guint i = 0; i < sm_plot_get_n (plot, series); i++)
    if (sm_plot_get_at (plot, series, i) == at)
      return sm_plot_format (plot, sm_plot_get_value (plot, series, i));
  return g_strdup ("–");
}

static SmChartRow *
make_row (const SmPlot  *plot,
          guint          index,
          SmChartFormat  format,
          gpointer       user_data)
{
  SmChartRow *row = g_object_new (SM_TYPE_CHART_ROW, NULL);
  double at = sm_plot_get_at (plot, 0, index);
  guint n = sm_plot_get_n_series (plot);

  row->cells = g_new0 (char *, n + 2);
  row->cells[0] = format != NULL ? format (at, user_data) : g_strdup_printf ("%g", at);
  for (guint i = 0; i < n; i++)
    row->cells[i + 1] = format_at (plot, i, at);
  return row;
}

/** sm_chart_table_set_plot: Shows the values at each place of the first line. */
void
sm_chart_table_set_plot (SmChartTable  *self,
                         const SmPlot  *plot,
                         SmChartFormat  format,
                         gpointer       user_data)
{
  g_return_if_fail (SM_IS_CHART_TABLE (self) && plot != NULL);

  remove_columns (self);
  g_list_store_remove_all (self->rows);
  append_column (self, "", 0);
  for (guint i = 0; i < sm_plot_get_n_series (plot); i++)
    {
      const char *unit = sm_plot_get_unit (plot);
      g_autofree char *title
          = unit != NULL ? g_strdup_printf ("%s, %s", sm_plot_get_name (plot, i), unit)
                         : g_strdup (sm_plot_get_name (plot, i));

      append_column (self, title, i + 1);
    }
  for (guint i = 0; sm_plot_get_n_series (plot) > 0 && i < sm_plot_get_n (plot, 0); i++)
    {
      g_autoptr (SmChartRow) row = make_row (plot, i, format, user_data);

      g_list_store_append (self->rows, row);
    }
}

GListModel *
sm_chart_table_get_model (SmChartTable *self)
{
  g_return_val_if_fail (SM_IS_CHART_TABLE (self), NULL);

  return G_LIST_MODEL (self->rows);
}
