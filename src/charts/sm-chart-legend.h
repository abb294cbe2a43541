/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmChartLegend:
 *
 * Which line of a chart is which: a piece of each, as it is drawn, and its name.
 *
 * Properties: main, beside (text).
 */
#define SM_TYPE_CHART_LEGEND (sm_chart_legend_get_type ())
G_DECLARE_FINAL_TYPE (SmChartLegend, sm_chart_legend, SM, CHART_LEGEND, GtkWidget)

GtkWidget *sm_chart_legend_new (const char *main,
                                const char *beside);

G_END_DECLS
