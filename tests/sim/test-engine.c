/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sm-geo.h"
#include "sm-sim-engine.h"
#include "sm-sim-guangdong.h"
#include "sm-sim-live.h"
#include "sm-sim-pack.h"
#include "sm-time.h"

#define START G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */
#define N_STATIONS 20
#define N_BAYS 10
#define N_TRUCKS 500
#define N_PACKS (N_TRUCKS + N_STATIONS * (N_BAYS - 1))

static const SmSimModel model = { .id = 1, .code = "A282", .nominal_wh = 282000,
                                  .nominal_voltage_v = 618.0, .ready_soc = 90.0,
                                  .max_power_kw = 240.0, .cell_count = 192, .probe_count = 48 };
static const SmSimTruckKind kind = { .model = "6x4", .battery_models = 1, .empty_t = 18.0,
                                     .payload_t = 31.0 };

static void
make_stations (SmSimWorld *world)
{
  world->n_stations = N_STATIONS;
  world->n_lane_ids = N_STATIONS;
  world->n_bay_ids = N_STATIONS * N_BAYS;
  world->stations = g_new0 (SmSimStation, N_STATIONS);
  world->lane_ids = g_new0 (gint64, world->n_lane_ids);
  world->bay_ids = g_new0 (gint64, world->n_bay_ids);
  for (guint i = 0; i < world->n_bay_ids; i++)
    world->bay_ids[i] = 5000 + i;
  for (guint i = 0; i < N_STATIONS; i++)
    {
      guint site = i * world->n_sites / N_STATIONS;

      world->lane_ids[i] = 4000 + i;
      world->stations[i] = (SmSimStation){
        .id = 1 + i, .site = site, .latitude = world->sites[site].latitude + 0.004,
        .longitude = world->sites[site].longitude, .n_lanes = 1, .first_lane = i, .n_bays = N_BAYS,
        .first_bay = i * N_BAYS, .grid_kw = 1250.0, .battery_models = 1, .close_min = 1440,
      };
    }
}

static void
make_trucks (SmSimWorld *world)
{
  world->n_vehicles = N_TRUCKS;
  world->vehicles = g_new0 (SmSimVehicle, N_TRUCKS);
  world->n_packs = N_PACKS;
  world->packs = g_new0 (SmSimPack, N_PACKS);
  for (guint i = 0; i < N_PACKS; i++)
    {
      guint beyond = i - N_TRUCKS;

      world->packs[i] = (SmSimPack){ .id = 1 + i, .soh = 100.0 - i % 12, .spread_mv = 12.0,
                                     .throughput_wh = 100000000 + i * 7919, .start_soc = 60.0,
                                     .place = SM_PLACE_VEHICLE, .vehicle = i };
      if (i >= N_TRUCKS)
        {
          world->packs[i].place = SM_PLACE_BAY;
          world->packs[i].station = beyond / (N_BAYS - 1);
          world->packs[i].bay = beyond % (N_BAYS - 1);
        }
    }
  for (guint i = 0; i < N_TRUCKS; i++)
    world->vehicles[i] = (SmSimVehicle){ .id = 1 + i, .driver_id = 1 + i, .home = i % world->n_sites,
                                         .goal = (i * 7 + 3) % world->n_sites,
                                         .is_night_sleeper = i % 3 != 0, .pack = i };
}

static SmSimWorld *
make_world (guint64 seed)
{
  SmSimWorld *world = g_new0 (SmSimWorld, 1);
  guint n_places, n_roads;
  const SmSimPlace *places = sm_sim_guangdong_places (&n_places);
  const SmSimRoad *roads = sm_sim_guangdong_roads (&n_roads);

  world->kind = SM_SIM_NETWORK_DEMO;
  world->seed = seed;
  world->rate = 1.0;
  world->zone = g_time_zone_new_identifier ("Asia/Shanghai");
  world->roads = sm_sim_roads_new (seed, places, n_places, roads, n_roads, NULL, 0);
  world->n_sites = n_places;
  world->sites = g_new0 (SmSimSite, n_places);
  for (guint i = 0; i < n_places; i++)
    world->sites[i] = (SmSimSite){ .latitude = places[i].latitude,
                                   .longitude = places[i].longitude };
  world->n_models = world->n_truck_kinds = 1;
  world->models = &model;
  world->truck_kinds = &kind;
  make_stations (world);
  make_trucks (world);
  return world;
}

static void
free_world (SmSimWorld *world)
{
  g_time_zone_unref (world->zone);
  sm_sim_roads_free (world->roads);
  g_free (world->sites);
  g_free (world->stations);
  g_free (world->lane_ids);
  g_free (world->bay_ids);
  g_free (world->vehicles);
  g_free (world->packs);
  g_free (world);
}

typedef struct
{
  SmSimWorld *world;
  SmSimEngine *engine;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->world = make_world (7);
  fixture->engine = sm_sim_engine_new (fixture->world, START);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sm_sim_engine_free (fixture->engine);
  free_world (fixture->world);
}

static guint64
mix_in (guint64 hash,
        guint64 value)
{
  return (hash ^ value) * G_GUINT64_CONSTANT (0x100000001b3);
}

/* A day, asked for in portions of @portion_us: everything that was put out, and each truck. */
static guint64
hash_of_day (guint64 seed,
             gint64  start_us,
             gint64  portion_us)
{
  SmSimWorld *world = make_world (seed);
  g_autoptr (SmSimEngine) engine = sm_sim_engine_new (world, start_us);
  SmSimOutput *output = sm_sim_engine_output (engine);
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  SmVehicleReport report;

  for (gint64 at = start_us; at < start_us + SM_DAY; at += portion_us)
    {
      sm_sim_engine_advance (engine, at);
      sm_sim_engine_look_vehicle (engine, (guint) (at / portion_us) % N_TRUCKS, at, &report);
    }
  sm_sim_engine_advance (engine, start_us + SM_DAY);
  for (guint i = 0; i < output->movements->len; i++)
    {
      const SmSimMovement *movement = &g_array_index (output->movements, SmSimMovement, i);

      hash = mix_in (hash, (guint64) movement->at_us);
      hash = mix_in (hash, movement->pack);
      hash = mix_in (hash, (guint64) movement->throughput_wh);
    }
  for (guint i = 0; i < N_TRUCKS; i++)
    if (sm_sim_engine_look_vehicle (engine, i, start_us + SM_DAY, &report) && !report.logs_out)
      {
        hash = mix_in (hash, (guint64) llround (report.latitude * 1e6));
        hash = mix_in (hash, (guint64) llround (report.longitude * 1e6));
        hash = mix_in (hash, (guint64) report.odometer_m);
        hash = mix_in (hash, (guint64) report.pack.charged_wh);
      }
  g_clear_pointer (&engine, sm_sim_engine_free);
  free_world (world);
  return hash;
}

static void
test_same_seed_same_life (void)
{
  guint64 hash = hash_of_day (7, START, 10 * SM_SECOND);

  g_assert_cmphex (hash_of_day (7, START, 10 * SM_SECOND), ==, hash);
  /* When it is asked does not matter. */
  g_assert_cmphex (hash_of_day (7, START, 47 * SM_MINUTE), ==, hash);
  g_assert_cmphex (hash_of_day (8, START, 10 * SM_SECOND), !=, hash);
  g_assert_cmphex (hash_of_day (7, START + SM_HOUR, 10 * SM_SECOND), !=, hash);
}

static guint64
mix_report (guint64                hash,
            const SmVehicleReport *report)
{
  hash = mix_in (hash, (guint64) report->vehicle_id);
  hash = mix_in (hash, (guint64) report->at_us);
  hash = mix_in (hash, (guint64) llround (report->latitude * 1e6));
  hash = mix_in (hash, (guint64) llround (report->longitude * 1e6));
  hash = mix_in (hash, (guint64) llround (report->heading_deg));
  hash = mix_in (hash, (guint64) llround (report->speed_kmh * 10));
  hash = mix_in (hash, (guint64) report->odometer_m);
  hash = mix_in (hash, (guint64) report->battery_id);
  hash = mix_in (hash, (guint64) report->pack.charged_wh);
  hash = mix_in (hash, (guint64) report->pack.throughput_wh);
  hash = mix_in (hash, (guint64) report->station_id);
  return mix_in (hash, report->motion | report->energy << 8 | report->queue << 16);
}

/* The first @n reports; asked for in portions of @portion_us. */
static guint64
hash_of_reports (guint64 seed,
                 gint64  start_us,
                 double  rate,
                 guint   n,
                 gint64  portion_us)
{
  SmSimWorld *world = make_world (seed);
  g_autoptr (SmSimEngine) engine = sm_sim_engine_new (world, start_us - SM_DAY);
  g_autoptr (SmSimLive) live = NULL;
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  world->rate = rate;
  sm_sim_engine_advance (engine, start_us);
  live = sm_sim_live_new (engine, world, start_us);
  for (gint64 at = start_us; reports->len < n; at += portion_us)
    sm_sim_live_report (live, at, G_MAXUINT, reports, rows);
  for (guint i = 0; i < n; i++)
    hash = mix_report (hash, &g_array_index (reports, SmVehicleReport, i));
  g_clear_pointer (&engine, sm_sim_engine_free);
  free_world (world);
  return hash;
}

static void
test_same_seed_same_reports (void)
{
  guint64 hash = hash_of_reports (7, START, 10.0, 5000, SM_SECOND);

  g_assert_cmphex (hash_of_reports (7, START, 10.0, 5000, SM_SECOND), ==, hash);
  /* When they are fetched does not matter: they are stamped by when they were due. */
  g_assert_cmphex (hash_of_reports (7, START, 10.0, 5000, 47 * SM_SECOND), ==, hash);
  g_assert_cmphex (hash_of_reports (8, START, 10.0, 5000, SM_SECOND), !=, hash);
  g_assert_cmphex (hash_of_reports (7, START + SM_HOUR, 10.0, 5000, SM_SECOND), !=, hash);
  g_assert_cmphex (hash_of_reports (7, START, 20.0, 5000, SM_SECOND), !=, hash);
}

/* Whoever is awake speaks once in ten seconds of the machine, whatever the speed. */
static void
test_one_report_each (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree guint *n_of = g_new0 (guint, N_TRUCKS + 1);
  g_autoptr (SmSimLive) live = NULL;
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  fixture->world->rate = 60.0;
  live = sm_sim_live_new (fixture->engine, fixture->world, START);
  sm_sim_live_report (live, START + 30 * SM_MINUTE - 1, G_MAXUINT, reports, rows);
  for (guint i = 0; i < reports->len; i++)
    n_of[g_array_index (reports, SmVehicleReport, i).vehicle_id]++;
  for (guint i = 1; i <= N_TRUCKS; i++)
    {
      g_assert_cmpuint (n_of[i], >=, 1);
      g_assert_cmpuint (n_of[i], <=, 3);
    }
  sm_sim_live_skip_to (live, START + SM_DAY);
  g_assert_cmpint (sm_sim_live_next_due (live), <=, START + SM_DAY);
  g_assert_cmpint (sm_sim_live_next_due (live), >, START + SM_DAY - SM_MINUTE);
}

static void
add_packs (const SmSimOutput *output,
           GHashTable        *places)
{
  for (guint i = 0; i < output->movements->len; i++)
    {
      const SmSimMovement *movement = &g_array_index (output->movements, SmSimMovement, i);
      gint64 from = movement->from * G_GINT64_CONSTANT (1000000) + movement->from_id;
      gint64 to = movement->to * G_GINT64_CONSTANT (1000000) + movement->to_id;

      /* It was where it left from, and nobody was where it went. */
      if (g_hash_table_contains (places, GSIZE_TO_POINTER (from)))
        g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (places, GSIZE_TO_POINTER (from))),
                          ==, movement->pack + 1);
      g_hash_table_remove (places, GSIZE_TO_POINTER (from));
      g_assert_false (g_hash_table_contains (places, GSIZE_TO_POINTER (to)));
      g_hash_table_insert (places, GSIZE_TO_POINTER (to), GUINT_TO_POINTER (movement->pack + 1));
    }
}

static void
test_one_place_each (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  SmSimOutput *output = sm_sim_engine_output (fixture->engine);

  for (guint i = 0; i < N_PACKS; i++)
    {
      const SmSimPack *pack = &fixture->world->packs[i];
      gint64 id = pack->place == SM_PLACE_VEHICLE
                    ? fixture->world->vehicles[pack->vehicle].id
                    : fixture->world->bay_ids[pack->station * N_BAYS + pack->bay];

      g_hash_table_insert (places, GSIZE_TO_POINTER (pack->place * 1000000 + id),
                           GUINT_TO_POINTER (i + 1));
    }
  sm_sim_engine_advance (fixture->engine, START + 7 * SM_DAY);
  g_assert_cmpuint (output->movements->len, >, 1000);
  add_packs (output, places);
  g_assert_cmpuint (g_hash_table_size (places), ==, N_PACKS);
}

/* What is charged into the packs of a week is drawn from them, lost, or still there. */
static void
test_energy_balances (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  gint64 end_us = START + 7 * SM_DAY, charged_wh = 0, metered_wh = 0;

  sm_sim_engine_advance (fixture->engine, end_us);
  for (guint i = 0; i < N_STATIONS; i++)
    sm_sim_engine_look_station (fixture->engine, i, end_us, TRUE, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const SmRow *row = rows->pdata[i];
      gint64 stored_wh;

      if (sm_row_get_noun (row)->id != SM_NOUN_BATTERY)
        continue;
      stored_wh = sm_row_get_int (row, SM_BATTERY_CHARGED_WH) * SM_SIM_PACK_YIELD / 100
                  - sm_row_get_int (row, SM_BATTERY_THROUGHPUT_WH);
      g_assert_cmpint (stored_wh, >=, 0);
      g_assert_cmpfloat_with_epsilon ((double) stored_wh / 2820.0
                                        / sm_row_get_real (row, SM_BATTERY_SOH) * 100.0,
                                      sm_row_get_real (row, SM_BATTERY_SOC), 0.15);
    }
  for (guint i = 0; i < N_TRUCKS; i++)
    {
      SmVehicleReport report;

      if (!sm_sim_engine_look_vehicle (fixture->engine, i, end_us, &report) || report.battery_id == 0)
        continue;
      g_assert_cmpint (report.pack.charged_wh * SM_SIM_PACK_YIELD / 100 - report.pack.throughput_wh,
                       >=, 0);
    }
  sm_sim_engine_balance (fixture->engine, &charged_wh, &metered_wh);
  /* The meters saw what went into the packs in the bays, by the chargers' losses and some more. */
  g_assert_cmpint (charged_wh, >, 0);
  g_assert_cmpint (metered_wh, >, charged_wh * 100 / 94);
  g_assert_cmpint (metered_wh, <, charged_wh * 130 / 94);
}

/* Of the packs with an odd id. */
static guint
count_handed_out (Fixture *fixture,
                  gint64   from_us,
                  guint   *out_others)
{
  const SmSimOutput *output = sm_sim_engine_output (fixture->engine);
  guint n = 0;

  *out_others = 0;
  for (guint i = 0; i < output->movements->len; i++)
    {
      const SmSimMovement *movement = &g_array_index (output->movements, SmSimMovement, i);

      if (movement->at_us < from_us || movement->from != SM_PLACE_BAY
          || movement->to != SM_PLACE_VEHICLE)
        continue;
      if (fixture->world->packs[movement->pack].id % 2 != 0)
        n++;
      else
        ++*out_others;
    }
  return n;
}

/* What is kept apart is in no truck that came for a pack, but for whose own pack was out
 * already; trucks get others, until it is taken back. */
static void
test_kept_apart (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GArray) apart = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 at_us = START + SM_DAY;
  guint n_others;

  for (gint64 id = 1; id <= N_PACKS; id += 2)
    g_array_append_val (apart, id);
  sm_sim_engine_advance (fixture->engine, at_us);
  sm_sim_engine_withhold (fixture->engine, apart);
  sm_sim_engine_advance (fixture->engine, at_us + SM_DAY);
  g_assert_cmpuint (count_handed_out (fixture, at_us + 10 * SM_MINUTE, &n_others), ==, 0);
  g_assert_cmpuint (n_others, >, 0);
  sm_sim_engine_withhold (fixture->engine, none);
  sm_sim_engine_advance (fixture->engine, at_us + 2 * SM_DAY);
  g_assert_cmpuint (count_handed_out (fixture, at_us + SM_DAY, &n_others), >, 0);
}

static int
compare_real (gconstpointer a,
              gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

static void
test_a_believable_week (Fixture       *fixture,
                        gconstpointer  data)
{
  SmSimOutput *output = sm_sim_engine_output (fixture->engine);
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) lasts = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_done = 0, n_events[3] = { 0 };
  gint64 cpu = g_get_monotonic_time ();

  sm_sim_engine_advance (fixture->engine, START + 7 * SM_DAY);
  cpu = g_get_monotonic_time () - cpu;
  for (guint i = 0; i < output->swaps->len; i++)
    {
      const SmSimSwap *swap = &g_array_index (output->swaps, SmSimSwap, i);
      double wait_s, last_s;

      n_done += swap->process == SM_ORDER_PROCESS_COMPLETED;
      if (swap->process != SM_ORDER_PROCESS_COMPLETED)
        continue;
      wait_s = (double) (swap->step_us[SM_SWAP_STEP_CALLED] - swap->created_us) / 1e6;
      last_s = (double) (swap->ended_us - swap->step_us[SM_SWAP_STEP_CALLED]) / 1e6;
      g_array_append_val (waits, wait_s);
      g_array_append_val (lasts, last_s);
      g_assert_cmpfloat (swap->soc_after, >=, 89.0);
    }
  for (guint i = 0; i < output->events->len; i++)
    n_events[g_array_index (output->events, SmSimDrivingEvent, i).kind]++;
  g_array_sort (waits, compare_real);
  g_array_sort (lasts, compare_real);
  g_test_message ("%.2f swaps, %.1f events a truck and day; %.1f %% done; wait median %.0f p90 %.0f "
                  "max %.0f s; swap %.0f s; %u speeding, %u fatigue, %u low; %.2f us an event",
                  (double) n_done / N_TRUCKS / 7, (double) sm_sim_engine_n_events (fixture->engine)
                    / N_TRUCKS / 7, 100.0 * n_done / output->swaps->len,
                  g_array_index (waits, double, waits->len / 2),
                  g_array_index (waits, double, waits->len * 9 / 10),
                  g_array_index (waits, double, waits->len - 1),
                  g_array_index (lasts, double, lasts->len / 2), n_events[0], n_events[1], n_events[2],
                  (double) cpu / (double) sm_sim_engine_n_events (fixture->engine));
  /* Drivers are remembered for something on most days, and not all the time. */
  g_assert_cmpfloat ((double) output->events->len / N_TRUCKS / 7, >=, 0.4);
  g_assert_cmpfloat ((double) output->events->len / N_TRUCKS / 7, <=, 1.2);
  g_assert_cmpuint (n_done * 1000, >, output->swaps->len * 970);
  g_assert_cmpfloat (g_array_index (lasts, double, lasts->len / 2), >, 240.0);
  g_assert_cmpfloat (g_array_index (lasts, double, lasts->len / 2), <, 360.0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/engine/same-seed-same-life", test_same_seed_same_life);
  g_test_add_func ("/sim/engine/same-seed-same-reports", test_same_seed_same_reports);
  ADD ("/sim/engine/one-report-each", test_one_report_each);
  ADD ("/sim/engine/one-place-each", test_one_place_each);
  ADD ("/sim/engine/energy-balances", test_energy_balances);
  ADD ("/sim/engine/kept-apart", test_kept_apart);
  ADD ("/sim/engine/a-believable-week", test_a_believable_week);
  return g_test_run ();
}
