/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-divert.h"

#include <math.h>

#include "sm-geo.h"
#include "sm-random.h"
#include "sm-test-full.h"

#define NOW (G_GINT64_CONSTANT (1790000000) * SM_SECOND)
#define MOST 6

typedef struct
{
  SmDispatchPlan plan;
  SmDivertTruck trucks[MOST];
  guint refused[MOST];
  SmDivertStation stations[4];
  SmDivertPack packs[MOST];
  guint n_trucks, n_stations, n_packs;
} Case;

static void
make_case (Case   *of,
           guint64 seed)
{
  SmRandom random = sm_random_new (seed, 9);

  *of = (Case){ .n_trucks = 1 + sm_random_below (&random, MOST),
                .n_stations = 1 + sm_random_below (&random, 4),
                .n_packs = sm_random_below (&random, MOST + 1) };
  sm_dispatch_plan_init (&of->plan, NOW);
  for (guint i = 0; i < of->n_stations; i++)
    of->stations[i] = (SmDivertStation){ sm_random_range (&random, 22.0, 23.0), 114.0,
                                         sm_random_below (&random, 4), 300 };
  for (guint i = 0; i < of->n_trucks; i++)
    {
      of->refused[i] = sm_random_below (&random, of->n_stations);
      of->trucks[i].latitude = sm_random_range (&random, 22.0, 23.0);
      of->trucks[i].longitude = 114.0;
      of->trucks[i].range_m = sm_random_range (&random, 5000.0, 150000.0);
      of->trucks[i].models = 1 + sm_random_below (&random, 3);
      of->trucks[i].refused = &of->refused[i];
      of->trucks[i].n_refused = sm_random_chance (&random, 0.2);
      if (sm_random_chance (&random, 0.1))
        of->trucks[i].range_m = NAN;
    }
  for (guint i = 0; i < of->n_packs; i++)
    of->packs[i] = (SmDivertPack){ sm_random_below (&random, of->n_stations),
                                   sm_random_below (&random, 2),
                                   NOW + sm_random_below (&random, 3600) * SM_SECOND };
}

/* Worked out apart: the way, and who is before. */
static double
minutes (const Case *of,
         guint       truck,
         guint       pack)
{
  const SmDivertTruck *t = &of->trucks[truck];
  const SmDivertPack *p = &of->packs[pack];
  const SmDivertStation *s = &of->stations[p->station];
  double m = 1.33 * sm_geo_distance_m (t->latitude, t->longitude, s->latitude, s->longitude);
  double there_s = ceil (m * 3.6 / of->plan.speed_kmh), free_s = s->queue * 300.0;

  if ((t->models & 1u << p->model) == 0 || (t->n_refused > 0 && t->refused[0] == p->station)
      || !(m + 3000.0 <= 0.85 * t->range_m))
    return NAN;
  for (guint k = 0; k < pack; k++)
    if (of->packs[k].station == p->station && of->packs[k].model == p->model)
      free_s += 300.0;
  free_s = fmax (free_s, (double) (p->ready_us - NOW) / SM_SECOND);
  return ceil (fmax (there_s, free_s) / 60.0);
}

static void
try_all (const Case *of,
         guint       truck,
         guint       used,
         guint       n_served,
         double      sum,
         guint      *out_served,
         double     *out_sum)
{
  if (truck == of->n_trucks)
    {
      if (n_served > *out_served || (n_served == *out_served && sum < *out_sum))
        {
          *out_served = n_served;
          *out_sum = sum;
        }
      return;
    }
  try_all (of, truck + 1, used, n_served, sum, out_served, out_sum);
  for (guint p = 0; p < of->n_packs; p++)
    if ((used & 1u << p) == 0 && !isnan (minutes (of, truck, p)))
      try_all (of, truck + 1, used | 1u << p, n_served + 1, sum + minutes (of, truck, p), out_served,
               out_sum);
}

static gboolean
reaches_any (const Case *of,
             guint       truck)
{
  const SmDivertTruck *t = &of->trucks[truck];

  for (guint i = 0; i < of->n_stations; i++)
    if (1.33 * sm_geo_distance_m (t->latitude, t->longitude, of->stations[i].latitude, 114.0)
          + 3000.0
        <= 0.85 * t->range_m)
      return TRUE;
  return FALSE;
}

static void
test_optimal (void)
{
  guint n_of[4] = { 0 };

  for (guint64 seed = 1; seed <= sm_test_times (3000); seed++)
    {
      Case of;
      guint used = 0, n_served = 0, best_served = 0;
      double sum = 0.0, best = 0.0;
      g_autoptr (GArray) choices = NULL;

      make_case (&of, seed);
      choices = sm_divert_plan (&of.plan, of.trucks, of.n_trucks, of.stations, of.n_stations,
                                of.packs, of.n_packs);
      for (guint i = 0; i < of.n_trucks; i++)
        {
          const SmDivertChoice *choice = &g_array_index (choices, SmDivertChoice, i);

          n_of[choice->outcome]++;
          g_assert_cmpint (choice->outcome == SM_DIVERT_ASK, ==, isnan (of.trucks[i].range_m));
          if (choice->outcome != SM_DIVERT_ASK)
            g_assert_cmpint (choice->outcome == SM_DIVERT_RESCUE, ==, !reaches_any (&of, i));
          if (choice->outcome != SM_DIVERT_OFFER)
            continue;
          g_assert_cmpuint (used & 1u << choice->pack, ==, 0);
          used |= 1u << choice->pack;
          n_served++;
          sum += minutes (&of, i, choice->pack);
          g_assert_cmpfloat (ceil ((double) (choice->travel_s + choice->wait_s) / 60.0), ==,
                             minutes (&of, i, choice->pack));
        }
      try_all (&of, 0, 0, 0, 0.0, &best_served, &best);
      g_assert_cmpuint (n_served, ==, best_served);
      g_assert_cmpfloat (sum, ==, best);
    }
  for (guint i = 0; i < G_N_ELEMENTS (n_of); i++)
    g_assert_cmpuint (n_of[i], >, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/algo/divert/optimal", test_optimal);
  return g_test_run ();
}
