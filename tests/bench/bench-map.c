/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "sm-live-codec.h"
#include "sm-map-view.h"
#include "synthetic.h"

/* P1 and P2: processor time for each frame while every vehicle moves, against
 * a window of the same size that recolours one node in each frame.  Frames
 * come ten a second from the layer's own timer, as they do on a wall; taking
 * in a batch is not part of a frame.
 *
 * What was measured on the way: GTK's cairo renderer draws each cairo node into
 * a copy and blends that, so base, stations and dots as three layers cost three
 * times as much as one opaque picture of all (city 12.5 -> 9 ms); more than 30
 * rectangles of damage become one around all of them, so clusters as nodes of
 * their own repaint the window; and counting clusters once a second instead of
 * in every frame took two of six ms.  Tiles of 128 pixels cost more than of 256.
 */

#define FRAMES 8
#define SETTLE_S 30

typedef struct
{
  const char *name;
  double latitude, longitude, zoom;
} Look;

static const Look looks[] = {
  { "clusters", 34.0, 108.0, 4 },
  { "dots", 31.0, 119.0, 7 },
  { "city", 22.6, 114.1, 11 },
};
#define N_LOOKS G_N_ELEMENTS (looks)

#define PACE_FRAMES 60

typedef struct
{
  double idle[BENCH_ROUNDS], ingesting[BENCH_ROUNDS], reading[BENCH_ROUNDS]; /* p95, ms */
  double batches[BENCH_ROUNDS]; /* that were read and applied a second */
  double yardstick[BENCH_ROUNDS];
  double looks[N_LOOKS][BENCH_ROUNDS];
  double crowded[N_LOOKS][BENCH_ROUNDS]; /* with 100,000 */
} Figures;

static guint n_painted;

static void
painted_cb (GdkFrameClock *clock,
            gpointer       user_data)
{
  n_painted++;
}

/* A window that is one colour, another in each frame. */
#define BENCH_TYPE_PLAIN (bench_plain_get_type ())
G_DECLARE_FINAL_TYPE (BenchPlain, bench_plain, BENCH, PLAIN, GtkWidget)
struct _BenchPlain
{
  GtkWidget parent_instance;
  guint n;
};
G_DEFINE_FINAL_TYPE (BenchPlain, bench_plain, GTK_TYPE_WIDGET)

static void
bench_plain_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  GdkRGBA colour = { 0.1f, 0.2f, (float) (++BENCH_PLAIN (widget)->n % 10) / 10.f, 1 };

  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                  (float) gtk_widget_get_height (widget)));
}

static void
bench_plain_class_init (BenchPlainClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = bench_plain_snapshot;
}

static void
bench_plain_init (BenchPlain *self)
{
}

static GtkWidget *
show (GtkWidget *child,
      int        width,
      int        height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_widget_set_size_request (child, width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (child) || gtk_widget_get_width (child) != width)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb),
                    NULL);
  return window;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* What keeps the vehicles moving: two batches by turns. */
typedef struct
{
  SmFleet *fleet;
  SmVehicleBatch *batches[2];
  guint n;
  gint64 next;
} Traffic;

#define BATCH_US (G_USEC_PER_SEC / 2)

/* Lets @n frames pass.  Returns: processor time for each, in ms */
static double
measure (guint    n,
         Traffic *traffic)
{
  guint wanted = n_painted + n;
  gint64 end = g_get_monotonic_time () + SETTLE_S * G_USEC_PER_SEC;
  double before = bench_cpu_ms ();
  guint timer = g_timeout_add (50, wake_cb, NULL);

  while (n_painted < wanted && g_get_monotonic_time () < end)
    {
      if (traffic != NULL && g_get_monotonic_time () >= traffic->next)
        {
          double start = bench_cpu_ms ();

          sm_fleet_apply (traffic->fleet, traffic->batches[traffic->n++ % 2]);
          traffic->next = g_get_monotonic_time () + BATCH_US;
          before += bench_cpu_ms () - start;
        }
      g_main_context_iteration (NULL, TRUE);
    }
  if (n_painted < wanted)
    g_error ("Nothing is drawn any more");
  g_source_remove (timer);
  return (bench_cpu_ms () - before) / n;
}

static void
settle (SmMapView *view)
{
  gint64 end = g_get_monotonic_time () + SETTLE_S * G_USEC_PER_SEC;
  guint timer = g_timeout_add (50, wake_cb, NULL);

  while (!sm_map_view_is_settled (view) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  if (!sm_map_view_is_settled (view))
    g_error ("The map has not settled after %d s", SETTLE_S);
  g_source_remove (timer);
}

/* All move at least a pixel and a half a frame, or as far as they may glide. */
static guint32
step_of (double zoom)
{
  return (guint32) MIN (15 * pow (2, 23 - zoom), (1 << 23) - 1);
}

/* A feed that never pauses: a thread reads answers of the service one after the
 * other, and the main loop takes each in as soon as it is read. */
typedef struct
{
  GBytes *answers[2];
  GAsyncQueue *ready; /* batches to be taken */
  GAsyncQueue *turns; /* a batch may be made ready; the last one says stop */
  guint n_taken;
  GThread *thread;
} Feed;

#define GO_ON GINT_TO_POINTER (1)
#define STOP GINT_TO_POINTER (2)

static gpointer
feed_main (gpointer data)
{
  Feed *self = data;

  for (guint n = 0; g_async_queue_pop (self->turns) == GO_ON; n++)
    {
      gsize size;
      const char *text = g_bytes_get_data (self->answers[n % 2], &size);
      g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, size);
      g_autoptr (GError) error = NULL;
      SmVehicleBatch *batch = sm_live_vehicles_read (reader, &error);

      if (batch == NULL)
        g_error ("An answer cannot be read: %s", error->message);
      g_async_queue_push (self->ready, batch);
      g_main_context_wakeup (NULL);
    }
  return NULL;
}

static void
feed_begin (Feed           *self,
            SmVehicleBatch *const batches[2])
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

      sm_live_vehicles_write (writer, &batches[i]->columns, i + 1);
      self->answers[i] = sm_json_writer_end_bytes (writer);
    }
  self->ready = g_async_queue_new_full ((GDestroyNotify) sm_vehicle_batch_unref);
  self->turns = g_async_queue_new ();
  /* The next one is read while one is taken in. */
  g_async_queue_push (self->turns, GO_ON);
  g_async_queue_push (self->turns, GO_ON);
  self->thread = g_thread_new ("feed", feed_main, self);
}

static void
feed_take (Feed    *self,
           SmFleet *fleet)
{
  SmVehicleBatch *batch = g_async_queue_try_pop (self->ready);

  if (batch == NULL)
    return;
  sm_fleet_apply (fleet, batch);
  sm_vehicle_batch_unref (batch);
  self->n_taken++;
  g_async_queue_push (self->turns, GO_ON);
}

static void
feed_end (Feed *self)
{
  g_async_queue_push_front (self->turns, STOP);
  g_thread_join (self->thread);
  g_async_queue_unref (self->ready);
  g_async_queue_unref (self->turns);
  for (guint i = 0; i < 2; i++)
    g_bytes_unref (self->answers[i]);
}

/* Draws as often as it may.  Returns: the interval between two frames that 95 of
 * 100 keep, in ms */
static double
measure_pace (GtkWidget *view,
              Traffic   *traffic,
              Feed      *feed)
{
  double intervals[PACE_FRAMES];
  gint64 last = g_get_monotonic_time ();
  guint timer = g_timeout_add (1, wake_cb, NULL);

  for (guint i = 0; i < PACE_FRAMES; i++)
    {
      guint before = n_painted;

      gtk_widget_queue_draw (view);
      while (n_painted == before)
        {
          if (feed != NULL)
            feed_take (feed, traffic->fleet);
          else if (traffic != NULL && g_get_monotonic_time () >= traffic->next)
            {
              sm_fleet_apply (traffic->fleet, traffic->batches[traffic->n++ % 2]);
              traffic->next = g_get_monotonic_time () + BATCH_US;
            }
          g_main_context_iteration (NULL, TRUE);
        }
      intervals[i] = (double) (g_get_monotonic_time () - last) / 1000;
      last = g_get_monotonic_time ();
    }
  g_source_remove (timer);
  qsort (intervals, PACE_FRAMES, sizeof *intervals, bench_compare_);
  return intervals[PACE_FRAMES * 95 / 100];
}

/* With the reading of what was answered, as the application does it. */
static void
bench_reading (GtkWidget *view,
               Traffic   *traffic,
               double    *out_interval,
               double    *out_batches)
{
  Feed feed = { 0 };
  gint64 start = g_get_monotonic_time ();

  feed_begin (&feed, traffic->batches);
  *out_interval = measure_pace (view, traffic, &feed);
  *out_batches = feed.n_taken * 1e6 / (double) (g_get_monotonic_time () - start);
  feed_end (&feed);
}

/* P6: the same window, now at rest, now while everybody's reports are taken in:
 * twice a second, or without a pause and with the reading. */
static void
bench_pace (GtkWidget *view,
            SmFleet   *fleet,
            Figures   *figures)
{
  g_autoptr (SmVehicleBatch) here = synthetic_batch_new (40000, 1);
  g_autoptr (SmVehicleBatch) there = synthetic_batch_moved (here, step_of (looks[0].zoom));
  Traffic traffic = { .fleet = fleet, .batches = { there, here } };

  sm_map_view_set_position (SM_MAP_VIEW (view), looks[0].latitude, looks[0].longitude,
                            looks[0].zoom);
  settle (SM_MAP_VIEW (view));
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    {
      figures->idle[i] = measure_pace (view, NULL, NULL);
      figures->ingesting[i] = measure_pace (view, &traffic, NULL);
      bench_reading (view, &traffic, &figures->reading[i], &figures->batches[i]);
    }
}

static gboolean
redraw_cb (gpointer user_data)
{
  gtk_widget_queue_draw (GTK_WIDGET (user_data));
  return G_SOURCE_CONTINUE;
}

static void
bench_yardstick (Figures *figures,
                 int      width,
                 int      height)
{
  GtkWidget *plain = g_object_new (BENCH_TYPE_PLAIN, NULL);
  GtkWidget *window = show (plain, width, height);
  guint timer = g_timeout_add (100, redraw_cb, plain);

  measure (3, NULL);
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    figures->yardstick[i] = measure (FRAMES, NULL);
  g_source_remove (timer);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
bench_look (SmMapView  *view,
            SmFleet    *fleet,
            guint       n,
            const Look *look,
            double     *out_rounds)
{
  g_autoptr (SmVehicleBatch) here = synthetic_batch_new (n, 1);
  g_autoptr (SmVehicleBatch) there = synthetic_batch_moved (here, step_of (look->zoom));
  Traffic traffic = { .fleet = fleet, .batches = { there, here } };

  sm_map_view_set_position (view, look->latitude, look->longitude, look->zoom);
  sm_fleet_apply (fleet, here);
  settle (view);
  measure (8, &traffic);
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    out_rounds[i] = measure (FRAMES, &traffic);
}

static void
bench_size (Figures *figures,
            int      width,
            int      height,
            gboolean with_crowd)
{
  GtkWidget *view, *window;
  g_autoptr (GListModel) stations = synthetic_stations_new (1587, 3);

  bench_yardstick (figures, width, height);
  for (guint crowd = 0; crowd <= (with_crowd ? 1 : 0); crowd++)
    {
      g_autoptr (SmFleet) fleet = sm_fleet_new ();
      guint n = crowd ? 100000 : 40000;
      g_autoptr (SmVehicleBatch) first = synthetic_batch_new (n, 1);

      sm_fleet_apply (fleet, first);
      synthetic_add_faults (fleet, 2);
      view = sm_map_view_new ();
      sm_map_view_set_dark (SM_MAP_VIEW (view), TRUE);
      sm_map_view_set_fleet (SM_MAP_VIEW (view), fleet);
      sm_map_view_set_stations (SM_MAP_VIEW (view), stations);
      window = show (view, width, height);
      for (guint i = 0; i < N_LOOKS; i++)
        bench_look (SM_MAP_VIEW (view), fleet, n, &looks[i],
                    crowd ? figures->crowded[i] : figures->looks[i]);
      if (with_crowd && crowd == 0)
        bench_pace (view, fleet, figures);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
report (const char   *name,
        const double *values,
        const double *against,
        double        target)
{
  double ratios[BENCH_ROUNDS], sorted[BENCH_ROUNDS];
  double median;

  memcpy (sorted, against, sizeof sorted);
  median = bench_median (sorted, BENCH_ROUNDS);
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    ratios[i] = values[i] / median;
  bench_report (name, ratios, BENCH_ROUNDS, target);
}

static void
print_figures (const char    *size,
               const Figures *figures,
               gboolean       with_crowd)
{
  Figures copy = *figures;
  g_autofree char *yardstick = g_strdup_printf ("%s, yardstick", size);

  bench_figure (yardstick, copy.yardstick, BENCH_ROUNDS, "ms CPU a frame");
  for (guint i = 0; i < N_LOOKS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s, %s, 40,000", size, looks[i].name);
      g_autofree char *crowd = g_strdup_printf ("%s, %s, 100,000", size, looks[i].name);

      bench_figure (name, copy.looks[i], BENCH_ROUNDS, "ms CPU a frame");
      if (with_crowd)
        bench_figure (crowd, copy.crowded[i], BENCH_ROUNDS, "ms CPU a frame");
    }
}

int
main (int   argc,
      char *argv[])
{
  static const double targets[N_LOOKS] = { 0.8, 1.1, 1.5 };
  Figures small = { 0 }, large = { 0 };

  gtk_init ();
  bench_size (&small, 1920, 1080, TRUE);
  bench_size (&large, 3840, 2160, FALSE);
  print_figures ("1920x1080", &small, TRUE);
  print_figures ("3840x2160", &large, FALSE);
  for (guint i = 0; i < N_LOOKS; i++)
    {
      g_autofree char *name = g_strdup_printf ("P1 %s against the yardstick", looks[i].name);

      report (name, small.looks[i], small.yardstick, targets[i]);
    }
  for (guint i = 0; i < N_LOOKS; i++)
    {
      g_autofree char *crowd = g_strdup_printf ("P2 100,000 against 40,000, %s", looks[i].name);
      g_autofree char *size = g_strdup_printf ("P2 3840x2160 against 1920x1080, %s",
                                               looks[i].name);

      report (crowd, small.crowded[i], small.looks[i], 1.6);
      report (size, large.looks[i], small.looks[i], 3.5);
    }
  report ("frame interval p95 while batches are applied against idle", small.ingesting,
          small.idle,
          1.15);
  bench_figure ("answers of 40,000 vehicles read and applied", small.batches, BENCH_ROUNDS,
                "a second");
  report ("P6 frame interval p95 while taking in without pause, reading included, against idle",
          small.reading, small.idle, 1.15);
  return 0;
}
