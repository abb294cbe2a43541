/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-chart.h"

#include <math.h>

static char *
format_hour (double   at,
             gpointer user_data)
{
  return g_strdup_printf ("%02d:00", (int) at);
}

static SmPlot *
make_plot (void)
{
  const double at[] = { 0, 1, 2, 3 };
  const double today[] = { 10, 20, NAN, NAN };
  const double yesterday[] = { 11, 21, 31, 41 };
  SmPlot *plot = sm_plot_new ();

  sm_plot_set_range (plot, 0, 3);
  sm_plot_set_unit (plot, "kW");
  sm_plot_add (plot, "today", SM_PLOT_MAIN, at, today, 4);
  sm_plot_add (plot, "yesterday", SM_PLOT_BESIDE, at, yesterday, 4);
  return plot;
}

static SmChart *
make_chart (void)
{
  SmChart *chart = SM_CHART (g_object_ref_sink (sm_chart_new ("Load")));

  sm_chart_set_format (chart, format_hour, NULL);
  sm_chart_take_plot (chart, make_plot ());
  return chart;
}

static void
assert_says (SmChart    *chart,
             const char *words)
{
  g_autofree char *trouble
      = gtk_test_accessible_check_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                            words);

  g_assert_cmpstr (sm_chart_get_words (chart), ==, words);
  g_assert_cmpstr (trouble, ==, NULL);
}

/* Without a cursor the last known value is said; with one, what is under it. */
static void
test_words (void)
{
  SmChart *chart = make_chart ();

  assert_says (chart, "Load: 01:00 · today 20 kW · yesterday 21 kW");
  sm_chart_set_cursor (chart, 3);
  assert_says (chart, "Load: 03:00 · today – kW · yesterday 41 kW");
  sm_chart_set_cursor (chart, -1);
  sm_chart_set_stale (chart, TRUE);
  assert_says (chart, "Load, last known: 01:00 · today 20 kW · yesterday 21 kW");
  g_assert_finalize_object (chart);
}

static void
test_empty (void)
{
  SmChart *chart = SM_CHART (g_object_ref_sink (sm_chart_new ("Load")));

  g_object_set (chart, "empty-text", "no meter has reported yet", NULL);
  assert_says (chart, "Load: no meter has reported yet");
  sm_chart_open_table (chart);
  g_assert_null (sm_chart_get_table (chart));
  g_assert_finalize_object (chart);
}

/* The table has a row for each place, gaps too, so that nothing seems to follow on a gap. */
static void
test_table (void)
{
  GtkWidget *window = gtk_window_new ();
  SmChart *chart = make_chart ();

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (chart));
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (GTK_WIDGET (chart)))
    g_main_context_iteration (NULL, TRUE);
  sm_chart_open_table (chart);
  g_assert_cmpuint (g_list_model_get_n_items (sm_chart_get_table (chart)), ==, 4);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (chart);
}

/* New values leave the cursor where it is as long as there is such a place. */
static void
test_cursor_stays (void)
{
  SmChart *chart = make_chart ();
  const double at[] = { 0, 1 };
  SmPlot *shorter = sm_plot_new ();

  sm_chart_set_cursor (chart, 3);
  sm_chart_take_plot (chart, make_plot ());
  g_assert_cmpint (sm_chart_get_cursor (chart), ==, 3);
  sm_plot_add (shorter, "today", SM_PLOT_MAIN, at, at, 2);
  sm_chart_take_plot (chart, shorter);
  g_assert_cmpint (sm_chart_get_cursor (chart), ==, 1);
  g_assert_finalize_object (chart);
}

/* A page gives lines and no plot; where the data stop the line does, and nothing is made up. */
static void
test_lines (void)
{
  SmChart *chart = SM_CHART (g_object_ref_sink (sm_chart_new ("Load")));
  const double at[] = { 0, 1, 2 }, today[] = { 10, NAN, NAN }, before[] = { 5, 6, 7 };
  const char *const labels[] = { "00", "02" };
  const SmChartAxes axes = { .first = 0, .last = 2, .unit = "kW", .from_zero = TRUE,
                             .ticks = (const double[]){ 0, 2 }, .labels = labels, .n_ticks = 2 };
  const SmChartLine lines[] = { { "today", at, today, 3 }, { "yesterday", at, before, 3 } };

  sm_chart_set_format (chart, format_hour, NULL);
  sm_chart_set_lines (chart, &axes, lines, G_N_ELEMENTS (lines));
  assert_says (chart, "Load: 00:00 · today 10 kW · yesterday 5 kW");
  sm_chart_set_cursor (chart, 2);
  assert_says (chart, "Load: 02:00 · today – kW · yesterday 7 kW");
  sm_chart_set_lines (chart, &axes, lines, 0);
  assert_says (chart, "Load: –");
  g_assert_finalize_object (chart);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/charts/words", test_words);
  g_test_add_func ("/charts/empty", test_empty);
  g_test_add_func ("/charts/table-has-every-place", test_table);
  g_test_add_func ("/charts/lines-of-a-page", test_lines);
  g_test_add_func ("/charts/cursor-stays", test_cursor_stays);
  return g_test_run ();
}
