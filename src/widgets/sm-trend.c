/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-trend.h"

#include "sm-style.h"
#include "sm-time.h"

#include <math.h>

/* The first seconds must not look like a cliff. */
#define LEAST_SPAN_US (60 * SM_SECOND)

typedef struct
{
  gint64 at_us;
  double value; /* NAN: the line is broken here */
} Sample;

struct _SmTrend
{
  GtkWidget parent_instance;

  gint64 window_us;
  gint64 step_us;
  GArray *samples; /* of Sample, oldest first */
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (SmTrend, sm_trend, GTK_TYPE_WIDGET)

/**
 * sm_trend_round_up:
 *
 * Returns: the next of 1, 2 and 5 times a power of ten, so that the scale of
 *   the line does not change with every value
 */
double
sm_trend_round_up (double value)
{
  double power, rest;

  if (!(value > 0))
    return 1;
  power = pow (10, floor (log10 (value)));
  rest = value / power;
  return power * (rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 5 ? 5 : 10);
}

static void
drop_old (SmTrend *self,
          gint64   now_us)
{
  guint n = 0;

  while (n < self->samples->len
         && g_array_index (self->samples, Sample, n).at_us < now_us - self->window_us)
    n++;
  if (n > 0)
    g_array_remove_range (self->samples, 0, n);
}

static void
trace_line (SmTrend *self,
            cairo_t *cr,
            double   width,
            double   height)
{
  double top = sm_trend_get_top (self);
  gint64 end = g_array_index (self->samples, Sample, self->samples->len - 1).at_us;
  gint64 since = MIN (sm_trend_get_since (self), end - LEAST_SPAN_US);
  gboolean is_on = FALSE;

  for (guint i = 0; i < self->samples->len; i++)
    {
      const Sample *sample = &g_array_index (self->samples, Sample, i);
      double x = width - (double) (end - sample->at_us) / (double) (end - since) * (width - 2) - 1;
      double y = height - sample->value / top * (height - 2) - 1;

      if (isnan (sample->value))
        is_on = FALSE;
      else if (is_on)
        cairo_line_to (cr, x, y);
      else
        {
          /* A line to itself: one value alone is a dot. */
          cairo_move_to (cr, x, y);
          cairo_line_to (cr, x, y);
        }
      is_on = !isnan (sample->value);
    }
}

static void
draw_grid (SmTrend *self,
           cairo_t *cr,
           double   width,
           double   height)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA line;

  if (!gtk_style_context_lookup_color (style, "sm_line", &line))
    gtk_style_context_get_color (style, &line);
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, 1);
  for (int i = 0; i <= 2; i++)
    {
      double y = floor (1 + (height - 2) * i / 2.0) + 0.5;

      cairo_move_to (cr, 0, MIN (y, height - 0.5));
      cairo_line_to (cr, width, MIN (y, height - 0.5));
    }
  cairo_stroke (cr);
}

static void
sm_trend_snapshot (GtkWidget   *widget,
                   GtkSnapshot *snapshot)
{
  SmTrend *self = SM_TREND (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA color;
  cairo_t *cr;

  if (width < 8 || height < 8)
    return;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  draw_grid (self, cr, width, height);
  if (self->samples->len > 0)
    {
      if (!gtk_style_context_lookup_color (style, "sm_accent", &color))
        gtk_style_context_get_color (style, &color);
      color.alpha = self->stale ? 0.45f : 1.0f;
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_set_line_width (cr, MAX (2, height / 40));
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      trace_line (self, cr, width, height);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static void
sm_trend_finalize (GObject *object)
{
  g_clear_pointer (&SM_TREND (object)->samples, g_array_unref);

  G_OBJECT_CLASS (sm_trend_parent_class)->finalize (object);
}

static void
sm_trend_class_init (SmTrendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sm_trend_finalize;
  widget_class->snapshot = sm_trend_snapshot;
  gtk_widget_class_set_css_name (widget_class, "trend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sm_trend_init (SmTrend *self)
{
  self->window_us = 15 * 60 * SM_SECOND;
  self->step_us = 5 * SM_SECOND;
  self->samples = g_array_new (FALSE, FALSE, sizeof (Sample));
}

/**
 * sm_trend_new:
 * @window_us: how far back it shows
 * @step_us: what comes sooner after the last value replaces it
 */
GtkWidget *
sm_trend_new (gint64 window_us,
              gint64 step_us)
{
  SmTrend *self = g_object_new (SM_TYPE_TREND, NULL);

  g_return_val_if_fail (step_us > 0 && window_us > step_us, NULL);

  self->window_us = window_us;
  self->step_us = step_us;
  return GTK_WIDGET (self);
}

/** sm_trend_push: Goes on with @value at @at_us; a time before the last begins anew. */
void
sm_trend_push (SmTrend *self,
               gint64   at_us,
               double   value)
{
  Sample sample = { at_us, value };
  Sample *last = NULL, *before = NULL;

  g_return_if_fail (SM_IS_TREND (self));

  if (self->samples->len > 0)
    last = &g_array_index (self->samples, Sample, self->samples->len - 1);
  if (last != NULL && at_us < last->at_us)
    {
      g_array_set_size (self->samples, 0);
      last = NULL;
    }
  if (self->samples->len > 1)
    before = &g_array_index (self->samples, Sample, self->samples->len - 2);
  /* The newest is always there; older ones stay a step apart. */
  if (last != NULL && before != NULL && !isnan (last->value) && !isnan (before->value)
      && last->at_us - before->at_us < self->step_us)
    *last = sample;
  else
    g_array_append_val (self->samples, sample);
  drop_old (self, at_us);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** sm_trend_break: What comes next is not joined to what was before. */
void
sm_trend_break (SmTrend *self)
{
  const Sample *last;
  Sample gap;

  g_return_if_fail (SM_IS_TREND (self));

  if (self->samples->len == 0)
    return;
  last = &g_array_index (self->samples, Sample, self->samples->len - 1);
  gap = (Sample) { last->at_us, NAN };
  if (!isnan (last->value))
    g_array_append_val (self->samples, gap);
}

/** sm_trend_set_stale: Whether the line ends in the past. */
void
sm_trend_set_stale (SmTrend  *self,
                    gboolean  stale)
{
  g_return_if_fail (SM_IS_TREND (self));

  if (self->stale == !!stale)
    return;
  self->stale = !!stale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** sm_trend_get_n: Returns: how many values it keeps */
guint
sm_trend_get_n (SmTrend *self)
{
  guint n = 0;

  g_return_val_if_fail (SM_IS_TREND (self), 0);

  for (guint i = 0; i < self->samples->len; i++)
    n += !isnan (g_array_index (self->samples, Sample, i).value);
  return n;
}

/** sm_trend_get_since: Returns: when the line begins; %SM_UNKNOWN without one */
gint64
sm_trend_get_since (SmTrend *self)
{
  g_return_val_if_fail (SM_IS_TREND (self), SM_UNKNOWN);

  return self->samples->len > 0 ? g_array_index (self->samples, Sample, 0).at_us : SM_UNKNOWN;
}

/** sm_trend_get_top: Returns: the value at the upper line of the grid */
double
sm_trend_get_top (SmTrend *self)
{
  double most = 0;

  g_return_val_if_fail (SM_IS_TREND (self), 1);

  for (guint i = 0; i < self->samples->len; i++)
    most = fmax (most, g_array_index (self->samples, Sample, i).value);
  return sm_trend_round_up (most);
}
