/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* R12, the application's half: 5,000 alarms come in 60 slices while the alarm centre is
 * open and nobody has a hand on it, so that every slice is laid in and drawn. */

#include "sm-alarms-page.h"
#include "sm-ops-private.h"
#include "sm-style.h"
#include "sm-test-memory.h"
#include "sm-test-network.h"
#include "sm-time.h"

#include <adwaita.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench.h"

#define N 5000
#define N_SLICES 60
#define SLICE_MS 150

typedef struct
{
  gint64 last;
  gint64 longest;
  gboolean is_over; /* the slice */
} Frames;

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  Frames *frames = user_data;
  gint64 now = g_get_monotonic_time ();

  if (frames->last != 0)
    frames->longest = MAX (frames->longest, now - frames->last);
  frames->last = now;
  return G_SOURCE_CONTINUE;
}

static gboolean
over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (Frames *frames,
         guint   ms)
{
  frames->is_over = FALSE;
  g_timeout_add (ms, over_cb, &frames->is_over);
  while (!frames->is_over)
    g_main_context_iteration (NULL, TRUE);
}

static void
put_slice (SmOps *ops,
           guint  slice,
           GRand *random)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = slice * N / N_SLICES; i < (slice + 1) * N / N_SLICES; i++)
    {
      g_autofree char *label = g_strdup_printf ("粤B·%05uD", i);
      SmRow *row = sm_test_network_alarm (i + 1, g_rand_int_range (random, 1, 5),
                                          i % 3 == 0 ? "soc-low" : "station-power", label);

      sm_row_set_int (row, SM_ALARM_RAISED_AT, SM_TEST_NOW - (N_SLICES - slice) * SM_SECOND);
      if (i % 3 != 0)
        sm_row_set_int (row, SM_ALARM_STATION_ID, 1 + i % 40);
      g_ptr_array_add (rows, row);
    }
  sm_alarm_book_put_all (ops->alarms, rows);
}

static GtkWidget *
open_page (SmOps *ops)
{
  GtkWidget *page = sm_alarms_page_new (ops, NULL, "Alarms");
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1600, 900);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (page))
    g_main_context_iteration (NULL, TRUE);
  return page;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("sm-storm-XXXXXX", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (SmOps) ops = NULL;
  Frames frames = { 0 };
  gint64 before;
  SmAlarmsPage *page;
  double gap_ms, mib, cpu_ms;

  gtk_init ();
  adw_init ();
  sm_style_init ();
  ops = sm_ops_new ("http://127.0.0.1:1", folder, folder);
  sm_test_network_fill (ops, 40, 100, 0);
  sm_test_network_set_state (ops, SM_STATUS_LIVE);
  page = SM_ALARMS_PAGE (open_page (ops));
  gtk_widget_add_tick_callback (GTK_WIDGET (page), frame_cb, &frames, NULL);
  run_for (&frames, 1000);
  frames = (Frames){ 0 };
  before = sm_test_memory_begin (getpid ());
  for (guint slice = 0; slice < N_SLICES; slice++)
    {
      put_slice (ops, slice, random);
      run_for (&frames, SLICE_MS);
    }
  gap_ms = (double) frames.longest / 1000;
  mib = (double) (sm_test_memory_peak (getpid ()) - before) / 1024;
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_alarms (ops)), ==, N);
  cpu_ms = bench_cpu_ms ();
  sm_alarm_desk_refresh (sm_alarm_view_get_desk (sm_alarms_page_get_view (page)));
  cpu_ms = bench_cpu_ms () - cpu_ms;
  bench_figure ("looking at all 5,000 once, processor time", &cpu_ms, 1, "ms");
  bench_report ("R12 longest gap between frames while 5,000 alarms come, ms", &gap_ms, 1, 250);
  bench_report ("R12 memory for them, MiB", &mib, 1, 100);
  return EXIT_SUCCESS;
}
