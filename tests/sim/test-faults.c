/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sm-fault-code.h"
#include "sm-geo.h"
#include "sm-row.h"
#include "sm-sim-faults.h"
#include "sm-sim-plan.h"
#include "sm-time.h"

#define START G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z, 08:00 in Shenzhen */

typedef struct
{
  SmSimWorld *world;
  SmSimPeople *people;
  SmSimFaults *faults;
  GArray *reports, *effects;
  GPtrArray *rows;
} Fixture;

/* As the register would number them. */
static void
number_all (SmSimWorld *world)
{
  world->zone = g_time_zone_new_identifier ("Asia/Shanghai");
  for (guint i = 0; i < world->n_vehicles; i++)
    world->vehicles[i].id = i + 1;
  for (guint i = 0; i < world->n_packs; i++)
    world->packs[i].id = i + 1;
  for (guint i = 0; i < world->n_stations; i++)
    world->stations[i].id = i + 1;
  for (guint i = 0; i < world->n_equipment; i++)
    world->equipment[i].id = i + 1;
  for (guint i = 0; i < world->n_engineers; i++)
    world->engineers[i].id = i + 1;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->world = sm_sim_plan (GPOINTER_TO_UINT (data), 1, 1.0, SM_SOURCE_DATA_DIR, &error);
  g_assert_no_error (error);
  number_all (fixture->world);
  fixture->people = sm_sim_people_new (fixture->world, START);
  fixture->faults = sm_sim_faults_new (fixture->world, fixture->people, START);
  fixture->reports = g_array_new (FALSE, FALSE, sizeof (SmFaultReport));
  fixture->effects = g_array_new (FALSE, FALSE, sizeof (SmSimEffect));
  fixture->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_array_unref (fixture->reports);
  g_array_unref (fixture->effects);
  g_ptr_array_unref (fixture->rows);
  sm_sim_faults_free (fixture->faults);
  sm_sim_people_free (fixture->people);
  sm_sim_world_free (fixture->world);
}

static void
live (Fixture *fixture,
      guint    from_minute,
      guint    to_minute)
{
  for (guint minute = from_minute + 1; minute <= to_minute; minute++)
    {
      sm_sim_faults_advance (fixture->faults, START + minute * SM_MINUTE, fixture->reports,
                             fixture->effects, fixture->rows);
      sm_sim_people_advance (fixture->people, START + minute * SM_MINUTE, fixture->rows);
    }
}

/* Whose desk it comes to. */
static guint
desk_of (const SmSimWorld    *world,
         const SmFaultReport *report)
{
  guint site;

  switch (report->noun)
    {
    case SM_NOUN_STATION:
      site = world->stations[report->id - 1].site;
      break;
    case SM_NOUN_EQUIPMENT:
      site = world->stations[world->equipment[report->id - 1].station].site;
      break;
    case SM_NOUN_BATTERY:
      site = world->packs[report->id - 1].vehicle != G_MAXUINT
               ? world->vehicles[world->packs[report->id - 1].vehicle].home
               : world->stations[world->packs[report->id - 1].station].site;
      break;
    default:
      site = world->vehicles[report->id - 1].home;
      break;
    }
  return sm_sim_province_find (world->sites[site].province)->desk;
}

/* A week of the country: how much of which level devices say, and to which of the ten desks. */
static void
test_levels (Fixture       *fixture,
             gconstpointer  data)
{
  guint n[5] = { 0 }, by_desk[10] = { 0 }, sum = 0;

  live (fixture, 0, 7 * 24 * 60);
  for (guint i = 0; i < fixture->reports->len; i++)
    {
      const SmFaultReport *report = &g_array_index (fixture->reports, SmFaultReport, i);
      const SmFaultCode *code = sm_fault_code_find (report->code);

      g_assert_nonnull (code);
      g_assert_cmpint (code->origin, ==, SM_FAULT_OF_DEVICE);
      g_assert_cmpint (report->id, >, 0);
      if (!report->is_raised)
        continue;
      n[code->level]++;
      by_desk[desk_of (fixture->world, report)]++;
      sum++;
    }
  g_test_message ("levels 1-4: %u %u %u %u", n[1], n[2], n[3], n[4]);
  g_assert_cmpuint (n[1], >=, 2);
  g_assert_cmpuint (n[1], <=, 16);
  g_assert_cmpfloat_with_epsilon ((double) n[4] / sum, 0.80, 0.08);
  g_assert_cmpfloat_with_epsilon ((double) n[3] / sum, 0.14, 0.06);
  g_assert_cmpfloat_with_epsilon ((double) n[2] / sum, 0.05, 0.03);
  for (guint i = 0; i < G_N_ELEMENTS (by_desk); i++)
    {
      double an_hour = by_desk[i] / (7.0 * 24.0);

      g_test_message ("desk %u: %.1f an hour", i + 1, an_hour);
      g_assert_cmpfloat (an_hour, >=, 3.0);
      g_assert_cmpfloat (an_hour, <=, 11.0);
    }
}

/* What begins is over one day, and never twice at once. */
static void
test_each_ends (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  live (fixture, 0, 5 * 24 * 60);
  for (guint i = 0; i < fixture->reports->len; i++)
    {
      const SmFaultReport *report = &g_array_index (fixture->reports, SmFaultReport, i);
      char *key = g_strdup_printf ("%s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, report->code,
                                   report->noun, report->id, report->equipment_id);

      if (report->is_raised)
        g_assert_true (g_hash_table_add (open, key));
      else
        {
          g_assert_true (g_hash_table_remove (open, key));
          g_free (key);
        }
    }
  /* Sixty an hour that last forty minutes each: about forty are open at a time. */
  g_assert_cmpuint (g_hash_table_size (open), <, 70);
}

/* A broken robot blocks its lane until an engineer who came to it has left. */
static void
test_an_engineer_comes (Fixture       *fixture,
                        gconstpointer  data)
{
  const SmSimStation *station = &fixture->world->stations[3];
  guint subject, n_busy = 0, n_there = 0;

  g_assert_true (sm_sim_faults_find (fixture->faults, "swap-robot-fault", SM_NOUN_STATION, 3,
                                     &subject));
  g_assert_true (sm_sim_faults_inject (fixture->faults, "swap-robot-fault", subject, START,
                                       G_MAXINT64));
  live (fixture, 0, 24 * 60);
  for (guint i = 0; i < fixture->rows->len; i++)
    {
      const SmRow *row = fixture->rows->pdata[i];

      if (sm_row_get_noun (row)->id != SM_NOUN_ENGINEER
          || g_strcmp0 (sm_row_get_text (row, SM_ENGINEER_DUTY), "busy") != 0)
        continue;
      n_busy++;
      n_there += sm_geo_distance_m (station->latitude, station->longitude,
                                    sm_row_get_real (row, SM_ENGINEER_LATITUDE),
                                    sm_row_get_real (row, SM_ENGINEER_LONGITUDE)) < 50.0;
    }
  g_assert_cmpuint (n_busy, >, 3);
  g_assert_cmpuint (n_there, >, 0);
  g_assert_cmpint (g_array_index (fixture->effects, SmSimEffect, 0).kind, ==,
                   SM_SIM_EFFECT_BLOCK_LANE);
}

/* While nobody answers it stays broken. */
static void
test_nobody_answers (Fixture       *fixture,
                     gconstpointer  data)
{
  guint subject, n_over = 0, n_over_later = 0;

  sm_sim_people_absent (fixture->people, G_MAXUINT, START + 10 * SM_HOUR);
  g_assert_true (sm_sim_faults_find (fixture->faults, "swap-lock-jammed", SM_NOUN_STATION, 5,
                                     &subject));
  g_assert_true (sm_sim_faults_inject (fixture->faults, "swap-lock-jammed", subject, START,
                                       G_MAXINT64));
  live (fixture, 0, 10 * 60);
  for (guint i = 0; i < fixture->reports->len; i++)
    n_over += !g_array_index (fixture->reports, SmFaultReport, i).is_raised
              && g_array_index (fixture->reports, SmFaultReport, i).equipment_id == subject + 1;
  live (fixture, 10 * 60, 20 * 60);
  for (guint i = 0; i < fixture->reports->len; i++)
    n_over_later += !g_array_index (fixture->reports, SmFaultReport, i).is_raised
                    && g_array_index (fixture->reports, SmFaultReport, i).equipment_id == subject + 1;
  g_assert_cmpuint (n_over, ==, 0);
  g_assert_cmpuint (n_over_later, ==, 1);
}

#define ADD(path, kind, func) \
  g_test_add (path, Fixture, GUINT_TO_POINTER (kind), set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sim/faults/levels", SM_SIM_NETWORK_NATIONAL, test_levels);
  ADD ("/sim/faults/each-ends", SM_SIM_NETWORK_NATIONAL, test_each_ends);
  ADD ("/sim/people/an-engineer-comes", SM_SIM_NETWORK_DEMO, test_an_engineer_comes);
  ADD ("/sim/people/nobody-answers", SM_SIM_NETWORK_DEMO, test_nobody_answers);
  return g_test_run ();
}
