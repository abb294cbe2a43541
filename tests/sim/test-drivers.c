/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-diversions.h"
#include "sm-guidances.h"
#include "sm-sim-list.h"
#include "sm-sim.h"
#include "sm-test-folder.h"
#include "sm-time.h"

/*
 * The trucks of the demo are told to go elsewhere, again and again: some do, some do not, some
 * say nothing; and who gets there finds the pack.
 */

#define START G_GINT64_CONSTANT (1777593600000000) /* 2026-05-01T00:00:00Z, eight in Shenzhen */
#define RATE 60.0
#define ASK_EVERY (10 * SM_MINUTE)
#define MOST 50

typedef struct
{
  char *folder;
  SmClock *network, *machine;
  SmRules *rules;
  SmSim *sim;
  SmActor *actor;
  guint n_told;
} Day;

static gpointer
tick (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  sm_rules_tick (rules, error);
  return NULL;
}

static void
day_open (Day *day)
{
  g_autofree char *path = NULL;
  SmRulesOptions options = { .simulated = TRUE };
  SmSimOptions sim_options = { .network = SM_SIM_NETWORK_DEMO, .seed = 1, .history_days = 0.05,
                               .data_dir = SM_SOURCE_DATA_DIR };
  g_autoptr (GError) error = NULL;

  day->folder = g_dir_make_tmp ("sm-drivers-XXXXXX", NULL);
  path = g_build_filename (day->folder, "network.db", NULL);
  day->network = sm_clock_new_manual (START);
  sm_clock_set (day->network, START, RATE);
  day->machine = sm_clock_new_manual (START);
  day->actor = sm_actor_new_system ("test");
  options.path = path;
  options.network = day->network;
  options.machine = day->machine;
  day->rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
  day->sim = sm_sim_new (day->rules, &sim_options);
  sm_sim_prepare (day->sim, &error);
  g_assert_no_error (error);
}

static void
day_close (Day *day)
{
  g_clear_pointer (&day->sim, sm_sim_free);
  sm_rules_close (day->rules);
  sm_test_remove_tree (day->folder);
  g_free (day->folder);
  sm_actor_unref (day->actor);
  sm_clock_unref (day->network);
  sm_clock_unref (day->machine);
}

/* --- telling them --- */

typedef struct
{
  Day *day;
  gint64 station_id;
} Telling;

/* As if the station did not serve: every second of those who come there. */
static gpointer
tell_all (SmRules       *rules,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Telling *telling = data;
  g_autoptr (GArray) found
      = sm_diversions_find (rules, telling->day->actor, telling->station_id, error);

  for (guint i = 0; found != NULL && i < found->len && telling->day->n_told < MOST; i += 2)
    {
      const SmDiversion *of = &g_array_index (found, SmDiversion, i);
      SmGuidanceRequest wanted = { of->vehicle_id, telling->station_id, of->battery_id, TRUE };
      g_autoptr (GError) refused = NULL;
      g_autoptr (SmRow) row = NULL;

      if (of->choice.outcome != SM_DIVERT_OFFER)
        continue;
      row = sm_guidances_offer (rules, telling->day->actor, NULL, &wanted, &refused);
      g_assert_no_error (refused);
      telling->day->n_told++;
    }
  return NULL;
}

static void
tell (Day *day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stations
      = sm_sim_list_all (day->rules, SM_NOUN_STATION, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < stations->len; i++)
    {
      Telling telling = { day, sm_row_get_id (stations->pdata[i]) };

      sm_rules_run_sync (day->rules, tell_all, &telling, &error);
      g_assert_no_error (error);
    }
}

static void
live (Day *day, double hours)
{
  gint64 begun = sm_clock_now (day->network), told_at = begun;

  while (sm_clock_now (day->network) < begun + (gint64) (hours * (double) SM_HOUR))
    {
      g_autoptr (GError) error = NULL;

      sm_clock_advance (day->network, (gint64) (RATE * (double) SM_SECOND));
      sm_clock_advance (day->machine, SM_SECOND);
      sm_sim_step (day->sim, sm_clock_now (day->network), &error);
      g_assert_no_error (error);
      sm_rules_run_sync (day->rules, tick, NULL, &error);
      g_assert_no_error (error);
      if (sm_clock_now (day->network) - told_at < ASK_EVERY)
        continue;
      told_at = sm_clock_now (day->network);
      tell (day);
    }
}

/* --- what became of it --- */

static guint
count (const GPtrArray *rows, SmGuidanceState state)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += sm_row_get_enum (rows->pdata[i], SM_GUIDANCE_STATE) == state;
  return n;
}

/* Whether the pack went into the truck that it was held for; into no other while it was held. */
static gboolean
was_handed_over (const GPtrArray *movements, const SmRow *guidance)
{
  gint64 from = sm_row_get_int (guidance, SM_GUIDANCE_PROPOSED_AT);
  gint64 to = sm_row_is_null (guidance, SM_GUIDANCE_ENDED_AT)
                  ? G_MAXINT64 : sm_row_get_int (guidance, SM_GUIDANCE_ENDED_AT);
  gint64 truck = sm_row_get_int (guidance, SM_GUIDANCE_VEHICLE_ID);
  gboolean has_it = FALSE;

  for (guint i = 0; i < movements->len; i++)
    {
      const SmRow *moved = movements->pdata[i];
      gint64 at = sm_row_get_int (moved, SM_BATTERY_MOVEMENT_AT);

      if (sm_row_get_int (moved, SM_BATTERY_MOVEMENT_BATTERY_ID)
              != sm_row_get_int (guidance, SM_GUIDANCE_BATTERY_ID)
          || sm_row_get_enum (moved, SM_BATTERY_MOVEMENT_TO_PLACE) != SM_PLACE_VEHICLE || at < from)
        continue;
      has_it |= sm_row_get_int (moved, SM_BATTERY_MOVEMENT_TO_ID) == truck;
      /* The last reports of before it was promised. */
      if (at > from + SM_MINUTE && at < to)
        g_assert_cmpint (sm_row_get_int (moved, SM_BATTERY_MOVEMENT_TO_ID), ==, truck);
    }
  return has_it;
}

static void
test_answers (void)
{
  Day day = { 0 };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) movements = NULL;
  g_autoptr (GError) error = NULL;
  guint n_packs = 0, n_arrived;

  day_open (&day);
  live (&day, 1.5);
  rows = sm_sim_list_all (day.rules, SM_NOUN_GUIDANCE, NULL, &error);
  g_assert_no_error (error);
  movements = sm_sim_list_all (day.rules, SM_NOUN_BATTERY_MOVEMENT, NULL, &error);
  g_assert_no_error (error);
  n_arrived = count (rows, SM_GUIDANCE_STATE_ARRIVED);
  for (guint i = 0; i < rows->len; i++)
    n_packs += was_handed_over (movements, rows->pdata[i]);
  g_test_message ("%u told: %u arrived, %u refused, %u lapsed, %u got their pack", rows->len,
                  n_arrived, count (rows, SM_GUIDANCE_STATE_REFUSED),
                  count (rows, SM_GUIDANCE_STATE_LAPSED), n_packs);
  g_assert_cmpuint (rows->len, >=, 20);
  g_assert_cmpuint (n_arrived, >, 2);
  g_assert_cmpuint (count (rows, SM_GUIDANCE_STATE_REFUSED), >, 0);
  g_assert_cmpuint (count (rows, SM_GUIDANCE_STATE_LAPSED), >, 0); /* said nothing, nobody called */
  g_assert_cmpuint (n_packs, >, 2);
  day_close (&day);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/drivers/answer-and-go-there", test_answers);
  return g_test_run ();
}
