/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "sm-row.h"
#include "sm-sim-plan.h"
#include "sm-sim-scenario.h"
#include "sm-time.h"

#define START G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */

static SmSimWorld *
plan (void)
{
  g_autoptr (GError) error = NULL;
  SmSimWorld *world = sm_sim_plan (SM_SIM_NETWORK_DEMO, 1, 1.0, SM_SOURCE_DATA_DIR, &error);

  g_assert_no_error (error);
  world->zone = g_time_zone_new_utc ();
  for (guint i = 0; i < world->n_equipment; i++)
    world->equipment[i].id = i + 1;
  for (guint i = 0; i < world->n_stations; i++)
    world->stations[i].id = i + 1;
  for (guint i = 0; i < world->n_vehicles; i++)
    world->vehicles[i].id = i + 1;
  for (guint i = 0; i < world->n_packs; i++)
    world->packs[i].id = i + 1;
  return world;
}

/* What the example in data/scenarios says comes to pass, at its time. */
static void
test_example (void)
{
  g_autoptr (SmSimWorld) world = plan ();
  g_autoptr (SmSimPeople) people = sm_sim_people_new (world, START);
  g_autoptr (SmSimFaults) faults = sm_sim_faults_new (world, people, START);
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmFaultReport));
  g_autoptr (GArray) effects = g_array_new (FALSE, FALSE, sizeof (SmSimEffect));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmSimScenario) scenario =
    sm_sim_scenario_load (SM_SOURCE_DATA_DIR "/scenarios/robot-at-night.json", &error);
  gint64 smoke_from_us = 0, smoke_to_us = 0;
  guint n_silences = 0;

  g_assert_no_error (error);
  sm_sim_scenario_bind (scenario, world, faults, START, &error);
  g_assert_no_error (error);
  for (guint minute = 0; minute < 60; minute++)
    {
      sm_sim_scenario_play (scenario, &(SmSimPlaying){ START + minute * SM_MINUTE, world, NULL, faults,
                                                       people, NULL });
      sm_sim_faults_advance (faults, START + minute * SM_MINUTE, reports, effects, rows);
    }
  for (guint i = 0; i < reports->len; i++)
    {
      const SmFaultReport *report = &g_array_index (reports, SmFaultReport, i);

      if (strcmp (report->code, "station-smoke") == 0)
        *(report->is_raised ? &smoke_from_us : &smoke_to_us) = report->at_us;
    }
  for (guint i = 0; i < effects->len; i++)
    n_silences += g_array_index (effects, SmSimEffect, i).kind == SM_SIM_EFFECT_SILENCE_STATION;
  g_assert_cmpint (smoke_from_us, ==, START + 6 * SM_MINUTE);
  g_assert_cmpint (smoke_to_us, ==, START + 18 * SM_MINUTE);
  g_assert_cmpuint (n_silences, ==, 2);
}

/* What comes with the program as drills can be played, and something is expected in each. */
static void
test_drills (void)
{
  static const char *const names[] = { "hot-pack-at-night", "smoke-and-nobody-near",
                                       "blackout-at-noon" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SmSimWorld) world = plan ();
      g_autoptr (SmSimPeople) people = sm_sim_people_new (world, START);
      g_autoptr (SmSimFaults) faults = sm_sim_faults_new (world, people, START);
      g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (SmDrillStep));
      g_autofree char *path = g_strdup_printf (SM_SOURCE_DATA_DIR "/scenarios/%s.json", names[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (SmSimScenario) scenario = sm_sim_scenario_load (path, &error);
      SmSimPlaying playing = { START + SM_DAY, world, NULL, faults, people, expected };

      g_assert_no_error (error);
      g_assert_nonnull (sm_sim_scenario_get_title (scenario));
      g_assert_cmpint (sm_sim_scenario_get_start (scenario), !=, SM_UNKNOWN);
      sm_sim_scenario_bind (scenario, world, faults, START, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (sm_sim_scenario_play (scenario, &playing), >=, 3);
      g_assert_cmpuint (sm_sim_scenario_play (scenario, &playing), ==, 0);
      g_assert_cmpuint (expected->len, >=, 3);
      for (guint k = 0; k < expected->len; k++)
        {
          const SmDrillStep *one = &g_array_index (expected, SmDrillStep, k);

          g_assert_cmpuint ((one->station_id > 0) + (one->vehicle_id > 0), ==, 1);
          g_assert_cmpfloat (one->within_s[SM_DRILL_NOTICED], <,
                             one->within_s[SM_DRILL_ACKNOWLEDGED]);
        }
    }
}

static void
assert_refused (const char *text,
                const char *why)
{
  g_autoptr (SmSimWorld) world = plan ();
  g_autoptr (SmSimPeople) people = sm_sim_people_new (world, START);
  g_autoptr (SmSimFaults) faults = sm_sim_faults_new (world, people, START);
  g_autoptr (SmSimScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("sm-scenario-XXXXXX.json", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  scenario = sm_sim_scenario_load (path, &error);
  if (scenario != NULL)
    g_assert_false (sm_sim_scenario_bind (scenario, world, faults, START, &error));
  g_unlink (path);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, why));
}

/* What cannot be played says which event it is, and why. */
static void
test_clear_errors (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');

  assert_refused ("{", "no JSON");
  assert_refused (deep, "too deep");
  assert_refused ("[]", "list “events”");
  assert_refused ("{\"events\": [3]}", "Event 1");
  assert_refused ("{\"events\": [{\"at_minutes\": 1, \"do\": \"dance\"}]}", "“do”");
  assert_refused ("{\"events\": [{\"at_minutes\": -1, \"do\": \"absent\"}]}", "“at_minutes”");
  assert_refused ("{\"events\": [{\"do\": \"absent\", \"minutes\": 5}]}", "“at_minutes” is missing");
  assert_refused ("{\"events\": [{\"at_minutes\": 1, \"do\": \"fault\", \"code\": \"x\","
                  " \"station\": \"SW4400001\"}]}",
                  "“code”");
  assert_refused ("{\"events\": [{\"at_minutes\": 1, \"do\": \"silence\", \"minutes\": 5,"
                  " \"station\": \"NOWHERE\"}]}",
                  "“NOWHERE”");
  assert_refused ("{\"events\": [{\"at_minutes\": 1, \"do\": \"fault\", \"code\": \"vehicle-brake\","
                  " \"station\": \"SW4400001\"}]}",
                  "nothing that can happen");
  assert_refused ("{\"events\": [{\"at_minutes\": 1, \"do\": \"silence\", \"colour\": 5}]}", "“colour”");
  assert_refused ("{\"colour\": 5, \"events\": []}", "“colour” is not known");
  assert_refused ("{\"title\": 5, \"events\": []}", "“title” cannot be that");
  assert_refused ("{\"start\": \"tonight\", \"events\": []}", "“start” cannot be that");
  assert_refused ("{\"events\": [{\"at_minutes\": 1, \"do\": \"silence\", \"station\": \"SW4400030\","
                  " \"expect\": {\"seen_s\": 5}}]}",
                  "one or more of noticed_s");
  assert_refused ("{\"events\": [{\"at_minutes\": 1, \"do\": \"silence\", \"station\": \"SW4400030\","
                  " \"expect\": {\"noticed_s\": -5}}]}",
                  "one or more of noticed_s");
  assert_refused ("{\"events\": [{\"at_minutes\": 1, \"do\": \"absent\", \"minutes\": 5,"
                  " \"expect\": {\"noticed_s\": 5}}]}",
                  "nothing is seen of who is absent");
  assert_refused ("{\"events\": [{\"at_minutes\": 1, \"do\": \"heat\", \"vehicle\": \"*driving\"}]}",
                  "how hot, and how long");
  assert_refused ("{\"events\": [{\"at_minutes\": 1, \"do\": \"heat\", \"station\": \"SW4400030\","
                  " \"to_c\": 60, \"minutes\": 5}]}",
                  "the pack in a “vehicle”");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/scenario/example", test_example);
  g_test_add_func ("/sim/scenario/drills", test_drills);
  g_test_add_func ("/sim/scenario/clear-errors", test_clear_errors);
  return g_test_run ();
}
