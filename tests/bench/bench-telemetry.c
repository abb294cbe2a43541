/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* What the telemetry of 40,000 vehicles that report every 10 s weighs, and
 * costs to note: P13.  A fortieth of them is played through a day: trucks that
 * drive winding legs between stations, stand there, and rest at night. */

#include "bench.h"

#include "sm-telemetry-private.h"
#include "sm-time.h"

#include <glib/gstdio.h>
#include <math.h>

#define SHARE 40
#define N_VEHICLES (40000 / SHARE)
#define DAY_STEPS (24 * 360)
#define START_S (G_GINT64_CONSTANT (1750000000) / 3600 * 3600)

typedef struct
{
  double latitude, longitude, heading, speed, soc, temperature;
  guint leg; /* steps until it stops, or goes on */
  gboolean drives;
} Truck;

static void
step (Truck *truck,
      GRand *rand,
      guint  hour)
{
  if (truck->leg-- == 0)
    {
      truck->drives = !truck->drives && (hour < 14 || g_rand_double (rand) < 0.4);
      truck->leg = truck->drives ? (guint) g_rand_int_range (rand, 180, 600)
                                 : (guint) g_rand_int_range (rand, 40, 120);
      truck->soc = truck->drives ? 95 : truck->soc;
    }
  truck->temperature += (28 + 6 * truck->drives - truck->temperature) * 0.002
                        + g_rand_double_range (rand, -0.05, 0.05);
  if (!truck->drives)
    {
      truck->speed = 0;
      return;
    }
  truck->speed = CLAMP (truck->speed + g_rand_double_range (rand, -4, 4.2), 15, 80);
  truck->heading = fmod (truck->heading + g_rand_double_range (rand, -7, 7) + 360, 360);
  truck->latitude += cos (truck->heading * G_PI / 180) * truck->speed / 360 / 111.3;
  truck->longitude += sin (truck->heading * G_PI / 180) * truck->speed / 360 / 102;
  truck->soc = MAX (5, truck->soc - truck->speed / 360 / 2.2);
}

static void
note (SmTelemetryBook *book,
      const Truck     *truck,
      gint64           id,
      gint64           at_s)
{
  SmSample sample = { .at_s = at_s,
                      .values = { (gint32) lround (truck->latitude * 1e5),
                                  (gint32) lround (truck->longitude * 1e5),
                                  (gint32) lround (truck->speed), (gint32) lround (truck->soc * 2),
                                  (gint32) lround (truck->temperature),
                                  truck->drives ? SM_MOTION_DRIVING : SM_MOTION_PARKED,
                                  SM_ENERGY_IDLE } };

  sm_telemetry_note (book, SM_NOUN_VEHICLE, id, &sample, truck->drives ? truck->heading : NAN, 1);
}

static double
play_day (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autofree Truck *trucks = g_new0 (Truck, N_VEHICLES);
  SmTelemetryBook *book = sm_telemetry_book_new (path, &error);
  GStatBuf found;

  g_assert_no_error (error);
  for (guint i = 0; i < N_VEHICLES; i++)
    trucks[i] = (Truck){ 30, 110, 360.0 * i / N_VEHICLES, 50, 80, 28, i % 300, i % 2 };
  for (guint s = 0; s < DAY_STEPS; s++)
    {
      for (guint i = 0; i < N_VEHICLES; i++)
        {
          step (&trucks[i], rand, s / 360);
          note (book, &trucks[i], i + 1, START_S + s * 10 + i % 10);
        }
      sm_telemetry_tick (book, (START_S + s * 10) * SM_SECOND, &error);
      g_assert_no_error (error);
    }
  sm_telemetry_book_free (book);
  g_assert_cmpint (g_stat (path, &found), ==, 0);
  return (double) found.st_size * SHARE / 1e9;
}

int
main (void)
{
  g_autofree char *dir = g_dir_make_tmp ("sm-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "network.db-telemetry", NULL);
  double before = bench_cpu_ms ();
  double weight[1], share[1];

  weight[0] = play_day (path);
  share[0] = (bench_cpu_ms () - before) * SHARE / 86400e3;
  bench_report ("P13 telemetry of a day at 4,000 reports/s, GB", weight, 1, 0.5);
  bench_report ("noting and writing it, share of one core", share, 1, 0.05);
  g_unlink (path);
  g_rmdir (dir);
  return 0;
}
