/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-chart.h"

G_BEGIN_DECLS

/**
 * SmChartTable:
 *
 * The values of a chart as rows: for who does not see lines, and for who needs
 * the number.
 */
#define SM_TYPE_CHART_TABLE (sm_chart_table_get_type ())
G_DECLARE_FINAL_TYPE (SmChartTable, sm_chart_table, SM, CHART_TABLE, GtkPopover)

GtkWidget  *sm_chart_table_new       (const char    *title);
void        sm_chart_table_set_plot  (SmChartTable  *self,
                                      const SmPlot  *plot,
                                      SmChartFormat  format,
                                      gpointer       user_data);
GListModel *sm_chart_table_get_model (SmChartTable  *self);

G_END_DECLS
