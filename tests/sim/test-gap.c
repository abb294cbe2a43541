/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-check.h"
#include "sm-feed.h"
#include "sm-history-pages.h"
#include "sm-noun.h"
#include "sm-sim-plan.h"
#include "sm-sim-runner.h"
#include "sm-sim.h"
#include "sm-test-folder.h"
#include "sm-time.h"

/* A network that was away is cut short while it writes what happened meanwhile:
 * it goes on, and the books are whole.  They are when somebody was silent, too. */

#define START G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */
#define AWAY_US (40 * SM_HOUR)
#define N_STEPS 20
#define MANY 15000
/* All sites together draw some 50 MW in the morning. */
#define MOST_IN_THREE_MINUTES_WH 2500000

typedef struct
{
  char *path;
  SmClock *clock;
  SmActor *actor;
  SmRules *rules;
  SmSim *sim;
} Network;

/* @scenario: (nullable) (transfer full) */
static void
open_with (Network       *network,
           SmSimScenario *scenario)
{
  SmRulesOptions options = { .path = network->path, .network = network->clock,
                             .machine = network->clock, .simulated = TRUE };
  SmSimOptions sim_options = { .seed = 1, .data_dir = SM_SOURCE_DATA_DIR, .history_days = 0.1,
                               .scenario = scenario };
  g_autoptr (GError) error = NULL;

  network->rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
  network->sim = sm_sim_new (network->rules, &sim_options);
}

static void
open_network (Network *network)
{
  open_with (network, NULL);
}

static void
close_network (Network *network)
{
  g_clear_pointer (&network->sim, sm_sim_free);
  g_clear_pointer (&network->rules, sm_rules_close);
}

typedef struct
{
  Network *network;
  SmNounId noun;
  gint64 from;
  guint n;
} Count;

static gpointer
count_some (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Count *count = data;
  SmHistoryQuery query = { .noun = sm_noun_get (count->noun), .newest_first = TRUE,
                           .from = count->from, .to = SM_UNKNOWN, .after_time = SM_UNKNOWN,
                           .limit = 2000 };
  gboolean has_more;
  g_autoptr (GPtrArray) rows = sm_history_read (reader, count->network->actor, &query, &has_more,
                                                error);

  count->n = rows != NULL ? rows->len : 0;
  return NULL;
}

/* Returns: how many of them there are since then, at most 2,000 */
static guint
count_since (Network  *network,
             SmNounId  noun,
             gint64    from)
{
  Count count = { network, noun, from, 0 };
  g_autoptr (GError) error = NULL;

  sm_rules_read_sync (network->rules, count_some, &count, &error);
  g_assert_no_error (error);
  return count.n;
}

static gpointer
check (SmRules       *rules,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  sm_rules_tick (rules, error);
  return sm_check_all (rules, error);
}

/* The network says its last words, and then the books have to be right. */
static void
assert_whole (Network *network,
              guint    n_movements)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = NULL;

  g_clear_pointer (&network->sim, sm_sim_free);
  results = sm_rules_run_sync (network->rules, check, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < results->len; i++)
    {
      const SmCheckResult *result = results->pdata[i];

      g_test_message ("%s: %" G_GINT64_FORMAT " looked at, %" G_GINT64_FORMAT " wrong", result->name,
                      result->looked_at, result->wrong);
      for (guint e = 0; e < result->examples->len; e++)
        g_test_message ("  %s", (const char *) result->examples->pdata[e]);
      /* A short time's packs mostly charge still: the meters are ahead of them. */
      if (n_movements < MANY && g_str_equal (result->name, "station-energy"))
        continue;
      g_assert_cmpint (result->wrong, ==, 0);
      if (g_str_equal (result->name, "movements"))
        g_assert_cmpint (result->looked_at, >, n_movements);
    }
}

static void
live (Network *network,
      gint64   step_us)
{
  g_autoptr (GError) error = NULL;

  sm_sim_prepare (network->sim, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_STEPS; i++)
    {
      sm_sim_step (network->sim, sm_clock_now (network->clock), &error);
      g_assert_no_error (error);
      sm_clock_advance (network->clock, step_us);
    }
}

static void
test_interrupted_gap (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sm-gap-XXXXXX", NULL);
  Network network = { g_build_filename (folder, "network.db", NULL), sm_clock_new_manual (START),
                      sm_actor_new_system ("test"), NULL, NULL };
  guint n_written;

  open_network (&network);
  live (&network, SM_SECOND);
  close_network (&network);
  sm_clock_advance (network.clock, AWAY_US);
  open_network (&network);
  sm_sim_start (network.sim);
  while (count_since (&network, SM_NOUN_BATTERY_MOVEMENT, START + SM_HOUR) == 0)
    g_thread_yield ();
  close_network (&network);
  sm_clock_advance (network.clock, SM_HOUR);
  open_network (&network);
  n_written = count_since (&network, SM_NOUN_BATTERY_MOVEMENT, START + AWAY_US - SM_HOUR);
  live (&network, SM_SECOND);
  g_test_message ("%u movements of the last hour away were there", n_written);
  g_assert_cmpuint (count_since (&network, SM_NOUN_BATTERY_MOVEMENT, START + AWAY_US - SM_HOUR), >,
                    n_written);
  assert_whole (&network, MANY);
  close_network (&network);
  sm_clock_unref (network.clock);
  sm_actor_unref (network.actor);
  g_free (network.path);
  sm_test_remove_tree (folder);
}

/* Packs go in and out of a station that nothing is heard of for an hour. */
static void
test_silent_station (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sm-gap-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "silence.json", NULL);
  g_autofree char *events = NULL;
  Network network = { g_build_filename (folder, "network.db", NULL), sm_clock_new_manual (START),
                      sm_actor_new_system ("test"), NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmSimWorld) world = sm_sim_plan (SM_SIM_NETWORK_DEMO, 1, 1.0, SM_SOURCE_DATA_DIR,
                                              &error);

  g_assert_no_error (error);
  events = g_strdup_printf ("{\"events\": [{\"at_minutes\": 0, \"do\": \"silence\","
                            " \"station\": \"%s\", \"minutes\": 600}]}", world->stations[0].sn);
  g_assert_true (g_file_set_contents (file, events, -1, NULL));
  open_with (&network, sm_sim_scenario_load (file, &error));
  g_assert_no_error (error);
  live (&network, 3 * SM_MINUTE);
  assert_whole (&network, 500);
  close_network (&network);
  sm_clock_unref (network.clock);
  sm_actor_unref (network.actor);
  g_free (network.path);
  sm_test_remove_tree (folder);
}

typedef struct
{
  Network *network;
  gint64 wh;
} Meters;

static gpointer
sum_meters (SmRules       *rules,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Meters *meters = data;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 tick;

  sm_rules_tick (rules, error);
  rows = sm_feed_read_live_rows (rules, meters->network->actor, sm_noun_get (SM_NOUN_STATION), 0,
                                 &tick);
  for (guint i = 0; i < rows->len; i++)
    if (!sm_row_is_null (rows->pdata[i], SM_STATION_METER_WH))
      meters->wh += sm_row_get_int (rows->pdata[i], SM_STATION_METER_WH);
  return NULL;
}

static gint64
read_meters (Network *network)
{
  Meters meters = { network, 0 };
  g_autoptr (GError) error = NULL;

  sm_rules_run_sync (network->rules, sum_meters, &meters, &error);
  g_assert_no_error (error);
  return meters.wh;
}

/* Who was away for a minute has not counted more than a minute's energy. */
static void
test_meters_go_on (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sm-gap-XXXXXX", NULL);
  Network network = { g_build_filename (folder, "network.db", NULL), sm_clock_new_manual (START),
                      sm_actor_new_system ("test"), NULL, NULL };
  gint64 before_wh, after_wh;

  open_network (&network);
  live (&network, 3 * SM_SECOND);
  before_wh = read_meters (&network);
  close_network (&network);
  sm_clock_advance (network.clock, SM_MINUTE);
  open_network (&network);
  live (&network, 3 * SM_SECOND);
  after_wh = read_meters (&network);
  g_test_message ("%" G_GINT64_FORMAT " Wh, then %" G_GINT64_FORMAT " Wh more", before_wh,
                  after_wh - before_wh);
  g_assert_cmpint (after_wh - before_wh, >, 0);
  g_assert_cmpint (after_wh - before_wh, <, MOST_IN_THREE_MINUTES_WH);
  close_network (&network);
  sm_clock_unref (network.clock);
  sm_actor_unref (network.actor);
  g_free (network.path);
  sm_test_remove_tree (folder);
}

/* Everybody has said how it is; of what lies before that nothing is written yet. */
static void
say_only (Network *network)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmSimWorld) world
      = sm_sim_world_load (network->rules, network->actor, SM_SIM_NETWORK_DEMO, 1, 1.0,
                           SM_SOURCE_DATA_DIR, NULL, &error);
  SmSimRunner *runner;

  g_assert_no_error (error);
  runner = sm_sim_runner_new (network->rules, network->actor, world, 0.1);
  sm_sim_runner_prepare (runner, START, NULL, &error);
  g_assert_no_error (error);
  sm_sim_runner_begin (runner, &error);
  g_assert_no_error (error);
  sm_sim_runner_free (runner);
}

/* Killed before the first line of its past was written, it still has one. */
static void
test_interrupted_before (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sm-gap-XXXXXX", NULL);
  Network network = { g_build_filename (folder, "network.db", NULL), sm_clock_new_manual (START),
                      sm_actor_new_system ("test"), NULL, NULL };
  guint n_all, n_since;

  open_network (&network);
  say_only (&network);
  g_assert_cmpuint (count_since (&network, SM_NOUN_BATTERY_MOVEMENT, START - SM_DAY), ==, 0);
  close_network (&network);
  sm_clock_advance (network.clock, SM_SECOND);
  open_network (&network);
  live (&network, SM_SECOND);
  n_all = count_since (&network, SM_NOUN_BATTERY_MOVEMENT, START - SM_DAY);
  n_since = count_since (&network, SM_NOUN_BATTERY_MOVEMENT, START);
  g_test_message ("%u movements, %u of them of the past", n_all, n_all - n_since);
  g_assert_cmpuint (n_all - n_since, >, 100);
  assert_whole (&network, 500);
  close_network (&network);
  sm_clock_unref (network.clock);
  sm_actor_unref (network.actor);
  g_free (network.path);
  sm_test_remove_tree (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/gap/interrupted-goes-on", test_interrupted_gap);
  g_test_add_func ("/sim/gap/interrupted-before-its-past", test_interrupted_before);
  g_test_add_func ("/sim/gap/silent-station-speaks-at-the-end", test_silent_station);
  g_test_add_func ("/sim/gap/meters-go-on", test_meters_go_on);
  return g_test_run ();
}
