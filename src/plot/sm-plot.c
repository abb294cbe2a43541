/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-plot-private.h"

#include <math.h>

/* So that the scale needs no more lines than are read at a glance. */
#define MOST_STEPS 4

static void
series_free (gpointer data)
{
  SmPlotSeries *series = data;

  g_free (series->name);
  g_free (series->at);
  g_free (series->values);
  g_free (series);
}

static void
tick_free (gpointer data)
{
  SmPlotTick *tick = data;

  g_free (tick->label);
  g_free (tick);
}

SmPlot *
sm_plot_new (void)
{
  SmPlot *self = g_new0 (SmPlot, 1);

  self->last = 1;
  self->is_from_zero = TRUE;
  self->series = g_ptr_array_new_with_free_func (series_free);
  self->ticks = g_ptr_array_new_with_free_func (tick_free);
  return self;
}

void
sm_plot_free (SmPlot *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->series);
  g_ptr_array_unref (self->ticks);
  g_free (self->unit);
  g_free (self);
}

/** sm_plot_set_range: What the horizontal axis reaches over. */
void
sm_plot_set_range (SmPlot *self,
                   double  first,
                   double  last)
{
  self->first = first;
  self->last = last > first ? last : first + 1;
}

/** sm_plot_set_from_zero: Whether the scale begins at zero; else near the least value. */
void
sm_plot_set_from_zero (SmPlot   *self,
                       gboolean  from_zero)
{
  self->is_from_zero = from_zero;
}

void
sm_plot_set_unit (SmPlot     *self,
                  const char *unit)
{
  g_free (self->unit);
  self->unit = g_strdup (unit);
}

/** sm_plot_add_tick: A label under the horizontal axis. */
void
sm_plot_add_tick (SmPlot     *self,
                  double      at,
                  const char *label)
{
  SmPlotTick *tick = g_new0 (SmPlotTick, 1);

  tick->at = at;
  tick->label = g_strdup (label);
  g_ptr_array_add (self->ticks, tick);
}

/**
 * sm_plot_add:
 * @name: of the line, in words
 * @at: (array length=n): where on the horizontal axis, rising
 * @values: (array length=n): NAN: not known, and the line is broken there
 */
void
sm_plot_add (SmPlot       *self,
             const char   *name,
             SmPlotStroke  stroke,
             const double *at,
             const double *values,
             guint         n)
{
  SmPlotSeries *series = g_new0 (SmPlotSeries, 1);

  series->name = g_strdup (name);
  series->stroke = stroke;
  series->n = n;
  series->at = g_memdup2 (at, n * sizeof *at);
  series->values = g_memdup2 (values, n * sizeof *values);
  g_ptr_array_add (self->series, series);
}

static const SmPlotSeries *
get_series (const SmPlot *self,
            guint         series)
{
  return g_ptr_array_index (self->series, series);
}

guint
sm_plot_get_n_series (const SmPlot *self)
{
  return self->series->len;
}

const char *
sm_plot_get_name (const SmPlot *self,
                  guint         series)
{
  return get_series (self, series)->name;
}

const char *
sm_plot_get_unit (const SmPlot *self)
{
  return self->unit;
}

guint
sm_plot_get_n (const SmPlot *self,
               guint         series)
{
  return get_series (self, series)->n;
}

double
sm_plot_get_at (const SmPlot *self,
                guint         series,
                guint         index)
{
  return get_series (self, series)->at[index];
}

double
sm_plot_get_value (const SmPlot *self,
                   guint         series,
                   guint         index)
{
  return get_series (self, series)->values[index];
}

/** sm_plot_get_last_known: Returns: the index of the last value; -1 without any */
int
sm_plot_get_last_known (const SmPlot *self,
                        guint         series)
{
  const SmPlotSeries *line = get_series (self, series);

  for (guint i = line->n; i > 0; i--)
    if (isfinite (line->values[i - 1]))
      return (int) i - 1;
  return -1;
}

/* The next of 1, 2 and 5 times a power of ten, upwards. */
static double
round_step (double value)
{
  double power, rest;

  if (!(value > 0) || !isfinite (value))
    return 1;
  power = pow (10, floor (log10 (value)));
  rest = value / power;
  return power * (rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 5 ? 5 : 10);
}

static void
find_extremes (const SmPlot *self,
               double       *out_least,
               double       *out_most)
{
  double least = INFINITY, most = -INFINITY;

  for (guint i = 0; i < self->series->len; i++)
    {
      const SmPlotSeries *line = get_series (self, i);

      for (guint k = 0; k < line->n; k++)
        if (isfinite (line->values[k]))
          {
            least = fmin (least, line->values[k]);
            most = fmax (most, line->values[k]);
          }
    }
  *out_least = isfinite (least) ? least : 0;
  *out_most = isfinite (most) ? most : 1;
}

/**
 * sm_plot_get_scale:
 *
 * The vertical axis: round numbers that hold every value, so that the scale
 * does not change with every value.
 */
void
sm_plot_get_scale (const SmPlot *self,
                   double       *out_bottom,
                   double       *out_top,
                   double       *out_step)
{
  double least, most, step;

  find_extremes (self, &least, &most);
  if (self->is_from_zero)
    {
      least = fmin (least, 0);
      most = fmax (most, 0);
    }
  if (most - least < 1e-9)
    /* Of zeros alone there is no size to go by; thousandths would look like a measurement. */
    most = least + (fabs (least) < 1e-9 ? 1 : fmax (fabs (least) * 0.02, 1e-3));
  step = round_step ((most - least) / MOST_STEPS);
  *out_bottom = floor (least / step + 1e-9) * step;
  *out_top = ceil (most / step - 1e-9) * step;
  *out_step = step;
}

/** sm_plot_format: Returns: (transfer full): as many digits as the scale has; – for unknown */
char *
sm_plot_format (const SmPlot *self,
                double        value)
{
  double bottom, top, step;
  int digits;

  if (!isfinite (value))
    return g_strdup ("–");
  sm_plot_get_scale (self, &bottom, &top, &step);
  digits = step >= 1 ? 0 : CLAMP ((int) ceil (-log10 (step) - 1e-9), 0, 6);
  if (fabs (value) < 0.5 * pow (10, -digits))
    value = 0;
  return g_strdup_printf ("%.*f", digits, value);
}

/** sm_plot_x: Returns: where @at is inside of @frame */
double
sm_plot_x (const SmPlot      *self,
           const SmPlotFrame *frame,
           double             at)
{
  return frame->x + (at - self->first) / (self->last - self->first) * frame->width;
}

/** sm_plot_y: Returns: where @value is inside of @frame */
double
sm_plot_y (const SmPlot      *self,
           const SmPlotFrame *frame,
           double             value)
{
  double bottom, top, step;

  sm_plot_get_scale (self, &bottom, &top, &step);
  return frame->y + frame->height * (1 - (value - bottom) / (top - bottom));
}

/** sm_plot_nearest: Returns: the index of the value nearest to @x, unknown ones too; -1: none */
int
sm_plot_nearest (const SmPlot      *self,
                 const SmPlotFrame *frame,
                 guint              series,
                 double             x)
{
  const SmPlotSeries *line;
  int nearest = -1;
  double least = INFINITY;

  if (series >= self->series->len)
    return -1;
  line = get_series (self, series);
  for (guint i = 0; i < line->n; i++)
    {
      double away = fabs (sm_plot_x (self, frame, line->at[i]) - x);

      if (away < least)
        {
          least = away;
          nearest = (int) i;
        }
    }
  return nearest;
}
