/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-dispatch.h"

#include <math.h>

#include "sm-random.h"
#include "sm-test-full.h"

#define NOW (G_GINT64_CONSTANT (1790000000) * SM_SECOND)
#define MOST 7 /* orders and places of a case that is judged by looking at all there is */

/* --- who there is --- */

static SmDispatchEngineer
make_engineer (void)
{
  return (SmDispatchEngineer){ .latitude = 22.6,
                               .longitude = 114.0,
                               .point_latitude = 22.7,
                               .point_longitude = 114.0,
                               .shift_from_us = NOW - 3600 * SM_SECOND,
                               .shift_to_us = NOW + 7 * 3600 * SM_SECOND,
                               .free_us = NOW,
                               .places = 3,
                               .skills = ~G_GUINT64_CONSTANT (0),
                               .certificates = ~G_GUINT64_CONSTANT (0),
                               .agent_id = SM_UNKNOWN };
}

static SmDispatchOrder
make_order (void)
{
  return (SmDispatchOrder){ .latitude = 22.5,
                            .longitude = 114.0,
                            .level = 2,
                            .due_us = NOW + 12 * 3600 * SM_SECOND,
                            .weight = 10,
                            .work_s = 1800,
                            .pinned_to = -1 };
}

static SmDispatchCandidate
look (const SmDispatchOrder    *order,
      const SmDispatchEngineer *engineer,
      guint                     place)
{
  SmDispatchPlan plan;
  SmDispatchCandidate candidate;

  sm_dispatch_plan_init (&plan, NOW);
  sm_dispatch_look (&plan, order, engineer, 0, place, &candidate);
  g_assert_cmpint (candidate.restore_s, ==,
                   candidate.shift_s + candidate.job_s + candidate.travel_s + candidate.part_s
                     + candidate.work_s);
  return candidate;
}

/* A tenth of a degree of latitude is 11.12 km, and 14.79 km by road. */
static void
test_parts_of_the_time (void)
{
  SmDispatchEngineer engineer = make_engineer ();
  SmDispatchOrder order = make_order ();
  SmDispatchCandidate candidate = look (&order, &engineer, 0);

  g_assert_cmpfloat_with_epsilon (candidate.road_m, 14789.0, 5.0);
  g_assert_cmpint (candidate.bars, ==, 0);
  g_assert_cmpint (candidate.shift_s + candidate.job_s + candidate.part_s, ==, 0);
  g_assert_cmpint (candidate.travel_s, ==, 360 + 1065);
  g_assert_cmpint (candidate.restore_s, ==, 360 + 1065 + 1800);

  engineer.free_us = NOW + 600 * SM_SECOND;
  g_assert_cmpint (look (&order, &engineer, 0).job_s, ==, 600);
  g_assert_cmpint (look (&order, &engineer, 1).job_s, ==, 600 + 7200);

  /* Who is not on duty yet begins with their shift. */
  engineer.shift_from_us = NOW + 900 * SM_SECOND;
  candidate = look (&order, &engineer, 0);
  g_assert_cmpint (candidate.shift_s, ==, 900);
  g_assert_cmpint (candidate.job_s, ==, 0);
  g_assert_false (candidate.is_overtime);

  /* The part is at the service point, ten kilometres the other way; or has to come. */
  order.needs_parts = 3;
  engineer.van_parts = 1;
  engineer.point_parts = 2;
  g_assert_cmpint (look (&order, &engineer, 0).part_s, ==, 3195 - 1065);
  engineer.point_parts = 0;
  candidate = look (&order, &engineer, 0);
  g_assert_cmpint (candidate.part_s, ==, 24 * 3600);
  g_assert_cmpuint (candidate.lacks_parts, ==, 2);
  g_assert_true (candidate.is_late);
  g_assert_true (candidate.is_overtime);
}

static void
test_bars (void)
{
  SmDispatchEngineer engineer = make_engineer ();
  SmDispatchOrder order = make_order ();
  const gint64 agents[] = { 4, 8 };
  const guint refused[] = { 0 };
  SmDispatchCandidate candidate;

  order.needs_skills = 5;
  order.needs_certificates = 6;
  engineer.skills = 1;
  engineer.certificates = 0;
  engineer.expired = 4;
  engineer.agent_id = 9;
  engineer.n_jobs = 2;
  order.agents = agents;
  order.n_agents = 2;
  order.refused_by = refused;
  order.n_refused_by = 1;
  candidate = look (&order, &engineer, 1);
  g_assert_cmpuint (candidate.bars, ==,
                    SM_DISPATCH_BAR_SKILL | SM_DISPATCH_BAR_CERTIFICATE | SM_DISPATCH_BAR_EXPIRED
                      | SM_DISPATCH_BAR_PLACES | SM_DISPATCH_BAR_TERRITORY
                      | SM_DISPATCH_BAR_REFUSED);
  g_assert_cmpuint (candidate.lacks_skills, ==, 4);
  g_assert_cmpuint (candidate.lacks_certificates, ==, 6);

  engineer = make_engineer ();
  order = make_order ();
  engineer.agent_id = 8;
  order.agents = agents;
  order.n_agents = 2;
  g_assert_cmpuint (look (&order, &engineer, 0).bars, ==, 0);
  engineer.shift_to_us = NOW;
  g_assert_cmpuint (look (&order, &engineer, 0).bars, ==, SM_DISPATCH_BAR_SHIFT);
  engineer.shift_to_us = NOW + 3600 * SM_SECOND;
  g_assert_cmpuint (look (&order, &engineer, 1).bars, ==, SM_DISPATCH_BAR_SHIFT);
  engineer.shift_from_us = engineer.shift_to_us = SM_UNKNOWN;
  g_assert_cmpuint (look (&order, &engineer, 0).bars, ==, SM_DISPATCH_BAR_SHIFT);
  engineer = make_engineer ();
  engineer.latitude = 26.0;
  g_assert_cmpuint (look (&order, &engineer, 0).bars, ==, SM_DISPATCH_BAR_FAR);
  engineer.latitude = NAN;
  g_assert_cmpuint (look (&order, &engineer, 0).bars, ==, SM_DISPATCH_BAR_POSITION);
  for (guint i = 0; i < SM_DISPATCH_N_BARS; i++)
    g_assert_nonnull (sm_dispatch_bar_slug (i));
  g_assert_null (sm_dispatch_bar_slug (SM_DISPATCH_N_BARS));
}

/* Who restores first is first; who is busy comes when they could; who is barred comes last. */
static void
test_rank (void)
{
  SmDispatchEngineer engineers[5];
  SmDispatchOrder order = make_order ();
  SmDispatchPlan plan;
  g_autoptr (GArray) ranks = NULL;
  const guint expected[] = { 1, 0, 2, 4, 3 };

  sm_dispatch_plan_init (&plan, NOW);
  for (guint i = 0; i < G_N_ELEMENTS (engineers); i++)
    engineers[i] = make_engineer ();
  engineers[1].latitude = 22.55;
  engineers[2].latitude = 22.51;
  engineers[2].free_us = NOW + 5400 * SM_SECOND;
  engineers[2].n_jobs = 1;
  engineers[3].latitude = NAN;
  engineers[4].latitude = 22.5;
  engineers[4].skills = 0;
  order.needs_skills = 1;
  ranks = sm_dispatch_rank (&plan, &order, engineers, G_N_ELEMENTS (engineers));
  for (guint i = 0; i < G_N_ELEMENTS (engineers); i++)
    g_assert_cmpuint (g_array_index (ranks, SmDispatchCandidate, i).engineer, ==, expected[i]);
}

/* --- against looking at all there is --- */

typedef struct
{
  SmDispatchPlan plan;
  SmDispatchEngineer engineers[5];
  SmDispatchOrder orders[MOST];
  guint refused[MOST][1];
  guint n_engineers, n_orders;
} Case;

static SmDispatchEngineer
random_engineer (SmRandom *random)
{
  SmDispatchEngineer engineer = make_engineer ();

  engineer.latitude += sm_random_range (random, -0.6, 0.6);
  engineer.longitude += sm_random_range (random, -0.6, 0.6);
  engineer.skills = sm_random_below (random, 8) | 1;
  engineer.certificates = sm_random_chance (random, 0.8);
  engineer.places = 1 + sm_random_below (random, 3);
  engineer.n_jobs = sm_random_below (random, 2);
  engineer.free_us = NOW + engineer.n_jobs * sm_random_below (random, 9000) * SM_SECOND;
  if (sm_random_chance (random, 0.2))
    engineer.shift_from_us = NOW + sm_random_below (random, 20000) * SM_SECOND;
  return engineer;
}

static SmDispatchOrder
random_order (SmRandom *random)
{
  SmDispatchOrder order = make_order ();

  order.latitude += sm_random_range (random, -0.6, 0.6);
  order.longitude += sm_random_range (random, -0.6, 0.6);
  order.level = 1 + sm_random_below (random, 4);
  order.due_us = NOW + (gint64) sm_random_below (random, 6 * 3600) * SM_SECOND;
  order.weight = 1 + sm_random_below (random, SM_DISPATCH_MOST_WEIGHT);
  order.work_s = 600 + sm_random_below (random, 7200);
  order.needs_skills = G_GUINT64_CONSTANT (1) << sm_random_below (random, 3);
  order.needs_certificates = sm_random_chance (random, 0.3);
  return order;
}

static void
make_case (Case   *of,
           guint64 seed)
{
  SmRandom random = sm_random_new (seed, 7);
  guint room = MOST;

  *of = (Case){ .n_engineers = 1 + sm_random_below (&random, 5),
                .n_orders = 1 + sm_random_below (&random, MOST) };
  sm_dispatch_plan_init (&of->plan, NOW);
  for (guint i = 0; i < of->n_engineers; i++)
    {
      SmDispatchEngineer *engineer = &of->engineers[i];

      *engineer = random_engineer (&random);
      engineer->places = MIN (engineer->places, engineer->n_jobs + room);
      room -= engineer->places - MIN (engineer->places, engineer->n_jobs);
    }
  for (guint i = 0; i < of->n_orders; i++)
    {
      of->orders[i] = random_order (&random);
      if (sm_random_chance (&random, 0.15))
        of->orders[i].pinned_to = (int) sm_random_below (&random, of->n_engineers);
      of->refused[i][0] = sm_random_below (&random, of->n_engineers);
      of->orders[i].refused_by = of->refused[i];
      of->orders[i].n_refused_by = sm_random_chance (&random, 0.2);
    }
}

static int
compare_sums (const SmDispatchSum *x,
              const SmDispatchSum *y)
{
  gint64 difference = x->late - y->late;

  if (difference == 0)
    difference = x->weighted - y->weighted;
  if (difference == 0)
    difference = x->travel_min - y->travel_min;
  return (difference > 0) - (difference < 0);
}

static SmDispatchSum
plus (SmDispatchSum          sum,
      const SmDispatchOrder *order,
      SmDispatchCandidate   *candidate)
{
  SmDispatchSum cost;

  sm_dispatch_cost (order, candidate, &cost);
  return (SmDispatchSum){ sum.late + cost.late, sum.weighted + cost.weighted,
                          sum.travel_min + cost.travel_min };
}

/* Every way to give the orders from @index on, by place and engineer, one after the other. */
static void
try_all (const Case    *of,
         guint          index,
         guint          used[5],
         SmDispatchSum  so_far,
         SmDispatchSum *best)
{
  const SmDispatchOrder *order = &of->orders[index];
  SmDispatchCandidate candidate;

  if (index == of->n_orders)
    {
      if (best->late < 0 || compare_sums (&so_far, best) < 0)
        *best = so_far;
      return;
    }
  if (order->pinned_to >= 0)
    {
      guint place = 0;

      for (guint i = 0; i < index; i++)
        place += of->orders[i].pinned_to == order->pinned_to;
      sm_dispatch_look (&of->plan, order, of->engineers, (guint) order->pinned_to, place,
                        &candidate);
      try_all (of, index + 1, used, plus (so_far, order, &candidate), best);
      return;
    }
  try_all (of, index + 1, used, plus (so_far, order, NULL), best);
  for (guint e = 0; e < of->n_engineers; e++)
    for (guint place = 0; place < 4; place++)
      {
        sm_dispatch_look (&of->plan, order, of->engineers, e, place, &candidate);
        if (candidate.bars != 0 || (used[e] & 1u << place) != 0)
          continue;
        used[e] |= 1u << place;
        try_all (of, index + 1, used, plus (so_far, order, &candidate), best);
        used[e] &= ~(1u << place);
      }
}

static void
check_case (const Case       *of,
            const GArray     *choices,
            const SmDispatchSum *sum)
{
  SmDispatchSum again = { 0 };
  guint used[5] = { 0 };

  for (guint i = 0; i < of->n_orders; i++)
    {
      SmDispatchChoice choice = g_array_index (choices, SmDispatchChoice, i);

      again = plus (again, &of->orders[i], choice.engineer < 0 ? NULL : &choice.candidate);
      if (of->orders[i].pinned_to >= 0)
        g_assert_cmpint (choice.engineer, ==, of->orders[i].pinned_to);
      if (choice.engineer < 0)
        continue;
      g_assert_cmpuint (used[choice.engineer] & 1u << choice.place, ==, 0);
      used[choice.engineer] |= 1u << choice.place;
      if (of->orders[i].pinned_to < 0)
        g_assert_cmpuint (choice.candidate.bars, ==, 0);
    }
  g_assert_cmpint (compare_sums (&again, sum), ==, 0);
}

static void
test_optimal (void)
{
  guint n_given = 0, n_without = 0;

  for (guint64 seed = 1; seed <= sm_test_times (2000); seed++)
    {
      Case of;
      SmDispatchSum sum, best = { -1, 0, 0 };
      g_autoptr (GArray) choices = NULL;
      guint used[5] = { 0 };

      make_case (&of, seed);
      for (guint i = 0; i < of.n_orders; i++)
        if (of.orders[i].pinned_to >= 0)
          {
            guint *taken = &used[of.orders[i].pinned_to];

            *taken = *taken << 1 | 1;
          }
      choices = sm_dispatch_assign (&of.plan, of.orders, of.n_orders, of.engineers,
                                    of.n_engineers, &sum);
      check_case (&of, choices, &sum);
      try_all (&of, 0, used, (SmDispatchSum){ 0 }, &best);
      g_assert_cmpint (sum.late, ==, best.late);
      g_assert_cmpint (sum.weighted, ==, best.weighted);
      g_assert_cmpint (sum.travel_min, ==, best.travel_min);
      for (guint i = 0; i < of.n_orders; i++)
        *(g_array_index (choices, SmDispatchChoice, i).engineer < 0 ? &n_without : &n_given) += 1;
    }
  g_assert_cmpuint (n_given, >, 0);
  g_assert_cmpuint (n_without, >, 0);
}

/* A breach of level 2 that somebody could avoid is worse than any sum of minutes. */
static void
test_breach_first (void)
{
  SmDispatchEngineer engineer = make_engineer ();
  SmDispatchOrder orders[2] = { make_order (), make_order () };
  SmDispatchPlan plan;
  g_autoptr (GArray) choices = NULL;

  sm_dispatch_plan_init (&plan, NOW);
  engineer.places = 2;
  orders[0].level = 3;
  orders[0].weight = SM_DISPATCH_MOST_WEIGHT;
  orders[1].weight = 1;
  orders[1].due_us = NOW + 7200 * SM_SECOND;
  choices = sm_dispatch_assign (&plan, orders, 2, &engineer, 1, NULL);
  g_assert_cmpuint (g_array_index (choices, SmDispatchChoice, 1).place, ==, 0);
  g_clear_pointer (&choices, g_array_unref);

  /* One that nobody can avoid any more gives way to what helps most. */
  orders[1].due_us = NOW;
  choices = sm_dispatch_assign (&plan, orders, 2, &engineer, 1, NULL);
  g_assert_cmpuint (g_array_index (choices, SmDispatchChoice, 0).place, ==, 0);
}

static void
test_nobody (void)
{
  SmDispatchOrder order = make_order ();
  SmDispatchPlan plan;
  SmDispatchSum sum;
  g_autoptr (GArray) choices = NULL;
  g_autoptr (GArray) none = NULL;

  sm_dispatch_plan_init (&plan, NOW);
  choices = sm_dispatch_assign (&plan, &order, 1, NULL, 0, &sum);
  g_assert_cmpint (g_array_index (choices, SmDispatchChoice, 0).engineer, ==, -1);
  g_assert_cmpint (sum.late, ==, 1);
  none = sm_dispatch_assign (&plan, NULL, 0, NULL, 0, &sum);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (sum.late + sum.weighted + sum.travel_min, ==, 0);
}

/* Risk first, then who waits, then what is not earned; nobody waits for a notice. */
static void
test_weight (void)
{
  g_assert_cmpuint (sm_dispatch_weigh (1, 1.0, 20, 200000), ==, SM_DISPATCH_MOST_WEIGHT);
  g_assert_cmpuint (sm_dispatch_weigh (1, 1.0, 2000, G_MAXINT64), ==, SM_DISPATCH_MOST_WEIGHT);
  g_assert_cmpuint (sm_dispatch_weigh (2, 0.5, 0, 0), ==, 20);
  g_assert_cmpuint (sm_dispatch_weigh (2, 0.5, 5, 0), ==, 30);
  g_assert_cmpuint (sm_dispatch_weigh (2, 0.5, 5, 100000), ==, 40);
  g_assert_cmpuint (sm_dispatch_weigh (2, NAN, 0, SM_UNKNOWN), ==, 15);
  g_assert_cmpuint (sm_dispatch_weigh (4, NAN, 20, 200000), ==, 5);
  g_assert_cmpuint (sm_dispatch_weigh (4, 0.0, 0, 0), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/algo/dispatch/parts-of-the-time", test_parts_of_the_time);
  g_test_add_func ("/algo/dispatch/bars", test_bars);
  g_test_add_func ("/algo/dispatch/rank", test_rank);
  g_test_add_func ("/algo/dispatch/optimal", test_optimal);
  g_test_add_func ("/algo/dispatch/breach-first", test_breach_first);
  g_test_add_func ("/algo/dispatch/nobody", test_nobody);
  g_test_add_func ("/algo/dispatch/weight", test_weight);
  return g_test_run ();
}
