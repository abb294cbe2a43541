/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gstdio.h>

#include "sm-feed.h"
#include "sm-sim-list.h"
#include "sm-sim.h"
#include "sm-test-folder.h"
#include "sm-time.h"

/*
 * Is it a believable day at a desk?  The whole country lives at high speed, on
 * clocks that the test turns, through the rules that real devices report to;
 * then its alarms are counted.  By itself that is a day and a night, with "week" as its
 * argument seven.  With SM_DESK_RATE another speed can be asked for, with
 * SM_DESK_DAYS other days: the slower, the more often every truck reports.
 */

#define START G_GINT64_CONSTANT (1777564800000000) /* 2026-04-30T16:00:00Z, midnight in Beijing */
#define RATE 3600.0
#define NIGHT_US (4 * SM_HOUR) /* it ends in the middle of a night */

typedef struct
{
  char *folder;
  SmClock *network, *machine;
  SmRules *rules;
  SmActor *actor;
  SmSim *sim;
} Desk;

static gpointer
tick (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  sm_rules_tick (rules, error);
  return NULL;
}

static double
rate_asked (void)
{
  const char *asked = g_getenv ("SM_DESK_RATE");

  return asked != NULL ? g_ascii_strtod (asked, NULL) : RATE;
}

static guint n_days = 1;

static void
read_days (int    argc,
           char **argv)
{
  const char *asked = g_getenv ("SM_DESK_DAYS");

  if (argc > 1 && g_str_equal (argv[1], "week"))
    n_days = 7;
  if (asked != NULL)
    n_days = (guint) CLAMP (g_ascii_strtoull (asked, NULL, 10), 1, 60);
}

static void
desk_open (Desk *desk)
{
  g_autofree char *path = NULL;
  SmRulesOptions options = { .simulated = TRUE };
  SmSimOptions sim_options = { .network = SM_SIM_NETWORK_NATIONAL, .seed = 1,
                               .data_dir = SM_SOURCE_DATA_DIR };
  g_autoptr (GError) error = NULL;

  desk->folder = g_dir_make_tmp ("sm-desk-XXXXXX", NULL);
  path = g_build_filename (desk->folder, "network.db", NULL);
  desk->network = sm_clock_new_manual (START);
  sm_clock_set (desk->network, START, rate_asked ());
  desk->machine = sm_clock_new_manual (START);
  desk->actor = sm_actor_new_system ("test");
  options.path = path;
  options.network = desk->network;
  options.machine = desk->machine;
  desk->rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
  desk->sim = sm_sim_new (desk->rules, &sim_options);
  sm_sim_prepare (desk->sim, &error);
  g_assert_no_error (error);
}

static void
desk_close (Desk *desk)
{
  sm_sim_free (desk->sim);
  sm_rules_close (desk->rules);
  sm_test_remove_tree (desk->folder);
  g_free (desk->folder);
  sm_clock_unref (desk->network);
  sm_clock_unref (desk->machine);
  sm_actor_unref (desk->actor);
}

/* A second of the machine at a time. */
static void
desk_live (Desk *desk)
{
  gint64 step_us = (gint64) (rate_asked () * (double) SM_SECOND);

  for (gint64 at_us = START; at_us < START + n_days * SM_DAY + NIGHT_US; at_us += step_us)
    {
      g_autoptr (GError) error = NULL;

      sm_clock_advance (desk->network, step_us);
      sm_clock_advance (desk->machine, SM_SECOND);
      sm_sim_step (desk->sim, sm_clock_now (desk->network), &error);
      g_assert_no_error (error);
      sm_rules_run_sync (desk->rules, tick, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
say_codes (GPtrArray *alarms)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer code, count;

  for (guint i = 0; i < alarms->len; i++)
    {
      gpointer key = (gpointer) sm_row_get_text (alarms->pdata[i], SM_ALARM_CODE);
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

      g_hash_table_insert (counts, key, GUINT_TO_POINTER (before + 1));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &code, &count))
    g_test_message ("%s: %u", (const char *) code, GPOINTER_TO_UINT (count));
}

/* Alarms of each area and level. */
typedef struct
{
  GHashTable *by_area;
  guint n[5], sum;
} Counts;

static void
count (GPtrArray *alarms,
       Counts    *counts)
{
  for (guint i = 0; i < alarms->len; i++)
    {
      gpointer key = GINT_TO_POINTER ((gint) sm_row_get_int (alarms->pdata[i], SM_ROW_AREA_ID));
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts->by_area, key));

      g_hash_table_insert (counts->by_area, key, GUINT_TO_POINTER (before + 1));
      counts->n[sm_row_get_int (alarms->pdata[i], SM_ALARM_LEVEL)]++;
    }
  counts->sum = alarms->len;
  g_test_message ("levels 1-4: %u %u %u %u", counts->n[1], counts->n[2], counts->n[3], counts->n[4]);
}

/* Each of ten desks has something to do, and can do it. */
static void
assert_areas (const Counts *counts)
{
  double hours = n_days * 24.0 + NIGHT_US / (double) SM_HOUR;
  GHashTableIter iter;
  gpointer area, n;

  g_assert_cmpuint (g_hash_table_size (counts->by_area), ==, 10);
  g_hash_table_iter_init (&iter, counts->by_area);
  while (g_hash_table_iter_next (&iter, &area, &n))
    {
      double an_hour = GPOINTER_TO_UINT (n) / hours;

      g_test_message ("area %d: %.1f an hour", GPOINTER_TO_INT (area), an_hour);
      g_assert_cmpfloat (an_hour, >=, 3.0);
      g_assert_cmpfloat (an_hour, <=, 12.0);
    }
}

/*
 * Level 1 about once a day, as chance has it: with a mean between a half and two
 * a day, a Poisson number is above the mean's 3.3 standard deviations less than
 * once in a thousand.
 */
static void
assert_levels (const Counts *counts)
{
  double days = n_days + NIGHT_US / (double) SM_DAY;
  double most = 2.0 * days + 3.3 * sqrt (2.0 * days);
  double least = 0.5 * days - 3.3 * sqrt (0.5 * days);

  g_assert_cmpfloat (counts->n[1], <=, most);
  g_assert_cmpfloat (counts->n[1], >=, least);
  g_assert_cmpfloat_with_epsilon ((double) counts->n[4] / counts->sum, 0.80, 0.07);
  g_assert_cmpfloat_with_epsilon ((double) counts->n[3] / counts->sum, 0.15, 0.06);
  g_assert_cmpfloat_with_epsilon ((double) counts->n[2] / counts->sum, 0.05, 0.025);
}

/* Who said that he would sleep is not missed: thousands are quiet, and no alarm says so. */
static void
assert_sleepers (Desk      *desk,
                 GPtrArray *alarms)
{
  g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (desk->rules, desk->actor, 0);
  g_autoptr (GHashTable) asleep = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < batch->columns.n; i++)
    if (batch->columns.connection[i] == SM_CONNECTION_ASLEEP)
      g_hash_table_add (asleep, GSIZE_TO_POINTER ((gsize) batch->columns.id[i]));
  g_test_message ("asleep: %u", g_hash_table_size (asleep));
  g_assert_cmpuint (g_hash_table_size (asleep), >, batch->columns.n / 10);
  for (guint i = 0; i < alarms->len; i++)
    {
      const char *code = sm_row_get_text (alarms->pdata[i], SM_ALARM_CODE);
      gsize id = (gsize) sm_row_get_int (alarms->pdata[i], SM_ALARM_SOURCE_ID);

      if (g_str_equal (code, "vehicle-silent") && sm_row_is_null (alarms->pdata[i], SM_ALARM_RETURNED_AT))
        g_assert_false (g_hash_table_contains (asleep, GSIZE_TO_POINTER (id)));
    }
}

static void
test_believable (void)
{
  Desk desk = { 0 };
  g_autoptr (GPtrArray) alarms = NULL;
  g_autoptr (GError) error = NULL;
  Counts counts = { g_hash_table_new (NULL, NULL), { 0 }, 0 };

  desk_open (&desk);
  desk_live (&desk);
  alarms = sm_sim_list_all (desk.rules, SM_NOUN_ALARM, NULL, &error);
  g_assert_no_error (error);
  say_codes (alarms);
  count (alarms, &counts);
  assert_areas (&counts);
  assert_levels (&counts);
  assert_sleepers (&desk, alarms);
  g_hash_table_unref (counts.by_area);
  desk_close (&desk);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  read_days (argc, argv);
  g_test_add_func (n_days >= 7 ? "/sim/desk/a-believable-week" : "/sim/desk/believable-day",
                   test_believable);
  return g_test_run ();
}
