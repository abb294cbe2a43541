/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* What 40,000 vehicles that report every 10 s cost behind the HTTP server: the
 * door of P11.  A minute of the network is played as fast as it goes, and its
 * processor time is held against that minute: ingest, limits, silence, ticks,
 * saving the live values, and 20 followers who read every second's news. */

#include "bench.h"

#include "sm-feed.h"
#include "sm-ingest.h"
#include "sm-stations.h"
#include "sm-test-folder.h"
#include "sm-time.h"

#include <glib/gstdio.h>

#define N_VEHICLES 40000
#define PER_SECOND 4000
#define SECONDS 60
#define FOLLOWERS 20

typedef struct
{
  SmClock *clock;
  SmActor *system;
  SmVehicleReport *reports;
  guint second;
} Minute;

static gpointer
add_vehicles (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Minute *minute = data;

  if (!sm_rules_begin (rules, error))
    return NULL;
  for (guint i = 0; i < N_VEHICLES; i++)
    {
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
      g_autofree char *plate = g_strdup_printf ("B%06u", i);
      SmUpsertOutcome outcome;
      gint64 id;

      sm_row_set_text (row, SM_VEHICLE_PLATE, plate);
      if (!sm_registry_upsert (rules, minute->system, row, SM_VEHICLE_PLATE, &id, &outcome, error))
        return NULL;
      minute->reports[i] = (SmVehicleReport){ .vehicle_id = id, .latitude = 30 + i * 1e-4,
                                              .longitude = 110, .heading_deg = 90, .speed_kmh = 60,
                                              .soc = 50, .pack_temperature_c = 30,
                                              .odometer_m = 1000, .motion = SM_MOTION_DRIVING,
                                              .energy = SM_ENERGY_IDLE };
    }
  sm_rules_commit (rules, error);
  return NULL;
}

static gpointer
play_second (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Minute *minute = data;
  SmVehicleReport *reports = minute->reports + minute->second % 10 * PER_SECOND;
  g_auto (SmIngestResult) result = { 0 };

  for (guint i = 0; i < PER_SECOND; i++)
    {
      reports[i].at_us = sm_clock_now (minute->clock);
      reports[i].longitude += 0.001;
    }
  if (!sm_ingest_vehicles (rules, minute->system, reports, PER_SECOND, &result, error))
    return NULL;
  g_assert_cmpuint (result.accepted, ==, PER_SECOND);
  sm_rules_tick (rules, error);
  return NULL;
}

static void
play_minute (SmRules *rules,
             Minute  *minute)
{
  g_autoptr (GError) error = NULL;

  for (guint s = 0; s < SECONDS; s++)
    {
      gint64 tick = sm_rules_get_tick (rules);

      sm_clock_advance (minute->clock, SM_SECOND);
      minute->second = s;
      sm_rules_run_sync (rules, play_second, minute, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < FOLLOWERS; i++)
        {
          g_autoptr (SmVehicleBatch) news = sm_feed_read_live_vehicles (rules, minute->system, tick);

          g_assert_cmpuint (news->columns.n, >=, PER_SECOND);
        }
    }
}

int
main (void)
{
  g_autofree char *dir = g_dir_make_tmp ("sm-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "network.db", NULL);
  g_autoptr (SmClock) clock = sm_clock_new_manual (G_GINT64_CONSTANT (1750000000) * SM_SECOND);
  g_autoptr (SmActor) system = sm_actor_new_system ("bench");
  g_autofree SmVehicleReport *reports = g_new (SmVehicleReport, N_VEHICLES);
  SmRulesOptions options = { .path = path, .network = clock, .machine = clock };
  g_autoptr (GError) error = NULL;
  SmRules *rules = sm_rules_open (&options, &error);
  Minute minute = { clock, system, reports, 0 };
  double shares[BENCH_ROUNDS], rates[BENCH_ROUNDS];

  g_assert_no_error (error);
  sm_rules_run_sync (rules, add_vehicles, &minute, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    {
      double before = bench_cpu_ms (), spent;

      play_minute (rules, &minute);
      spent = bench_cpu_ms () - before;
      shares[i] = spent / (SECONDS * 1e3);
      rates[i] = PER_SECOND * SECONDS / spent * 1e3;
    }
  bench_figure ("reports a second of processor time, with everything behind the door", rates,
                BENCH_ROUNDS, "/s");
  bench_report ("rules at 4,000 reports/s with 20 followers, share of one core", shares,
                BENCH_ROUNDS, 0.1);
  sm_rules_close (rules);
  sm_test_remove_tree (dir);
  return 0;
}
