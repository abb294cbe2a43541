/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-chart.h"

#include "sm-alarm-words.h"
#include "sm-chart.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define N_TICKS 3

/* The values of an alarm's thing about the moment at which it was raised. */

GtkWidget *
sm_alarm_chart_new (void)
{
  GtkWidget *chart = sm_chart_new (_("Values around the alarm"));

  gtk_widget_set_size_request (chart, -1, 140);
  return chart;
}

/* What moves most tellingly, where the alarm is about nothing that is measured. */
static const char *
default_field (const SmNoun *noun)
{
  return noun->id == SM_NOUN_VEHICLE ? "pack_temperature_c" : "power_kw";
}

static gboolean
has_values (const SmTelemetry *series,
            guint              column)
{
  for (guint i = 0; i < series->n; i++)
    if (isfinite (series->values[column][i]))
      return TRUE;
  return FALSE;
}

/* The column of the watched value, or another that says something; -1: there is none. */
static int
pick_column (const SmNoun      *noun,
             const SmRow       *alarm,
             const SmTelemetry *series)
{
  const char *names[] = { sm_row_get_text (alarm, SM_ALARM_FIELD), default_field (noun) };

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      int field = names[k] != NULL ? sm_noun_find_field (noun, names[k], strlen (names[k])) : -1;
      int column = field >= 0 ? sm_telemetry_find (series, (guint) field) : -1;

      if (column >= 0 && has_values (series, (guint) column))
        return column;
    }
  for (guint i = 0; i < series->n_columns; i++)
    if (has_values (series, i))
      return (int) i;
  return -1;
}

static char *
format_time (double   at,
             gpointer user_data)
{
  return sm_alarm_words_moment (user_data, (gint64) (at * SM_SECOND));
}

static void
draw (SmChart           *chart,
      SmOps             *ops,
      const SmRow       *alarm,
      const SmTelemetry *series,
      guint              column,
      const SmField     *field,
      gboolean           is_watched)
{
  g_autofree double *at = g_new (double, series->n);
  gboolean has_limit = is_watched && !sm_row_is_null (alarm, SM_ALARM_LIMIT_VALUE);
  double limit = has_limit ? sm_row_get_real (alarm, SM_ALARM_LIMIT_VALUE) : NAN;
  double first = (double) series->at[0] / SM_SECOND;
  double last = (double) series->at[series->n - 1] / SM_SECOND;
  double raised = (double) sm_row_get_int (alarm, SM_ALARM_RAISED_AT) / SM_SECOND;
  const double ends[] = { first, MAX (last, raised) }, limits[] = { limit, limit };
  double ticks[N_TICKS];
  g_autofree char *labels[N_TICKS] = { NULL };
  const SmChartAxes axes = { .first = first, .last = MAX (last, raised), .unit = field->unit,
                             .ticks = ticks, .labels = (const char *const *) labels,
                             .n_ticks = N_TICKS };
  const SmChartLine lines[] = {
    { _("value"), at, series->values[column], series->n },
    { _("limit"), ends, limits, 2 },
  };

  for (guint i = 0; i < series->n; i++)
    at[i] = (double) series->at[i] / SM_SECOND;
  for (guint i = 0; i < N_TICKS; i++)
    {
      g_autofree char *moment = NULL;

      ticks[i] = first + (axes.last - first) * i / (N_TICKS - 1);
      moment = sm_alarm_words_moment (ops, (gint64) (ticks[i] * SM_SECOND));
      labels[i] = g_strndup (moment + 11, 5);
    }
  sm_chart_set_format (chart, format_time, ops);
  sm_chart_set_lines (chart, &axes, lines, has_limit ? 2 : 1);
}

/** sm_alarm_chart_show: Returns: FALSE when @series has no value that could be drawn */
gboolean
sm_alarm_chart_show (GtkWidget         *chart,
                     SmOps             *ops,
                     const SmRow       *alarm,
                     const SmTelemetry *series)
{
  gboolean is_vehicle = !sm_row_is_null (alarm, SM_ALARM_VEHICLE_ID)
                        || g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN), "vehicle") == 0;
  const SmNoun *noun = sm_noun_get (is_vehicle ? SM_NOUN_VEHICLE : SM_NOUN_STATION);
  int column = series->n > 1 ? pick_column (noun, alarm, series) : -1;
  const SmField *field;
  g_autofree char *title = NULL;
  gboolean is_watched;

  if (column < 0)
    return FALSE;
  field = &noun->fields[series->fields[column]];
  is_watched = g_strcmp0 (field->name, sm_row_get_text (alarm, SM_ALARM_FIELD)) == 0;
  title = g_strdup (sm_alarm_words_field (field->name));
  g_object_set (chart, "title", title, NULL);
  draw (SM_CHART (chart), ops, alarm, series, (guint) column, field, is_watched);
  return TRUE;
}
