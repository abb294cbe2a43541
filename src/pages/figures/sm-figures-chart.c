/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figures-chart.h"

#include "sm-figures-words.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>

#define N_TICKS 5

static char *
format_time (double   at,
             gpointer user_data)
{
  return sm_figure_moment (user_data, (gint64) at * SM_SECOND, "%m-%d %H:%M");
}

/** sm_figures_chart_show: The alarms of each 10 minutes, and above how many a flood begins. */
void
sm_figures_chart_show (SmChart              *chart,
                       SmOps                *ops,
                       const SmAlarmFigures *figures)
{
  guint n = figures->windows->len;
  g_autofree double *at = g_new (double, MAX (n, 1));
  g_autofree double *values = g_new (double, MAX (n, 1));
  double first = (double) figures->from / SM_SECOND, last = (double) figures->to / SM_SECOND;
  double limit = figures->targets.flood_begins;
  const double ends[] = { first, last }, limits[] = { limit, limit };
  double ticks[N_TICKS];
  g_autofree char *labels[N_TICKS] = { NULL };
  const SmChartAxes axes = { .first = first, .last = last, .from_zero = TRUE, .ticks = ticks,
                             .labels = (const char *const *) labels, .n_ticks = N_TICKS };
  const SmChartLine lines[] = {
    { _("alarms in 10 minutes"), at, values, n },
    { _("a flood begins above"), ends, limits, 2 },
  };

  for (guint i = 0; i < n; i++)
    {
      at[i] = first + (double) i * SM_ALARM_WINDOW_S;
      values[i] = g_array_index (figures->windows, guint, i);
    }
  for (guint i = 0; i < N_TICKS; i++)
    {
      ticks[i] = first + (last - first) * i / (N_TICKS - 1);
      labels[i] = sm_figure_moment (ops, (gint64) ticks[i] * SM_SECOND,
                                    last - first > 86400 + 60 ? "%m-%d" : "%H:%M");
    }
  sm_chart_set_format (chart, format_time, ops);
  sm_chart_set_lines (chart, &axes, lines, G_N_ELEMENTS (lines));
}
