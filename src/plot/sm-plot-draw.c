/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-plot-private.h"

#include <math.h>
#include <pango/pangocairo.h>

/* All lengths are shares of the text's size: a wall enlarges text alone. */
#define DOT 0.28
#define MAIN_WIDTH 0.16
#define BESIDE_WIDTH 0.09

static void
use_color (cairo_t           *cr,
           const SmPlotColor *color)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
}

static PangoLayout *
make_text (cairo_t           *cr,
           const SmPlotTheme *theme,
           const char        *text)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (theme->font);

  pango_font_description_set_absolute_size (font, theme->font_px * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* @align: 0 begins, 0.5 centres and 1 ends at @x. */
static void
draw_text (cairo_t           *cr,
           const SmPlotTheme *theme,
           const char        *text,
           double             x,
           double             y,
           double             align,
           double             least_x,
           double             most_x)
{
  g_autoptr (PangoLayout) layout = make_text (cr, theme, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = fmax (least_x, fmin (x - width * align, most_x - width));
  cairo_move_to (cr, x, y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

/* Wide enough for the longest number of the scale. */
static double
label_width (const SmPlot      *self,
             const SmPlotTheme *theme)
{
  double bottom, top, step;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  sm_plot_get_scale (self, &bottom, &top, &step);
  low = sm_plot_format (self, bottom);
  high = sm_plot_format (self, top);
  return (double) MAX (strlen (low), strlen (high)) * theme->font_px * 0.62;
}

/** sm_plot_get_frame: Returns: where the lines are in a drawing of that size */
SmPlotFrame
sm_plot_get_frame (const SmPlot      *self,
                   const SmPlotTheme *theme,
                   double             width,
                   double             height)
{
  double text = theme->font_px;
  double left = label_width (self, theme) + text * 0.7;
  SmPlotFrame frame = { left, text * 0.9, width - left - text * 0.6, height - text * 0.9 };

  if (self->ticks->len > 0)
    frame.height -= text * 1.7;
  else
    frame.height -= text * 0.6;
  frame.width = fmax (frame.width, 1);
  frame.height = fmax (frame.height, 1);
  return frame;
}

static void
draw_scale (const SmPlot      *self,
            cairo_t           *cr,
            const SmPlotTheme *theme,
            const SmPlotFrame *frame)
{
  double bottom, top, step;
  int every;

  sm_plot_get_scale (self, &bottom, &top, &step);
  cairo_set_line_width (cr, 1);
  /* In a low drawing only so many numbers as stand clear of each other. */
  every = (int) fmax (ceil (theme->font_px * 1.3 * (top - bottom) / (step * frame->height)), 1);
  for (int i = 0; bottom + i * step <= top + step / 2; i += every)
    {
      double value = bottom + i * step;
      double y = floor (sm_plot_y (self, frame, value)) + 0.5;
      g_autofree char *label = sm_plot_format (self, value);

      use_color (cr, &theme->grid);
      cairo_move_to (cr, frame->x, y);
      cairo_line_to (cr, frame->x + frame->width, y);
      cairo_stroke (cr);
      use_color (cr, &theme->label);
      draw_text (cr, theme, label, frame->x - theme->font_px * 0.5, y, 1, 0, frame->x);
    }
}

static void
draw_ticks (const SmPlot      *self,
            cairo_t           *cr,
            const SmPlotTheme *theme,
            const SmPlotFrame *frame,
            double             width)
{
  use_color (cr, &theme->label);
  for (guint i = 0; i < self->ticks->len; i++)
    {
      const SmPlotTick *tick = g_ptr_array_index (self->ticks, i);

      draw_text (cr, theme, tick->label, sm_plot_x (self, frame, tick->at),
                 frame->y + frame->height + theme->font_px * 1.0, 0.5, 0, width);
    }
}

/* Known values next to each other are joined; across a gap nothing is. */
static void
trace_line (const SmPlot       *self,
            cairo_t            *cr,
            const SmPlotFrame  *frame,
            const SmPlotSeries *line)
{
  gboolean is_on = FALSE;

  for (guint i = 0; i < line->n; i++)
    {
      double x = sm_plot_x (self, frame, line->at[i]);

      if (!isfinite (line->values[i]))
        {
          is_on = FALSE;
          continue;
        }
      if (!is_on)
        cairo_move_to (cr, x, sm_plot_y (self, frame, line->values[i]));
      /* A line to itself: one value alone is a dot, for the caps are round. */
      cairo_line_to (cr, x, sm_plot_y (self, frame, line->values[i]));
      is_on = TRUE;
    }
}

static void
draw_line (const SmPlot       *self,
           cairo_t            *cr,
           const SmPlotTheme  *theme,
           const SmPlotFrame  *frame,
           const SmPlotSeries *line)
{
  gboolean is_main = line->stroke == SM_PLOT_MAIN;
  SmPlotColor color = is_main ? theme->main : theme->beside;

  if (theme->is_stale)
    color.alpha *= 0.55;
  use_color (cr, &color);
  cairo_set_line_width (cr, fmax (is_main ? 1.5 : 1,
                                  theme->font_px * (is_main ? MAIN_WIDTH : BESIDE_WIDTH)));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  trace_line (self, cr, frame, line);
  cairo_stroke (cr);
}

/* The end of the line: filled while it is the present, hollow when it is not. */
static void
draw_end (const SmPlot       *self,
          cairo_t            *cr,
          const SmPlotTheme  *theme,
          const SmPlotFrame  *frame,
          guint               series)
{
  int last = sm_plot_get_last_known (self, series);
  double x, y, value;

  if (last < 0)
    return;
  value = sm_plot_get_value (self, series, (guint) last);
  x = sm_plot_x (self, frame, sm_plot_get_at (self, series, (guint) last));
  y = sm_plot_y (self, frame, value);
  use_color (cr, &theme->main);
  cairo_set_line_width (cr, fmax (1.5, theme->font_px * 0.12));
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, theme->font_px * DOT, 0, 2 * G_PI);
  if (theme->is_stale)
    {
      cairo_stroke (cr);
      return;
    }
  cairo_fill (cr);
}

/** sm_plot_draw: Draws it into a rectangle of that size at the origin of @cr. */
void
sm_plot_draw (const SmPlot      *self,
              cairo_t           *cr,
              const SmPlotTheme *theme,
              double             width,
              double             height)
{
  SmPlotFrame frame = sm_plot_get_frame (self, theme, width, height);

  cairo_save (cr);
  draw_scale (self, cr, theme, &frame);
  draw_ticks (self, cr, theme, &frame, width);
  for (int pass = SM_PLOT_BESIDE; pass >= SM_PLOT_MAIN; pass--)
    for (guint i = 0; i < self->series->len; i++)
      {
        const SmPlotSeries *line = g_ptr_array_index (self->series, i);

        if ((int) line->stroke == pass)
          draw_line (self, cr, theme, &frame, line);
        if (line->stroke == SM_PLOT_MAIN && pass == SM_PLOT_MAIN)
          draw_end (self, cr, theme, &frame, i);
      }
  cairo_restore (cr);
}
