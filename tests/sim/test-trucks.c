/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sm-geo.h"
#include "sm-sim-guangdong.h"
#include "sm-sim-trucks.h"
#include "sm-time.h"

#define START G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */
#define N_TRUCKS 100

static SmSimRoads *
make_roads (guint64 seed)
{
  guint n_places, n_roads;
  const SmSimPlace *places = sm_sim_guangdong_places (&n_places);
  const SmSimRoad *roads = sm_sim_guangdong_roads (&n_roads);

  return sm_sim_roads_new (seed, places, n_places, roads, n_roads, NULL, 0);
}

static guint64
mix_in (guint64 hash,
        guint64 value)
{
  return (hash ^ value) * G_GUINT64_CONSTANT (0x100000001b3);
}

/* Of everything that a report says but for who says it. */
static guint64
hash_reports (const GArray *reports)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (guint i = 0; i < reports->len; i++)
    {
      const SmVehicleReport *report = &g_array_index (reports, SmVehicleReport, i);

      hash = mix_in (hash, (guint64) report->at_us);
      hash = mix_in (hash, (guint64) llround (report->latitude * 1e6));
      hash = mix_in (hash, (guint64) llround (report->longitude * 1e6));
      hash = mix_in (hash, (guint64) llround (report->heading_deg));
      hash = mix_in (hash, (guint64) llround (report->speed_kmh * 10));
      hash = mix_in (hash, (guint64) llround (report->soc * 10));
      hash = mix_in (hash, (guint64) llround (report->pack_temperature_c * 10));
      hash = mix_in (hash, (guint64) report->odometer_m);
      hash = mix_in (hash, report->motion | report->energy << 8);
    }
  return hash;
}

/* The first @n reports; asked for in portions of @portion_us. */
static guint64
hash_of (guint64 seed,
         gint64  start_us,
         double  rate,
         guint   n,
         gint64  portion_us)
{
  g_autoptr (SmSimRoads) roads = make_roads (seed);
  g_autoptr (SmSimTrucks) trucks = sm_sim_trucks_new (seed, roads, N_TRUCKS, start_us, rate);
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport));

  sm_sim_trucks_begin_with_trouble (trucks);
  for (gint64 now = start_us; reports->len < n; now += portion_us)
    sm_sim_trucks_report (trucks, now, n - reports->len, reports);
  return hash_reports (reports);
}

static void
test_same_seed_same_reports (void)
{
  guint64 hash = hash_of (7, START, 10.0, 5000, SM_SECOND);

  g_assert_cmphex (hash_of (7, START, 10.0, 5000, SM_SECOND), ==, hash);
  /* When they are fetched does not matter: they are stamped by when they were due. */
  g_assert_cmphex (hash_of (7, START, 10.0, 5000, 47 * SM_SECOND), ==, hash);
  g_assert_cmphex (hash_of (8, START, 10.0, 5000, SM_SECOND), !=, hash);
  g_assert_cmphex (hash_of (7, START + SM_HOUR, 10.0, 5000, SM_SECOND), !=, hash);
  g_assert_cmphex (hash_of (7, START, 20.0, 5000, SM_SECOND), !=, hash);
}

static void
test_ten_reports_a_second (void)
{
  g_autoptr (SmSimRoads) roads = make_roads (1);
  g_autoptr (SmSimTrucks) trucks = sm_sim_trucks_new (1, roads, N_TRUCKS, START, 60.0);
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport));

  /* Sixty seconds of the network are one of the machine. */
  for (guint second = 1; second <= 30; second++)
    {
      guint n = sm_sim_trucks_report (trucks, START + second * SM_MINUTE - 1, G_MAXUINT, reports);

      g_assert_cmpuint (n, ==, 10);
    }
  for (guint i = N_TRUCKS; i < reports->len; i++)
    g_assert_cmpint (g_array_index (reports, SmVehicleReport, i).at_us
                       - g_array_index (reports, SmVehicleReport, i - N_TRUCKS).at_us,
                     ==, 10 * SM_MINUTE);
  sm_sim_trucks_skip_to (trucks, START + SM_DAY);
  g_assert_cmpint (sm_sim_trucks_next_due (trucks), <=, START + SM_DAY);
  g_assert_cmpint (sm_sim_trucks_next_due (trucks), >, START + SM_DAY - SM_MINUTE);
}

/* One day of all trucks, a report of each every 10 s. */
static void
test_a_believable_day (void)
{
  g_autoptr (SmSimRoads) roads = make_roads (3);
  g_autofree SmSimTruck *fleet = g_new0 (SmSimTruck, N_TRUCKS);
  g_autofree gint64 *moved_at = g_new0 (gint64, N_TRUCKS);
  guint n_driving = 0, n_charging = 0, n_hot = 0, n = 0;
  double day_km = 0.0;

  for (guint i = 0; i < N_TRUCKS; i++)
    {
      sm_sim_truck_init (&fleet[i], roads, 3, i, START);
      moved_at[i] = START;
    }
  for (gint64 now = START + 10 * SM_SECOND; now <= START + SM_DAY; now += 10 * SM_SECOND)
    for (guint i = 0; i < N_TRUCKS; i++)
      {
        SmVehicleReport before, after;
        double moved_m;

        sm_sim_truck_report (&fleet[i], &before);
        sm_sim_truck_advance (&fleet[i], roads, now);
        sm_sim_truck_report (&fleet[i], &after);
        moved_m = sm_geo_distance_m (before.latitude, before.longitude, after.latitude,
                                     after.longitude);
        g_assert_cmpint (after.at_us, ==, now);
        /* No faster than 90 km/h, on the map as by the gauges. */
        g_assert_cmpfloat (moved_m, <, 260.0);
        g_assert_cmpfloat (after.speed_kmh, <=, 90.0);
        g_assert_cmpint (after.odometer_m, >=, before.odometer_m);
        g_assert_cmpint (after.odometer_m - before.odometer_m, <, 260);
        g_assert_cmpfloat (after.soc, >=, 0.5);
        g_assert_cmpfloat (after.soc, <=, 100.0);
        g_assert_cmpfloat (fabs (after.pack_temperature_c - before.pack_temperature_c), <, 1.5);
        g_assert_true (after.heading_deg >= 0.0 && after.heading_deg < 360.0);
        g_assert_true (after.latitude > 21.0 && after.latitude < 25.0);
        g_assert_true (after.longitude > 110.0 && after.longitude < 117.0);
        if (moved_m > 0.0)
          moved_at[i] = now;
        g_assert_cmpint (now - moved_at[i], <, 5 * SM_HOUR);
        day_km += (double) (after.odometer_m - before.odometer_m) / 1000.0;
        n_driving += after.motion == SM_MOTION_DRIVING;
        n_charging += after.energy == SM_ENERGY_CHARGING;
        n_hot += before.pack_temperature_c <= 60.0 && after.pack_temperature_c > 60.0;
        n++;
      }
  g_test_message ("%.0f km a truck and day, %.2f driving, %.2f charging, %u hot packs",
                  day_km / N_TRUCKS, (double) n_driving / n, (double) n_charging / n, n_hot);
  g_assert_cmpfloat (day_km / N_TRUCKS, >, 150.0);
  g_assert_cmpfloat (day_km / N_TRUCKS, <, 1000.0);
  g_assert_cmpuint (n_driving, >, n / 4);
  g_assert_cmpuint (n_charging, >, n / 20);
  g_assert_cmpuint (n_hot, >, 0);
  g_assert_cmpuint (n_hot, <, N_TRUCKS);
}

static void
test_trouble_within_a_minute (void)
{
  for (guint64 seed = 1; seed <= 5; seed++)
    {
      g_autoptr (SmSimRoads) roads = make_roads (seed);
      g_autoptr (SmSimTrucks) trucks = sm_sim_trucks_new (seed, roads, N_TRUCKS, START, 1.0);
      g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport));
      guint n_hot = 0;

      sm_sim_trucks_begin_with_trouble (trucks);
      sm_sim_trucks_report (trucks, START + 45 * SM_SECOND, G_MAXUINT, reports);
      for (guint i = 0; i < reports->len; i++)
        n_hot += g_array_index (reports, SmVehicleReport, i).pack_temperature_c > 60.0;
      /* Twice, so that a limit with a delay of a period sees it last. */
      g_assert_cmpuint (n_hot, >=, 2);
    }
}

static void
test_a_truck_goes_on_where_it_was (void)
{
  g_autoptr (SmSimRoads) roads = make_roads (5);
  SmVehicleReport last = { .latitude = 22.70, .longitude = 114.00, .heading_deg = 90.0,
                           .speed_kmh = 61.0, .soc = 44.0, .pack_temperature_c = 35.5,
                           .odometer_m = 123456789 };
  SmVehicleReport report;
  SmSimTruck truck;

  sm_sim_truck_init (&truck, roads, 5, 0, START);
  sm_sim_truck_resume (&truck, roads, &last);
  sm_sim_truck_advance (&truck, roads, START + 10 * SM_SECOND);
  sm_sim_truck_report (&truck, &report);
  g_assert_cmpfloat (sm_geo_distance_m (last.latitude, last.longitude, report.latitude,
                                        report.longitude), <, 260.0);
  g_assert_cmpfloat_with_epsilon (report.soc, 44.0, 0.5);
  g_assert_cmpint (report.odometer_m, >=, 123456789);
  g_assert_cmpint (report.odometer_m, <, 123457089);
}

static void
test_every_place_can_be_reached (void)
{
  g_autoptr (SmSimRoads) roads = make_roads (1);
  guint n = sm_sim_roads_n_places (roads);

  for (guint from = 0; from < n; from++)
    for (guint to = 0; to < n; to++)
      {
        guint hops = 0;

        g_assert_true (isfinite (sm_sim_roads_distance_m (roads, from, to)));
        for (guint at = from; at != to; at = sm_sim_roads_next (roads, at, to))
          g_assert_cmpuint (++hops, <, n);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/trucks/same-seed-same-reports", test_same_seed_same_reports);
  g_test_add_func ("/sim/trucks/ten-reports-a-second", test_ten_reports_a_second);
  g_test_add_func ("/sim/trucks/a-believable-day", test_a_believable_day);
  g_test_add_func ("/sim/trucks/trouble-within-a-minute", test_trouble_within_a_minute);
  g_test_add_func ("/sim/trucks/goes-on-where-it-was", test_a_truck_goes_on_where_it_was);
  g_test_add_func ("/sim/roads/every-place-can-be-reached", test_every_place_can_be_reached);
  return g_test_run ();
}
