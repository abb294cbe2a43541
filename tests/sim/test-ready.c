/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gstdio.h>

#include "sm-ingest.h"
#include "sm-live-private.h"
#include "sm-rules-private.h"
#include "sm-sim-engine.h"
#include "sm-sim-world.h"
#include "sm-station-service.h"
#include "sm-test-folder.h"
#include "sm-time.h"

/* When a pack will be ready, as told while it charges, against when it was: a
 * day of the demo network's bays, minute by minute on the test's clock. */

#define START G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */
#define N_MINUTES (24 * 60)

/* Median and ninth decile of what an answer that people are shown may be wrong
 * by, either way; it stands until the next report.  Beyond that it depends on
 * which trucks will come. */
#define HORIZON (SM_READY_HORIZON_US + SM_MINUTE)
#define MEDIAN_MIN 2.0
#define DECILE_MIN 6.0

typedef struct
{
  gint64 at, ready_at;
} Answer;

typedef struct
{
  gint64 battery_id;
  GArray *told; /* of Answer: what was said since it came */
} Told;

typedef struct
{
  char *folder;
  SmClock *clock;
  SmRules *rules;
  SmActor *actor;
  SmSimWorld *world;
  SmSimEngine *engine;
  GHashTable *bays; /* id -> Told */
  GArray *near, *far; /* of double, min; above 0: it was said too late */
  guint8 *was_queued; /* by vehicle */
} Fixture;

static void
told_free (gpointer data)
{
  Told *told = data;

  g_array_unref (told->told);
  g_free (told);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  SmRulesOptions options = { .simulated = TRUE };
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("sm-ready-XXXXXX", NULL);
  fixture->clock = sm_clock_new_manual (START);
  fixture->actor = sm_actor_new_system ("test");
  path = g_build_filename (fixture->folder, "network.db", NULL);
  options.path = path;
  options.network = options.machine = fixture->clock;
  fixture->rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
  fixture->world = sm_sim_world_load (fixture->rules, fixture->actor, SM_SIM_NETWORK_DEMO, 1, 1.0,
                                      SM_SOURCE_DATA_DIR, NULL, &error);
  g_assert_no_error (error);
  fixture->engine = sm_sim_engine_new (fixture->world, START);
  fixture->bays = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, told_free);
  fixture->was_queued = g_new0 (guint8, fixture->world->n_vehicles);
  fixture->near = g_array_new (FALSE, FALSE, sizeof (double));
  fixture->far = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sm_rules_close (fixture->rules);
  sm_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  sm_sim_engine_free (fixture->engine);
  sm_sim_world_free (fixture->world);
  sm_actor_unref (fixture->actor);
  sm_clock_unref (fixture->clock);
  g_hash_table_unref (fixture->bays);
  g_free (fixture->was_queued);
  g_array_unref (fixture->near);
  g_array_unref (fixture->far);
}

/* It became ready between the last minute and this one. */
static void
settle (Fixture *fixture,
        Told    *told,
        gint64   at)
{
  for (guint i = 0; i < told->told->len; i++)
    {
      const Answer *answer = &g_array_index (told->told, Answer, i);
      double error = (double) (answer->ready_at - (at - 30 * SM_SECOND)) / SM_MINUTE;

      g_array_append_val (answer->ready_at - answer->at <= HORIZON ? fixture->near : fixture->far,
                          error);
    }
}

/* What is known of a bay after its report. */
static void
note_bay (Fixture     *fixture,
          const SmRow *row)
{
  gint64 id = sm_row_get_id (row), battery_id = sm_row_get_int (row, SM_BAY_BATTERY_ID);
  Answer answer = { sm_row_get_int (row, SM_BAY_REPORTED_AT),
                    sm_row_get_int (row, SM_BAY_READY_AT) };
  guint state = sm_row_get_enum (row, SM_BAY_STATE);
  Told *told = g_hash_table_lookup (fixture->bays, &id);

  if (told != NULL && told->battery_id == battery_id && state == SM_BAY_STATE_READY)
    settle (fixture, told, answer.at);
  if (state != SM_BAY_STATE_CHARGING)
    {
      g_hash_table_remove (fixture->bays, &id);
      return;
    }
  if (told == NULL || told->battery_id != battery_id)
    {
      told = g_new (Told, 1);
      *told = (Told){ battery_id, g_array_new (FALSE, FALSE, sizeof (Answer)) };
      g_hash_table_replace (fixture->bays, g_memdup2 (&id, sizeof id), told);
    }
  if (answer.ready_at != SM_UNKNOWN)
    g_array_append_val (told->told, answer);
}

/* What the controllers of all stations send; what ages slowly, of packs, now and then. */
static GPtrArray *
look (Fixture *fixture)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  gboolean has_packs = sm_clock_now (fixture->clock) % (30 * SM_MINUTE) == 0;

  for (guint i = 0; i < fixture->world->n_stations; i++)
    sm_sim_engine_look_station (fixture->engine, i, sm_clock_now (fixture->clock), TRUE, rows);
  for (guint i = rows->len; !has_packs && i-- > 0;)
    if (sm_row_get_noun (rows->pdata[i])->id == SM_NOUN_BATTERY)
      g_ptr_array_remove_index_fast (rows, i);
  return rows;
}

/* Those that go to a station say so, and when they do no longer. */
static gboolean
report_trucks (Fixture  *fixture,
               GError  **error)
{
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport));
  g_auto (SmIngestResult) result = { 0 };

  for (guint i = 0; i < fixture->world->n_vehicles; i++)
    {
      SmVehicleReport report;
      gboolean is_queued;

      if (!sm_sim_engine_look_vehicle (fixture->engine, i, sm_clock_now (fixture->clock), &report))
        continue;
      is_queued = report.queue != SM_ENUM_UNKNOWN;
      if (is_queued || fixture->was_queued[i])
        g_array_append_val (reports, report);
      fixture->was_queued[i] = is_queued;
    }
  return sm_ingest_vehicles (fixture->rules, fixture->actor, (SmVehicleReport *) reports->data,
                             reports->len, &result, error);
}

static gpointer
report (SmRules       *rules,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Fixture *fixture = data;
  g_autoptr (GPtrArray) rows = look (fixture);
  g_auto (SmIngestResult) result = { 0 };

  if (!report_trucks (fixture, error) || !sm_rules_tick (rules, error)
      || !sm_ingest_live (rules, fixture->actor, rows, &result, error))
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    if (sm_row_get_noun (rows->pdata[i])->id == SM_NOUN_BAY)
      note_bay (fixture, sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BAY),
                                           sm_row_get_id (rows->pdata[i]))->row);
  return NULL;
}

static void
live (Fixture *fixture,
      guint    minutes)
{
  for (guint i = 0; i < minutes; i++)
    {
      g_autoptr (GError) error = NULL;

      sm_clock_advance (fixture->clock, SM_MINUTE);
      sm_sim_engine_advance (fixture->engine, sm_clock_now (fixture->clock));
      sm_sim_output_clear (sm_sim_engine_output (fixture->engine));
      sm_rules_run_sync (fixture->rules, report, fixture, &error);
      g_assert_no_error (error);
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Returns: the bias; the others without sign */
static double
sum_up (GArray     *errors,
        const char *which,
        double     *out_median,
        double     *out_decile)
{
  double bias;

  g_array_sort (errors, compare);
  bias = g_array_index (errors, double, errors->len / 2);
  for (guint i = 0; i < errors->len; i++)
    g_array_index (errors, double, i) = fabs (g_array_index (errors, double, i));
  g_array_sort (errors, compare);
  *out_median = g_array_index (errors, double, errors->len / 2);
  *out_decile = g_array_index (errors, double, errors->len / 10 * 9);
  g_test_message ("%s: %u answers, bias %.2f, median %.2f, ninth decile %.2f min", which,
                  errors->len, bias, *out_median, *out_decile);
  return bias;
}

static void
test_right_within_minutes (Fixture       *fixture,
                           gconstpointer  data)
{
  double bias, median, decile;

  live (fixture, N_MINUTES);
  g_assert_cmpuint (fixture->near->len, >, 100000);
  sum_up (fixture->far, "beyond an hour", &median, &decile);
  bias = sum_up (fixture->near, "up to an hour", &median, &decile);
  g_assert_cmpfloat (median, <=, MEDIAN_MIN);
  g_assert_cmpfloat (decile, <=, DECILE_MIN);
  g_assert_cmpfloat (fabs (bias), <=, 1.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sim/ready/right-within-minutes", Fixture, NULL, set_up, test_right_within_minutes,
              tear_down);
  return g_test_run ();
}
