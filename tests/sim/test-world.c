/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sm-sim-engine.h"
#include "sm-sim-list.h"
#include "sm-sim-plan.h"
#include "sm-sim-world.h"
#include "sm-test-folder.h"
#include "sm-time.h"
#include "sm-vin.h"

#define START G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */
#define SPRING (START + 100 * SM_DAY)

typedef struct
{
  char *folder;
  char *path;
  SmClock *clock;
  SmRules *rules;
  SmActor *actor;
} Fixture;

static void
open_rules (Fixture *fixture)
{
  SmRulesOptions options = { .path = fixture->path, .network = fixture->clock,
                             .machine = fixture->clock, .simulated = TRUE };
  g_autoptr (GError) error = NULL;

  fixture->rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("sm-world-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "network.db", NULL);
  fixture->clock = sm_clock_new_manual (START);
  fixture->actor = sm_actor_new_system ("test");
  open_rules (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sm_rules_close (fixture->rules);
  sm_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  sm_clock_unref (fixture->clock);
  sm_actor_unref (fixture->actor);
}

static SmSimWorld *
plan (SmSimNetworkKind kind,
      guint64          seed)
{
  g_autoptr (GError) error = NULL;
  SmSimWorld *world = sm_sim_plan (kind, seed, 1.0, SM_SOURCE_DATA_DIR, &error);

  g_assert_no_error (error);
  return world;
}

static SmSimWorld *
load (Fixture          *fixture,
      SmSimNetworkKind  kind,
      guint64           seed)
{
  g_autoptr (GError) error = NULL;
  SmSimWorld *world = sm_sim_world_load (fixture->rules, fixture->actor, kind, seed, 1.0,
                                         SM_SOURCE_DATA_DIR, NULL, &error);

  g_assert_no_error (error);
  return world;
}

static void
test_sizes (void)
{
  g_autoptr (SmSimWorld) demo = plan (SM_SIM_NETWORK_DEMO, 1);
  g_autoptr (SmSimWorld) national = plan (SM_SIM_NETWORK_NATIONAL, 1);

  g_assert_cmpuint (demo->n_stations, ==, 60);
  g_assert_cmpuint (demo->n_vehicles, ==, 3000);
  g_assert_cmpuint (demo->n_packs, ==, 3800);
  g_assert_cmpuint (national->n_stations, ==, 800);
  g_assert_cmpuint (national->n_fleets, ==, 700);
  g_assert_cmpuint (national->n_vehicles, ==, 40000);
  g_assert_cmpuint (national->n_packs, ==, 50000);
  g_assert_cmpuint (national->n_engineers, ==, 1500);
}

/* Service points stand in 30 provinces and reach less than 10 km on average. */
static void
test_service_points (void)
{
  g_autoptr (SmSimWorld) world = plan (SM_SIM_NETWORK_NATIONAL, 1);
  g_autoptr (GHashTable) provinces = g_hash_table_new (NULL, NULL);
  double sum_m = 0.0;

  for (guint i = 0; i < world->n_service_points; i++)
    {
      guint province = world->sites[world->service_points[i].site].province;

      g_hash_table_add (provinces, GUINT_TO_POINTER (province));
      sum_m += world->service_points[i].radius_m;
    }
  g_assert_cmpuint (g_hash_table_size (provinces), ==, 30);
  g_assert_cmpfloat (sum_m / world->n_service_points, <, 10000.0);
}

static void
check_packs (const SmSimWorld *world)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStringChunk) text = g_string_chunk_new (4096);
  guint n_stored = 0;

  for (guint i = 0; i < world->n_packs; i++)
    {
      const SmSimPack *pack = &world->packs[i];
      g_autofree char *place = NULL;

      g_assert_cmpfloat (pack->soh, >, 70.0);
      g_assert_cmpfloat (pack->soh, <=, 100.0);
      if (pack->place == SM_PLACE_VEHICLE)
        {
          const SmSimVehicle *vehicle = &world->vehicles[pack->vehicle];

          place = g_strdup_printf ("vehicle %u", pack->vehicle);
          g_assert_cmpuint (vehicle->pack, ==, i);
          g_assert_true (world->truck_kinds[vehicle->kind].battery_models & 1u << pack->model);
        }
      else if (pack->place == SM_PLACE_BAY)
        {
          const SmSimStation *station = &world->stations[pack->station];

          place = g_strdup_printf ("bay %u %u", pack->station, pack->bay);
          g_assert_cmpuint (pack->bay, <, station->n_bays);
          g_assert_true (station->battery_models & 1u << pack->model);
        }
      else
        n_stored++;
      if (place != NULL)
        g_assert_true (g_hash_table_add (taken, g_string_chunk_insert (text, place)));
    }
  g_assert_cmpuint (n_stored, <, world->n_packs / 100);
}

static void
test_packs_have_a_place (void)
{
  g_autoptr (SmSimWorld) demo = plan (SM_SIM_NETWORK_DEMO, 7);
  g_autoptr (SmSimWorld) national = plan (SM_SIM_NETWORK_NATIONAL, 7);

  check_packs (demo);
  check_packs (national);
}

/* Every truck has somewhere to go, on roads, and a station at home that has what it takes. */
static void
check_trucks (const SmSimWorld *world)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint32 *offers = g_new0 (guint32, world->n_sites);

  for (guint i = 0; i < world->n_stations; i++)
    offers[world->stations[i].site] |= world->stations[i].battery_models;
  for (guint i = 0; i < world->n_vehicles; i++)
    {
      const SmSimVehicle *vehicle = &world->vehicles[i];
      double distance_m = sm_sim_roads_distance_m (world->roads, vehicle->home, vehicle->goal);

      g_assert_true (sm_vin_is_valid (vehicle->vin));
      g_assert_true (g_hash_table_add (seen, (gpointer) vehicle->plate));
      g_assert_true (g_hash_table_add (seen, (gpointer) vehicle->vin));
      g_assert_cmpfloat (distance_m, >, 1000.0);
      g_assert_cmpfloat (distance_m, <, 150000.0);
      g_assert_true (offers[vehicle->home] & world->truck_kinds[vehicle->kind].battery_models);
    }
}

static void
test_trucks_have_a_way (void)
{
  g_autoptr (SmSimWorld) demo = plan (SM_SIM_NETWORK_DEMO, 3);
  g_autoptr (SmSimWorld) national = plan (SM_SIM_NETWORK_NATIONAL, 3);

  check_trucks (demo);
  check_trucks (national);
}

/* Ports, coal areas and corridors have stations, and every province has some. */
static void
test_stations_are_spread (void)
{
  g_autoptr (SmSimWorld) world = plan (SM_SIM_NETWORK_NATIONAL, 1);
  guint by_kind[SM_SIM_SITE_CORRIDOR + 1] = { 0 };
  g_autoptr (GHashTable) provinces = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < world->n_stations; i++)
    {
      const SmSimSite *site = &world->sites[world->stations[i].site];

      by_kind[site->kind]++;
      g_hash_table_add (provinces, GUINT_TO_POINTER (site->province));
    }
  g_assert_cmpuint (by_kind[SM_SIM_SITE_TOWN], >, 300);
  g_assert_cmpuint (by_kind[SM_SIM_SITE_PORT], >, 60);
  g_assert_cmpuint (by_kind[SM_SIM_SITE_MINE], >, 60);
  g_assert_cmpuint (by_kind[SM_SIM_SITE_CORRIDOR], >, 20);
  g_assert_cmpuint (g_hash_table_size (provinces), >=, 28);
}

static guint
count (Fixture  *fixture,
       SmNounId  noun)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = sm_sim_list_all (fixture->rules, noun, NULL, &error);

  g_assert_no_error (error);
  return rows->len;
}

static void
test_register_is_filled (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (SmSimWorld) world = load (fixture, SM_SIM_NETWORK_DEMO, 1);

  g_assert_cmpuint (count (fixture, SM_NOUN_STATION), ==, world->n_stations);
  g_assert_cmpuint (count (fixture, SM_NOUN_LANE), ==, world->n_lane_ids);
  g_assert_cmpuint (count (fixture, SM_NOUN_BAY), ==, world->n_bay_ids);
  g_assert_cmpuint (count (fixture, SM_NOUN_VEHICLE), ==, world->n_vehicles);
  g_assert_cmpuint (count (fixture, SM_NOUN_DRIVER), ==, world->n_vehicles);
  g_assert_cmpuint (count (fixture, SM_NOUN_BATTERY), ==, world->n_packs);
  g_assert_cmpuint (count (fixture, SM_NOUN_EQUIPMENT), ==, world->n_equipment);
  g_assert_cmpuint (count (fixture, SM_NOUN_ENGINEER), ==, world->n_engineers);
  g_assert_cmpuint (count (fixture, SM_NOUN_SERVICE_POINT), ==, world->n_service_points);
  g_assert_cmpuint (count (fixture, SM_NOUN_AREA), ==, 22);
  for (guint i = 0; i < world->n_bay_ids; i++)
    g_assert_cmpint (world->bay_ids[i], >, 0);
}

/* Opened again, even as another one, it is the network that it was. */
static void
test_opened_again (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (SmSimWorld) first = load (fixture, SM_SIM_NETWORK_DEMO, 1);
  g_autoptr (SmSimWorld) second = NULL;

  sm_rules_close (fixture->rules);
  open_rules (fixture);
  second = load (fixture, SM_SIM_NETWORK_NATIONAL, 2);
  g_assert_cmpuint (second->n_vehicles, ==, first->n_vehicles);
  for (guint i = 0; i < first->n_vehicles; i++)
    {
      g_assert_cmpint (second->vehicles[i].id, ==, first->vehicles[i].id);
      g_assert_cmpstr (second->vehicles[i].plate, ==, first->vehicles[i].plate);
    }
  g_assert_cmpint (second->bay_ids[5], ==, first->bay_ids[5]);
  g_assert_cmpuint (count (fixture, SM_NOUN_BATTERY), ==, first->n_packs);
}

static void
test_weather (void)
{
  gint64 winter_us = START + 19 * 86400 * SM_SECOND, summer_us = winter_us + 182 * 86400 * SM_SECOND;
  double harbin_c = sm_sim_weather_c (45.75, 126.6, winter_us);

  g_assert_cmpfloat (harbin_c, <, -5.0);
  g_assert_cmpfloat (sm_sim_weather_c (22.5, 114.0, winter_us), >, 8.0);
  g_assert_cmpfloat (sm_sim_weather_c (30.6, 114.3, summer_us + 7 * 3600 * SM_SECOND), >, 28.0);
  g_assert_cmpfloat (sm_sim_weather_c (45.75, 126.6, summer_us), >, harbin_c + 25.0);
}

/* The whole country, and a desk for each tenth of it. */
static void
test_country_is_filled (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (SmSimWorld) world = load (fixture, SM_SIM_NETWORK_NATIONAL, 1);
  g_autoptr (GPtrArray) areas = NULL;
  guint n_desks = 0;

  g_assert_cmpuint (count (fixture, SM_NOUN_VEHICLE), ==, 40000);
  g_assert_cmpuint (count (fixture, SM_NOUN_BATTERY), ==, 50000);
  areas = sm_sim_list_all (fixture->rules, SM_NOUN_AREA, NULL, NULL);
  for (guint i = 0; i < areas->len; i++)
    n_desks += strcmp (sm_row_get_text (areas->pdata[i], SM_AREA_KIND), "operating_area") == 0;
  g_assert_cmpuint (n_desks, ==, 10);
  for (guint i = 0; i < world->n_vehicles; i++)
    g_assert_cmpint (world->vehicles[i].area_id, >, 0);
}

/* Once it has settled: swaps, beside which 22,000 connectors sell 4,700 sessions. */
static void
test_country_sells (void)
{
  g_autoptr (SmSimWorld) world = plan (SM_SIM_NETWORK_NATIONAL, 1);
  g_autoptr (SmSimEngine) engine = NULL;
  guint n_swaps;

  world->zone = g_time_zone_new_identifier ("Asia/Shanghai");
  engine = sm_sim_engine_new (world, SPRING);
  sm_sim_engine_advance (engine, SPRING + 4 * SM_DAY);
  sm_sim_output_clear (sm_sim_engine_output (engine));
  sm_sim_engine_advance (engine, SPRING + 5 * SM_DAY);
  n_swaps = sm_sim_engine_output (engine)->swaps->len;
  g_test_message ("%u swaps a day", n_swaps);
  g_assert_cmpuint (n_swaps, >, 25000 - 1250);
  g_assert_cmpuint (n_swaps, <, 25000 + 2500);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc > 1 && g_str_equal (argv[1], "country"))
    {
      ADD ("/sim/world/country-is-filled", test_country_is_filled);
      g_test_add_func ("/sim/world/country-sells", test_country_sells);
      return g_test_run ();
    }
  g_test_add_func ("/sim/world/sizes", test_sizes);
  g_test_add_func ("/sim/world/service-points", test_service_points);
  g_test_add_func ("/sim/world/packs-have-a-place", test_packs_have_a_place);
  g_test_add_func ("/sim/world/trucks-have-a-way", test_trucks_have_a_way);
  g_test_add_func ("/sim/world/stations-are-spread", test_stations_are_spread);
  g_test_add_func ("/sim/world/weather", test_weather);
  ADD ("/sim/world/register-is-filled", test_register_is_filled);
  ADD ("/sim/world/opened-again", test_opened_again);
  return g_test_run ();
}
