/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-plot.h"

#include <math.h>

#define WIDTH 240
#define HEIGHT 120

static const SmPlotTheme theme = {
  .grid = { 0, 0, 0.2, 1 },
  .label = { 0, 0, 0.4, 1 },
  .main = { 1, 0, 0, 1 },
  .beside = { 0, 1, 0, 1 },
  .font = "Sans",
  .font_px = 10,
};

static SmPlot *
make_plot (const double *values,
           guint         n)
{
  SmPlot *plot = sm_plot_new ();
  g_autofree double *at = g_new (double, n);

  for (guint i = 0; i < n; i++)
    at[i] = i;
  sm_plot_set_range (plot, 0, n - 1);
  sm_plot_add (plot, "today", SM_PLOT_MAIN, at, values, n);
  return plot;
}

/* How many pixels of a column are plainly red. */
static guint
count_red (cairo_surface_t *surface,
           int              x)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    {
      guint32 pixel = *(const guint32 *) (data + y * stride + x * 4);

      n += ((pixel >> 16) & 0xff) > 120 && ((pixel >> 8) & 0xff) < 60;
    }
  return n;
}

static cairo_surface_t *
draw (const SmPlot      *plot,
      const SmPlotTheme *with)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  sm_plot_draw (plot, cr, with, WIDTH, HEIGHT);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Where nothing is known nothing is drawn, and what follows is not joined to it. */
static void
test_gap (void)
{
  const double values[] = { 5, 6, 7, NAN, NAN, NAN, NAN, 6, 5, NAN, NAN };
  g_autoptr (SmPlot) plot = make_plot (values, G_N_ELEMENTS (values));
  SmPlotFrame frame = sm_plot_get_frame (plot, &theme, WIDTH, HEIGHT);
  cairo_surface_t *surface = draw (plot, &theme);

  g_assert_cmpuint (count_red (surface, (int) sm_plot_x (plot, &frame, 0.5)), >, 0);
  g_assert_cmpuint (count_red (surface, (int) sm_plot_x (plot, &frame, 7.5)), >, 0);
  for (double at = 2.4; at < 6.6; at += 0.1)
    g_assert_cmpuint (count_red (surface, (int) sm_plot_x (plot, &frame, at)), ==, 0);
  for (double at = 8.5; at <= 10; at += 0.1)
    g_assert_cmpuint (count_red (surface, (int) sm_plot_x (plot, &frame, at)), ==, 0);
  cairo_surface_destroy (surface);
}

/* A value between two gaps is a dot and not nothing. */
static void
test_alone (void)
{
  const double values[] = { NAN, NAN, 5, NAN, NAN, NAN, NAN, NAN, 4, 4, 4 };
  g_autoptr (SmPlot) plot = make_plot (values, G_N_ELEMENTS (values));
  SmPlotFrame frame = sm_plot_get_frame (plot, &theme, WIDTH, HEIGHT);
  cairo_surface_t *surface = draw (plot, &theme);

  g_assert_cmpuint (count_red (surface, (int) sm_plot_x (plot, &frame, 2)), >, 0);
  cairo_surface_destroy (surface);
}

static guint
count_all_red (cairo_surface_t *surface)
{
  guint n = 0;

  for (int x = 0; x < WIDTH; x++)
    n += count_red (surface, x);
  return n;
}

/* The mark of the present is hollow, and the line paler, when it is not the present. */
static void
test_stale (void)
{
  const double values[] = { 1, 2, 3, 4, 5 };
  g_autoptr (SmPlot) plot = make_plot (values, G_N_ELEMENTS (values));
  SmPlotTheme stale = theme;
  cairo_surface_t *live = draw (plot, &theme), *old;

  stale.is_stale = TRUE;
  old = draw (plot, &stale);
  g_assert_cmpuint (count_all_red (old), <, count_all_red (live));
  cairo_surface_destroy (live);
  cairo_surface_destroy (old);
}

static void
test_scale (void)
{
  static const struct
  {
    double values[3];
    double bottom, top;
  } cases[] = {
    { { 0, 0, 0 }, 0, 1 },         { { 3, 4, 5 }, 0, 6 },      { { 120, 587, 430 }, 0, 600 },
    { { -3, 2, 1 }, -4, 2 },       { { 9999, 1, 1 }, 0, 10000 }, { { NAN, NAN, NAN }, 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SmPlot) plot = make_plot (cases[i].values, 3);
      double bottom, top, step;

      sm_plot_get_scale (plot, &bottom, &top, &step);
      g_assert_cmpfloat_with_epsilon (bottom, cases[i].bottom, 1e-9);
      g_assert_cmpfloat_with_epsilon (top, cases[i].top, 1e-9);
      g_assert_cmpfloat (step, >, 0);
    }
}

/* Health moves between 80 and 100: a scale from zero would hide it. */
static void
test_scale_not_from_zero (void)
{
  const double values[] = { 96.2, 95.8, 95.1 };
  g_autoptr (SmPlot) plot = make_plot (values, 3);
  double bottom, top, step;
  g_autofree char *text = NULL;

  sm_plot_set_from_zero (plot, FALSE);
  sm_plot_get_scale (plot, &bottom, &top, &step);
  g_assert_cmpfloat (bottom, >, 90);
  g_assert_cmpfloat (bottom, <=, 95.1);
  g_assert_cmpfloat (top, >=, 96.2);
  text = sm_plot_format (plot, 95.8);
  g_assert_cmpstr (text, ==, "95.8");
}

static void
test_nearest (void)
{
  const double values[] = { 1, NAN, 3, 4, NAN };
  g_autoptr (SmPlot) plot = make_plot (values, G_N_ELEMENTS (values));
  SmPlotFrame frame = sm_plot_get_frame (plot, &theme, WIDTH, HEIGHT);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpint (sm_plot_nearest (plot, &frame, 0, sm_plot_x (plot, &frame, i) + 3), ==, i);
  g_assert_cmpint (sm_plot_nearest (plot, &frame, 0, -1000), ==, 0);
  g_assert_cmpint (sm_plot_nearest (plot, &frame, 0, 1e6), ==, 4);
  g_assert_cmpint (sm_plot_nearest (plot, &frame, 1, 0), ==, -1);
  g_assert_cmpint (sm_plot_get_last_known (plot, 0), ==, 3);
}

/* Whatever the numbers are, it ends and leaves the surface whole. */
static void
test_hostile (void)
{
  static const double values[][2] = { { INFINITY, 1 }, { -INFINITY, NAN }, { 1e300, -1e300 },
                                      { 1e-300, 2e-300 }, { NAN, NAN } };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (SmPlot) plot = make_plot (values[i], 2);
      cairo_surface_t *surface = draw (plot, &theme);

      g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_destroy (surface);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/gap-is-a-gap", test_gap);
  g_test_add_func ("/plot/one-value-is-a-dot", test_alone);
  g_test_add_func ("/plot/stale-is-hollow", test_stale);
  g_test_add_func ("/plot/scale-holds-all", test_scale);
  g_test_add_func ("/plot/scale-not-from-zero", test_scale_not_from_zero);
  g_test_add_func ("/plot/nearest", test_nearest);
  g_test_add_func ("/plot/any-number", test_hostile);
  return g_test_run ();
}
