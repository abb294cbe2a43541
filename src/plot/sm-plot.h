/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * SmPlot:
 *
 * Lines over one horizontal axis, drawn with cairo on any surface: a widget, a
 * picture, a page of a report.  It knows no widgets, no clock and no words:
 * names and labels come from outside.  Where there is no value there is no
 * line: a gap is a gap, and a value that stands alone is a dot.
 */
typedef struct _SmPlot SmPlot;

typedef enum
{
  SM_PLOT_MAIN,   /* what it is about: strong, with a dot and its value at the end */
  SM_PLOT_BESIDE, /* what it is compared with: thin and dim */
} SmPlotStroke;

typedef struct
{
  double red, green, blue, alpha;
} SmPlotColor;

typedef struct
{
  SmPlotColor grid;
  SmPlotColor label;
  SmPlotColor main;
  SmPlotColor beside;
  const char *font; /* a family, as for Pango */
  double font_px;
  gboolean is_stale; /* the values are the last known: nothing is marked as the present */
} SmPlotTheme;

/** SmPlotFrame: where the lines are, inside of the labels. */
typedef struct
{
  double x, y, width, height;
} SmPlotFrame;

SmPlot     *sm_plot_new            (void);
void        sm_plot_free           (SmPlot            *self);
void        sm_plot_set_range      (SmPlot            *self,
                                    double             first,
                                    double             last);
void        sm_plot_set_from_zero  (SmPlot            *self,
                                    gboolean           from_zero);
void        sm_plot_set_unit       (SmPlot            *self,
                                    const char        *unit);
void        sm_plot_add_tick       (SmPlot            *self,
                                    double             at,
                                    const char        *label);
void        sm_plot_add            (SmPlot            *self,
                                    const char        *name,
                                    SmPlotStroke       stroke,
                                    const double      *at,
                                    const double      *values,
                                    guint              n);
guint       sm_plot_get_n_series   (const SmPlot      *self);
const char *sm_plot_get_name       (const SmPlot      *self,
                                    guint              series);
const char *sm_plot_get_unit       (const SmPlot      *self);
guint       sm_plot_get_n          (const SmPlot      *self,
                                    guint              series);
double      sm_plot_get_at         (const SmPlot      *self,
                                    guint              series,
                                    guint              index);
double      sm_plot_get_value      (const SmPlot      *self,
                                    guint              series,
                                    guint              index);
int         sm_plot_get_last_known (const SmPlot      *self,
                                    guint              series);
void        sm_plot_get_scale      (const SmPlot      *self,
                                    double            *out_bottom,
                                    double            *out_top,
                                    double            *out_step);
char       *sm_plot_format         (const SmPlot      *self,
                                    double             value);
SmPlotFrame sm_plot_get_frame      (const SmPlot      *self,
                                    const SmPlotTheme *theme,
                                    double             width,
                                    double             height);
double      sm_plot_x              (const SmPlot      *self,
                                    const SmPlotFrame *frame,
                                    double             at);
double      sm_plot_y              (const SmPlot      *self,
                                    const SmPlotFrame *frame,
                                    double             value);
int         sm_plot_nearest        (const SmPlot      *self,
                                    const SmPlotFrame *frame,
                                    guint              series,
                                    double             x);
void        sm_plot_draw           (const SmPlot      *self,
                                    cairo_t           *cr,
                                    const SmPlotTheme *theme,
                                    double             width,
                                    double             height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPlot, sm_plot_free)

G_END_DECLS
