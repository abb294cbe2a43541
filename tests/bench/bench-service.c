/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The service over HTTP, with 40,000 vehicles and the stations of Shenzhen:
 * what 4,000 reports a second and 20 apps that follow cost it, and how long
 * any turn of its main loop takes.  The gateway and the apps are another
 * process; time in the loop is processor time of its thread, so that who else
 * wants the machine does not count. */

#include "bench.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

#include "service-apps.h"
#include "sm-import.h"
#include "sm-service.h"
#include "sm-stations.h"
#include "sm-test-folder.h"
#include "sm-time.h"
#include "sm-users.h"

#define WINDOW_S 3
#define TARGET_TURN_MS 8.0

typedef struct
{
  SmRules *rules;
  GSubprocess *apps;
  GDataInputStream *lines;
  double longest_ms; /* turn of the loop since the last look */
  double loading_ms; /* the longest one while the apps loaded */
  double cpu_ms;
  guint n_windows;
  double turns[BENCH_ROUNDS], shares[BENCH_ROUNDS];
  gboolean is_over;
} Bench;

static double
thread_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static gpointer
add_vehicles (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("bench");

  if (!sm_rules_begin (rules, error))
    return NULL;
  for (guint i = 0; i < APPS_VEHICLES; i++)
    {
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
      SmUpsertOutcome outcome;
      gint64 id;

      sm_row_take_text (row, SM_VEHICLE_PLATE, g_strdup_printf ("B%06u", i));
      sm_row_take_text (row, SM_VEHICLE_VIN, g_strdup_printf ("V%06u", i));
      sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, 10);
      if (!sm_registry_upsert (rules, system, row, SM_VEHICLE_PLATE, &id, &outcome, error))
        return NULL;
    }
  sm_rules_commit (rules, error);
  return NULL;
}

static char *
furnish (SmRules *rules)
{
  SmImportOptions options = { .datum = SM_DATUM_GCJ02 };
  g_autoptr (SmActor) system = sm_actor_new_system ("bench");
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_auto (SmImportSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;
  char *token;

  sm_rules_run_sync (rules, add_vehicles, NULL, &error);
  g_assert_no_error (error);
  sm_import_stations_file (rules, system, SM_SOURCE_DATA_DIR "/shenzhen/stations.csv", &options,
                           &summary, &error);
  g_assert_no_error (error);
  token = sm_gateways_add (rules, system, "bench", all, &error);
  g_assert_no_error (error);
  return token;
}

/* One turn: everything that was ready is dispatched. */
static void
turn (Bench *bench)
{
  GMainContext *context = g_main_context_default ();
  int priority, timeout, n;
  g_autofree GPollFD *fds = NULL;
  double before;

  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  n = g_main_context_query (context, priority, &timeout, NULL, 0);
  fds = g_new0 (GPollFD, (gsize) n + 1);
  n = g_main_context_query (context, priority, &timeout, fds, n);
  g_poll (fds, (guint) n, timeout);
  before = thread_cpu_ms ();
  if (g_main_context_check (context, priority, fds, n))
    g_main_context_dispatch (context);
  bench->longest_ms = MAX (bench->longest_ms, thread_cpu_ms () - before);
  g_main_context_release (context);
}

static gboolean
tick_cb (gpointer data)
{
  sm_rules_tick_async (data);
  return G_SOURCE_CONTINUE;
}

static void line_cb (GObject *source, GAsyncResult *result, gpointer data);

static gboolean
window_cb (gpointer data)
{
  Bench *bench = data;
  double cpu_ms = bench_cpu_ms ();

  bench->turns[bench->n_windows] = bench->longest_ms;
  bench->shares[bench->n_windows] = (cpu_ms - bench->cpu_ms) / (WINDOW_S * 1e3);
  bench->longest_ms = 0.0;
  bench->cpu_ms = cpu_ms;
  if (++bench->n_windows < BENCH_ROUNDS)
    return G_SOURCE_CONTINUE;
  g_output_stream_close (g_subprocess_get_stdin_pipe (bench->apps), NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
take_line (Bench      *bench,
           const char *line)
{
  if (strcmp (line, APPS_LOADED) == 0)
    bench->loading_ms = bench->longest_ms;
  else if (strcmp (line, APPS_ROLLING) != 0)
    g_print ("%s\n", line);
  bench->longest_ms = 0.0;
  bench->cpu_ms = bench_cpu_ms ();
  if (strcmp (line, APPS_ROLLING) == 0)
    g_timeout_add_seconds (WINDOW_S, window_cb, bench);
}

static void
listen_to_apps (Bench *bench)
{
  g_data_input_stream_read_line_async (bench->lines, G_PRIORITY_DEFAULT, NULL, line_cb, bench);
}

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Bench *bench = data;
  g_autofree char *line = g_data_input_stream_read_line_finish (bench->lines, result, NULL, NULL);

  bench->is_over = line == NULL;
  if (line == NULL)
    return;
  take_line (bench, line);
  listen_to_apps (bench);
}

static void
measure (Bench      *bench,
         const char *program,
         const char *gateway)
{
  SmServiceOptions quiet = { .quiet = TRUE };
  g_autoptr (SmService) service = sm_service_new (bench->rules, &quiet);
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  double loading[1];
  guint ticks;

  sm_service_listen (service, "127.0.0.1:0", FALSE, &url, &error);
  g_assert_no_error (error);
  bench->apps = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                  &error, program, url, gateway, NULL);
  g_assert_no_error (error);
  bench->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bench->apps));
  ticks = g_timeout_add_seconds (1, tick_cb, bench->rules);
  listen_to_apps (bench);
  while (!bench->is_over)
    turn (bench);
  g_source_remove (ticks);
  g_assert_cmpuint (bench->n_windows, ==, BENCH_ROUNDS);
  loading[0] = bench->loading_ms;
  bench_report ("P11 service at 4,000 reports/s with 20 following apps, share of one core",
                bench->shares, BENCH_ROUNDS, 1.0);
  bench_report ("longest turn of the service's main loop meanwhile, ms", bench->turns, BENCH_ROUNDS,
                TARGET_TURN_MS);
  bench_report ("longest turn while 20 apps load the network, ms", loading, 1, TARGET_TURN_MS);
  g_clear_object (&bench->lines);
  g_clear_object (&bench->apps);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;
  g_autofree char *gateway = NULL;
  g_autoptr (SmClock) clock = NULL;
  g_autoptr (GError) error = NULL;
  SmRulesOptions options = { 0 };
  Bench bench = { 0 };

  if (argc == 3)
    return bench_apps_main (argv[1], argv[2]);
  dir = g_dir_make_tmp ("sm-bench-XXXXXX", NULL);
  path = g_build_filename (dir, "network.db", NULL);
  clock = sm_clock_new_machine ();
  options = (SmRulesOptions){ .path = path, .network = clock, .machine = clock, .simulated = TRUE };
  bench.rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
  gateway = furnish (bench.rules);
  measure (&bench, argv[0], gateway);
  sm_rules_close (bench.rules);
  sm_test_remove_tree (dir);
  return 0;
}
