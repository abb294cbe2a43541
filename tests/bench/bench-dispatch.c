/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* What it takes to give 500 orders to 200 engineers with three places each, in a country where
 * each of them can reach most; and what the plan is worth beside sending the nearest. */

#include "bench.h"

#include "sm-dispatch.h"
#include "sm-random.h"

#define N_ORDERS 500
#define N_ENGINEERS 200
#define NOW (G_GINT64_CONSTANT (1790000000) * SM_SECOND)
#define LIMIT_MS 50.0

static void
make (SmRandom *random, SmDispatchOrder *orders, SmDispatchEngineer *engineers)
{
  for (guint i = 0; i < N_ENGINEERS; i++)
    engineers[i] = (SmDispatchEngineer){ .latitude = sm_random_range (random, 22.0, 24.0),
                                         .longitude = sm_random_range (random, 113.0, 115.0),
                                         .shift_from_us = NOW - SM_DAY / 6,
                                         .shift_to_us = NOW + SM_DAY / 2,
                                         .free_us = NOW + sm_random_below (random, 5400) * SM_SECOND,
                                         .places = 3,
                                         .skills = sm_random_below (random, 16) | 1,
                                         .agent_id = SM_UNKNOWN };
  for (guint i = 0; i < N_ORDERS; i++)
    orders[i] = (SmDispatchOrder){ .latitude = sm_random_range (random, 22.0, 24.0),
                                   .longitude = sm_random_range (random, 113.0, 115.0),
                                   .level = 1 + sm_random_below (random, 4),
                                   .due_us = NOW + sm_random_below (random, 12 * 3600) * SM_SECOND,
                                   .weight = 1 + sm_random_below (random, 100),
                                   .work_s = 1200 + sm_random_below (random, 7200),
                                   .needs_skills = sm_random_chance (random, 0.5)
                                                       ? 1u << sm_random_below (random, 4)
                                                       : 0,
                                   .pinned_to = -1 };
}

/* One order after the other to whoever restores it first of those who still can. */
static SmDispatchSum
send_the_nearest (const SmDispatchPlan *plan, const SmDispatchOrder *orders,
                  SmDispatchEngineer *engineers)
{
  SmDispatchSum sum = { 0 };

  for (guint i = 0; i < N_ORDERS; i++)
    {
      g_autoptr (GArray) ranks = sm_dispatch_rank (plan, &orders[i], engineers, N_ENGINEERS);
      const SmDispatchCandidate *first = &g_array_index (ranks, SmDispatchCandidate, 0);
      SmDispatchSum cost;

      sm_dispatch_cost (&orders[i], first->bars != 0 ? NULL : first, &cost);
      sum.late += cost.late;
      sum.weighted += cost.weighted;
      if (first->bars != 0)
        continue;
      engineers[first->engineer].n_jobs++;
      engineers[first->engineer].free_us = MAX (engineers[first->engineer].free_us, NOW)
                                           + plan->slot_s * SM_SECOND;
    }
  return sum;
}

int
main (void)
{
  g_autofree SmDispatchOrder *orders = g_new0 (SmDispatchOrder, N_ORDERS);
  g_autofree SmDispatchEngineer *engineers = g_new0 (SmDispatchEngineer, N_ENGINEERS);
  double ms[BENCH_ROUNDS], limit[BENCH_ROUNDS], late[BENCH_ROUNDS], weighted[BENCH_ROUNDS];
  SmDispatchPlan plan;

  sm_dispatch_plan_init (&plan, NOW);
  for (guint round = 0; round < BENCH_ROUNDS; round++)
    {
      SmRandom random = sm_random_new (1 + round, 1);
      SmDispatchSum sum, nearest;
      double begin;

      make (&random, orders, engineers);
      begin = bench_cpu_ms ();
      g_array_unref (sm_dispatch_assign (&plan, orders, N_ORDERS, engineers, N_ENGINEERS, &sum));
      ms[round] = bench_cpu_ms () - begin;
      limit[round] = ms[round] / LIMIT_MS;
      nearest = send_the_nearest (&plan, orders, engineers);
      late[round] = (double) sum.late / (double) MAX (nearest.late, 1);
      weighted[round] = (double) sum.weighted / (double) nearest.weighted;
    }
  bench_figure ("500 orders to 200 engineers", ms, BENCH_ROUNDS, "ms");
  bench_report ("dispatch of 500 orders to 200 engineers against 50 ms", limit, BENCH_ROUNDS, 1.0);
  bench_report ("dispatch, breaches against sending the nearest", late, BENCH_ROUNDS, 1.0);
  bench_report ("dispatch, weighted restore time against sending the nearest", weighted,
                BENCH_ROUNDS, 1.0);
  return 0;
}
