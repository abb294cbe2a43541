/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-repair-forecast.h"

#include <math.h>

#include "sm-geo.h"
#include "sm-noun.h"
#include "sm-row.h"
#include "sm-sim-people.h"
#include "sm-sim-plan.h"
#include "sm-test-full.h"

/*
 * What is said of repairs while they run, against what becomes of them: the simulated engineers
 * drive and work, and the forecast sees what a control centre sees.
 */

#define START G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */
#define N_PAST 150
#define N_REPAIRS sm_test_times (20000)
#define LOOKS 3

typedef struct
{
  SmSimWorld *world;
  SmSimPeople *people;
  GPtrArray *rows;
  SmRandom random;
  double past[N_PAST];
  double brier, brier_of_rate; /* sums of squares */
  guint n, n_late;
  guint n_said, n_said_right;  /* “rather late than not” */
  guint n_between;             /* done between the early and the late bound */
} Judge;

/* As the simulator draws it: most take about their time, some much longer. */
static double
draw_work_s (SmRandom *random)
{
  return 45.0 * 60.0 * (0.35 - log (1.0 - sm_random_unit (random)) * 0.65);
}

static int
compare_reals (gconstpointer a,
               gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
judge_init (Judge *self)
{
  g_autoptr (GError) error = NULL;

  *self = (Judge){ .random = sm_random_new (5, 5) };
  self->world = sm_sim_plan (SM_SIM_NETWORK_DEMO, 1, 1.0, SM_SOURCE_DATA_DIR, &error);
  g_assert_no_error (error);
  self->world->zone = g_time_zone_new_identifier ("Asia/Shanghai");
  for (guint i = 0; i < self->world->n_engineers; i++)
    self->world->engineers[i].id = i + 1;
  self->people = sm_sim_people_new (self->world, START);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  for (guint i = 0; i < N_PAST; i++)
    self->past[i] = draw_work_s (&self->random);
  qsort (self->past, N_PAST, sizeof *self->past, compare_reals);
}

static void
judge_clear (Judge *self)
{
  g_ptr_array_unref (self->rows);
  sm_sim_people_free (self->people);
  sm_sim_world_free (self->world);
}

/* How far the one who is busy is from there, as the last reports have it. */
static double
how_far (Judge              *self,
         const SmSimStation *station,
         gint64              now_us)
{
  double m = NAN;

  g_ptr_array_set_size (self->rows, 0);
  sm_sim_people_advance (self->people, now_us, self->rows);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const SmRow *row = self->rows->pdata[i];

      if (g_strcmp0 (sm_row_get_text (row, SM_ENGINEER_DUTY), "busy") == 0)
        m = sm_geo_distance_m (sm_row_get_real (row, SM_ENGINEER_LATITUDE),
                               sm_row_get_real (row, SM_ENGINEER_LONGITUDE), station->latitude,
                               station->longitude);
    }
  return m * SM_DISPATCH_ROAD_FACTOR;
}

static void
judge_one (Judge                  *self,
           const SmRepairForecast *forecast,
           gint64                  due_us,
           gint64                  done_us)
{
  double late = done_us > due_us;

  self->n++;
  self->n_late += done_us > due_us;
  self->brier += pow (forecast->chance_late - late, 2.0);
  if (forecast->chance_late >= SM_REPAIR_LATE)
    {
      self->n_said++;
      self->n_said_right += done_us > due_us;
    }
  g_assert_cmpint (forecast->early_us, <=, forecast->likely_us);
  g_assert_cmpint (forecast->likely_us, <=, forecast->late_us);
  self->n_between += done_us >= forecast->early_us && done_us <= forecast->late_us;
}

/* Somebody is called at @call_us, and looked at a few times before the clock breaks. */
static gint64
live_through (Judge *self,
              gint64 call_us)
{
  const SmSimStation *station =
      &self->world->stations[sm_random_below (&self->random, self->world->n_stations)];
  double work_s = draw_work_s (&self->random);
  gint64 due_us = call_us + (gint64) (sm_random_range (&self->random, 40, 200) * SM_MINUTE);
  gint64 done_us = sm_sim_people_call (self->people, station->latitude, station->longitude,
                                       call_us, work_s);
  gint64 there_us = done_us - (gint64) (work_s * SM_SECOND);

  if (done_us == SM_UNKNOWN)
    return call_us + SM_HOUR;
  for (guint i = 1; i <= LOOKS; i++)
    {
      gint64 now_us = call_us + (done_us - call_us) * i / (LOOKS + 1);
      SmRepair repair = { .due_us = due_us, .since_us = there_us, .stage = SM_REPAIR_WORKS };
      SmRepairForecast forecast;
      SmDispatchPlan plan;

      if (now_us >= due_us)
        break;
      sm_dispatch_plan_init (&plan, now_us);
      repair.road_m = how_far (self, station, now_us);
      repair.said_us = now_us;
      if (now_us < there_us)
        repair.stage = now_us < call_us + 6 * SM_MINUTE ? SM_REPAIR_WAITS : SM_REPAIR_TRAVELS;
      sm_repair_forecast (&plan, &repair, self->past, N_PAST, &forecast);
      judge_one (self, &forecast, due_us, done_us);
    }
  return done_us + (there_us - call_us) + SM_MINUTE;
}

static void
test_against_the_simulator (void)
{
  Judge judge;
  gint64 now_us = START + SM_MINUTE;
  double rate;

  judge_init (&judge);
  for (guint i = 0; i < N_REPAIRS; i++)
    now_us = live_through (&judge, now_us);
  rate = (double) judge.n_late / judge.n;
  judge.brier_of_rate = rate * (1.0 - rate) * judge.n;
  g_test_message ("%u looks, %.0f %% late; squares against always saying that: %.2f; of %u said "
                  "to be late %.0f %% were; %.0f %% were done between the bounds",
                  judge.n, rate * 100.0, judge.brier / judge.brier_of_rate, judge.n_said,
                  100.0 * judge.n_said_right / judge.n_said, 100.0 * judge.n_between / judge.n);
  g_assert_cmpuint (judge.n, >, N_REPAIRS);
  g_assert_cmpfloat (judge.brier, <, 0.6 * judge.brier_of_rate);
  g_assert_cmpfloat (judge.n_said_right, >, 0.65 * judge.n_said);
  g_assert_cmpfloat (judge.n_said_right, >, 0.45 * judge.n_late);
  g_assert_cmpfloat (judge.n_between, >, 0.7 * judge.n);
  g_assert_cmpfloat (judge.n_between, <, 0.9 * judge.n);
  judge_clear (&judge);
}

/* Work that takes longer than any before, a way that nobody knows, no past, no clock. */
static void
test_little_is_known (void)
{
  const double works[] = { 600.0, 1200.0, 1800.0 };
  SmRepair repair = { .stage = SM_REPAIR_WORKS, .due_us = SM_UNKNOWN, .road_m = NAN };
  SmRepairForecast forecast;
  SmDispatchPlan plan;

  sm_dispatch_plan_init (&plan, START);
  repair.since_us = START - 3600 * SM_SECOND;
  sm_repair_forecast (&plan, &repair, works, G_N_ELEMENTS (works), &forecast);
  g_assert_cmpint (forecast.likely_us, ==, START + 1800 * SM_SECOND);
  g_assert_cmpfloat (forecast.chance_late, ==, 0.0);
  repair.stage = SM_REPAIR_TRAVELS;
  repair.due_us = START - SM_SECOND;
  sm_repair_forecast (&plan, &repair, NULL, 0, &forecast);
  g_assert_cmpint (forecast.likely_us, >, START);
  g_assert_cmpfloat (forecast.chance_late, ==, 1.0);
  repair.stage = SM_REPAIR_WAITS;
  repair.wait_early_s = 300;
  repair.wait_s = 600;
  repair.wait_late_s = 1200;
  repair.road_m = 50000.0;
  repair.due_us = START + SM_DAY;
  sm_repair_forecast (&plan, &repair, works, G_N_ELEMENTS (works), &forecast);
  /* Of three neither the first nor the last is a bound that nine in ten keep. */
  g_assert_cmpint (forecast.early_us, ==, START + (300 + 360 + 3600 + 400) * SM_SECOND);
  g_assert_cmpint (forecast.likely_us, ==, START + (600 + 360 + 3600 + 1200) * SM_SECOND);
  g_assert_cmpint (forecast.late_us, ==, START + (1200 + 360 + 3600 + 2700) * SM_SECOND);
  g_assert_cmpfloat (forecast.chance_late, <, SM_REPAIR_AT_RISK);
  /* Who is in a dead zone goes on driving, and arrives once. */
  repair.stage = SM_REPAIR_TRAVELS;
  repair.said_us = START - 1800 * SM_SECOND;
  sm_repair_forecast (&plan, &repair, works, G_N_ELEMENTS (works), &forecast);
  g_assert_cmpint (forecast.likely_us, ==, START + (1800 + 1200) * SM_SECOND);
  repair.said_us = START - SM_DAY;
  sm_repair_forecast (&plan, &repair, works, G_N_ELEMENTS (works), &forecast);
  g_assert_cmpint (forecast.likely_us, ==, START + 1200 * SM_SECOND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/repair-forecast/against-the-simulator", test_against_the_simulator);
  g_test_add_func ("/sim/repair-forecast/little-is-known", test_little_is_known);
  return g_test_run ();
}
