/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sm-sim-engine.h"
#include "sm-sim-plan.h"
#include "sm-thermal-watch.h"
#include "sm-time.h"

/*
 * The watch of packs before a second judge: the trucks of the simulator, which
 * know nothing of it, through a day, and some of them without cooling.
 */

#define START G_GINT64_CONSTANT (1785513600000000) /* 2026-08-01T00:00:00+08:00, hot */
#define MOST 300
#define N_HEATED 20
#define LIMIT_C 60.0

typedef struct
{
  SmThermalWatch watch;
  gint64 pack;
  gint64 warned_at, limit_at;
} Truck;

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* As warm as the warmest tenth, and a little more, is what the day does. */
static double
warmest_tenth (const SmVehicleReport *reports,
               guint                  n)
{
  double celsius[MOST];

  for (guint i = 0; i < n; i++)
    celsius[i] = reports[i].pack_temperature_c;
  qsort (celsius, n, sizeof *celsius, compare);
  return MAX (celsius[n * 9 / 10] + 5, 25);
}

static void
step (Truck                 *truck,
      const SmVehicleReport *report,
      double                 around_c)
{
  SmPackMoment moment = { report->at_us, report->pack.temperature_max_c,
                          report->pack.temperature_min_c, around_c,
                          report->pack.voltage_v * report->pack.current_a / 282000.0,
                          report->soc, NAN, NAN, NAN, NAN };

  if (report->battery_id != truck->pack)
    truck->watch = (SmThermalWatch){ 0 };
  truck->pack = report->battery_id;
  if (sm_thermal_watch_step (&truck->watch, &moment) && truck->warned_at == 0)
    truck->warned_at = report->at_us;
  if (moment.max_c >= LIMIT_C && truck->limit_at == 0)
    truck->limit_at = report->at_us;
}

/* Returns: how many trucks there are */
static guint
live (SmSimEngine *engine,
      SmSimWorld  *world,
      Truck       *trucks,
      gint64       from_us,
      guint        minutes)
{
  guint n = MIN (world->n_vehicles, MOST);
  g_autofree SmVehicleReport *reports = g_new0 (SmVehicleReport, n);

  for (guint m = 1; m <= minutes; m++)
    {
      gint64 at_us = from_us + m * SM_MINUTE;
      guint heard = 0;
      double around_c;

      sm_sim_engine_advance (engine, at_us);
      sm_sim_output_clear (sm_sim_engine_output (engine));
      for (guint i = 0; i < n; i++)
        heard += sm_sim_engine_look_vehicle (engine, i, at_us, &reports[i]);
      g_assert_cmpuint (heard, >, 0);
      around_c = warmest_tenth (reports, n);
      for (guint i = 0; i < n; i++)
        step (&trucks[i], &reports[i], around_c);
    }
  return n;
}

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
}

static void
test_second_judge (void)
{
  g_autoptr (GError) error = NULL;
  SmSimWorld *world = sm_sim_plan (SM_SIM_NETWORK_DEMO, 5, 1.0, SM_SOURCE_DATA_DIR, &error);
  SmSimEngine *engine;
  g_autofree Truck *trucks = g_new0 (Truck, MOST);
  guint n, wrong = 0, reached = 0, warned = 0;
  double least_min = INFINITY;

  g_assert_no_error (error);
  number_all (world);
  engine = sm_sim_engine_new (world, START);
  n = live (engine, world, trucks, START, 18 * 60);
  for (guint i = 0; i < n; i++)
    wrong += trucks[i].warned_at != 0;
  for (guint i = 0; i < MIN (n, N_HEATED); i++)
    sm_sim_engine_heat_pack (engine, i, NAN, 66.0, START + 22 * SM_HOUR);
  live (engine, world, trucks, START + 18 * SM_HOUR, 4 * 60);
  for (guint i = 0; i < MIN (n, N_HEATED); i++)
    {
      reached += trucks[i].limit_at != 0;
      if (trucks[i].limit_at == 0 || trucks[i].warned_at == 0)
        continue;
      warned += trucks[i].warned_at < trucks[i].limit_at;
      least_min = MIN (least_min, (double) (trucks[i].limit_at - trucks[i].warned_at) / SM_MINUTE);
    }
  g_test_message ("%u trucks for 18 hours: %u false; of %u that reach %.0f C %u were warned of, at "
                  "least %.0f min before", n, wrong, reached, LIMIT_C, warned, least_min);
  g_assert_cmpuint (wrong, ==, 0);
  g_assert_cmpuint (reached, >, 0);
  g_assert_cmpuint (warned, ==, reached);
  sm_sim_engine_free (engine);
  sm_sim_world_free (world);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/warm/second-judge", test_second_judge);
  return g_test_run ();
}
