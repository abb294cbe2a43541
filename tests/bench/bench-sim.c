/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* What a country costs to simulate: CPU of a truck's day, of the two weeks
 * that a new network has behind it, and of its trucks' and stations' reports,
 * 4,000 a second; each without what the rules then do with it. */

#include "bench.h"

#include "sm-row.h"
#include "sm-sim-live.h"
#include "sm-sim-plan.h"
#include "sm-time.h"

#define START (G_GINT64_CONSTANT (1780000000) / 86400 * 86400 * SM_SECOND)
#define ROUNDS 3
#define DAYS 2

int
main (void)
{
  g_autoptr (GError) error = NULL;
  SmSimWorld *world = sm_sim_plan (SM_SIM_NETWORK_NATIONAL, 1, 1.0, SM_SOURCE_DATA_DIR, &error);
  double truck_day_us[ROUNDS], history_s[ROUNDS], share[ROUNDS];

  g_assert_no_error (error);
  world->zone = g_time_zone_new_identifier ("Asia/Shanghai");
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (SmSimEngine) engine = sm_sim_engine_new (world, START);
      g_autoptr (SmSimLive) live = NULL;
      g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport));
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
      gint64 end_us = START + DAYS * SM_DAY;
      double from_s = bench_cpu_ms () / 1000.0;

      sm_sim_engine_advance (engine, end_us);
      history_s[i] = (bench_cpu_ms () / 1000.0 - from_s) / DAYS * 14.0;
      truck_day_us[i] = history_s[i] * 1e6 / 14.0 / world->n_vehicles;
      live = sm_sim_live_new (engine, world, end_us);
      from_s = bench_cpu_ms () / 1000.0;
      sm_sim_live_report (live, end_us + 60 * SM_SECOND, G_MAXUINT, reports, rows);
      share[i] = (bench_cpu_ms () / 1000.0 - from_s) / 60.0 * 100.0;
    }
  bench_figure ("a truck's day, national", truck_day_us, ROUNDS, "us");
  bench_figure ("14 days of national lived through", history_s, ROUNDS, "s");
  bench_figure ("live reports of national, share of a core", share, ROUNDS, "%");
  g_time_zone_unref (world->zone);
  world->zone = NULL;
  sm_sim_world_free (world);
  return 0;
}
