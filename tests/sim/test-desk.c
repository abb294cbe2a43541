/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sm-sim-list.h"
#include "sm-sim.h"
#include "sm-time.h"

/*
 * Is it a believable day at a desk?  The whole country lives through a week at
 * high speed, on clocks that the test turns, through the rules that real
 * devices report to; then its alarms are counted.  With SM_DESK_RATE another
 * speed can be asked for, with SM_DESK_DAYS fewer days: the slower, the more
 * often every truck reports.
 */

#define START G_GINT64_CONSTANT (1777564800000000) /* 2026-04-30T16:00:00Z, midnight in Beijing */
#define RATE 3600.0

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

static guint
days_asked (void)
{
  const char *asked = g_getenv ("SM_DESK_DAYS");

  return asked != NULL ? (guint) CLAMP (g_ascii_strtoull (asked, NULL, 10), 1, 60) : 7;
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
  g_autoptr (GDir) dir = g_dir_open (desk->folder, 0, NULL);
  const char *name;

  sm_sim_free (desk->sim);
  sm_rules_close (desk->rules);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (desk->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (desk->folder);
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

  for (gint64 at_us = START; at_us < START + days_asked () * SM_DAY; at_us += step_us)
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

static void
test_week (void)
{
  Desk desk = { 0 };
  g_autoptr (GPtrArray) alarms = NULL;
  g_autoptr (GHashTable) by_area = g_hash_table_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  guint n[5] = { 0 }, days = days_asked ();
  GHashTableIter iter;
  gpointer area, count;

  desk_open (&desk);
  desk_live (&desk);
  alarms = sm_sim_list_all (desk.rules, SM_NOUN_ALARM, NULL, &error);
  g_assert_no_error (error);
  say_codes (alarms);
  for (guint i = 0; i < alarms->len; i++)
    {
      gpointer key = GINT_TO_POINTER ((gint) sm_row_get_int (alarms->pdata[i], SM_ROW_AREA_ID));
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (by_area, key));

      g_hash_table_insert (by_area, key, GUINT_TO_POINTER (before + 1));
      n[sm_row_get_int (alarms->pdata[i], SM_ALARM_LEVEL)]++;
    }
  g_test_message ("levels 1-4: %u %u %u %u", n[1], n[2], n[3], n[4]);
  g_hash_table_iter_init (&iter, by_area);
  while (g_hash_table_iter_next (&iter, &area, &count))
    g_test_message ("area %d: %.1f an hour", GPOINTER_TO_INT (area),
                    GPOINTER_TO_UINT (count) / (days * 24.0));
  g_assert_cmpuint (g_hash_table_size (by_area), ==, 10);
  g_hash_table_iter_init (&iter, by_area);
  while (g_hash_table_iter_next (&iter, &area, &count))
    {
      g_assert_cmpfloat (GPOINTER_TO_UINT (count) / (days * 24.0), >=, 3.0);
      g_assert_cmpfloat (GPOINTER_TO_UINT (count) / (days * 24.0), <=, 12.0);
    }
  g_assert_cmpuint (n[1] + 1, >=, days / 3);
  g_assert_cmpuint (n[1], <=, days * 2 + 3);
  g_assert_cmpfloat_with_epsilon ((double) n[4] / alarms->len, 0.80, 0.07);
  g_assert_cmpfloat_with_epsilon ((double) n[3] / alarms->len, 0.15, 0.06);
  g_assert_cmpfloat_with_epsilon ((double) n[2] / alarms->len, 0.05, 0.025);
  desk_close (&desk);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/desk/a-believable-week", test_week);
  return g_test_run ();
}
