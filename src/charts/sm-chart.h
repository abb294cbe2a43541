/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-plot.h"

G_BEGIN_DECLS

/** SmChartFormat: Returns: (transfer full): in words what stands at @at of the horizontal axis */
typedef char *(*SmChartFormat) (double   at,
                                gpointer user_data);

/**
 * SmChart:
 *
 * A plot that can be asked.  The pointer, or the arrow keys, Home and End, go
 * along the first line; the values under it are written above the plot and
 * said to who hears it.  The same values stand as a table in a popover (Enter,
 * or a click).
 *
 * Properties: title (what it is, in words), stale (the values are the last
 * known and not live), empty-text (what to say without any value).
 */
#define SM_TYPE_CHART (sm_chart_get_type ())
G_DECLARE_FINAL_TYPE (SmChart, sm_chart, SM, CHART, GtkWidget)

/**
 * SmChartAxes:
 *
 * What the lines stand over.  Ticks are labelled places of the horizontal axis.
 */
typedef struct
{
  double first, last;  /* of the horizontal axis; equal: as far as the lines go */
  const char *unit;    /* (nullable) */
  gboolean from_zero;  /* the vertical axis begins at zero */
  const double *ticks;
  const char *const *labels;
  guint n_ticks;
} SmChartAxes;

/** SmChartLine: the first one is what the chart is about; NAN: no value there, and a gap. */
typedef struct
{
  const char *name;
  const double *at;
  const double *values;
  guint n;
} SmChartLine;

GtkWidget  *sm_chart_new         (const char    *title);
void        sm_chart_take_plot   (SmChart       *self,
                                  SmPlot        *plot);
void        sm_chart_set_lines   (SmChart           *self,
                                  const SmChartAxes *axes,
                                  const SmChartLine *lines,
                                  guint              n_lines);
void        sm_chart_set_format  (SmChart       *self,
                                  SmChartFormat  format,
                                  gpointer       user_data);
void        sm_chart_set_stale   (SmChart       *self,
                                  gboolean       stale);
void        sm_chart_set_cursor  (SmChart       *self,
                                  int            index);
int         sm_chart_get_cursor  (SmChart       *self);
const char *sm_chart_get_words   (SmChart       *self);
void        sm_chart_open_table  (SmChart       *self);
GListModel *sm_chart_get_table   (SmChart       *self);

G_END_DECLS
