/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-repair-forecast.h"

#include <math.h>

/* Work that nothing is known about, and the way where nobody knows how far it is. */
#define UNKNOWN_WORK_S 3600.0
#define UNKNOWN_WAY_S 2400.0

/* What has gone on for longer than any before goes on for half as long again. */
#define LONGER 0.5

/* What is left until somebody is there. */
static double
way_s (const SmDispatchPlan *plan,
       const SmRepair       *repair,
       gint64                wait_s)
{
  double s = isnan (repair->road_m) ? UNKNOWN_WAY_S : repair->road_m * 3.6 / plan->speed_kmh;

  if (repair->stage == SM_REPAIR_WORKS)
    return 0.0;
  if (repair->stage == SM_REPAIR_TRAVELS)
    return MAX (0.0, s - (double) MAX (0, plan->now_us - repair->said_us) / SM_SECOND);
  return (double) (MAX (wait_s, 0) + plan->set_out_s) + s;
}

/* The work that @part of those take that took longer than @worked_s.  One more of N lies below
 * the k-th of them with a chance of k / (N + 1): of few the bounds lie outside of all. */
static double
work_of (const double *works_s,
         guint         n,
         double        worked_s,
         double        part)
{
  guint first = 0;
  double at;

  if (n == 0)
    return MAX (UNKNOWN_WORK_S, worked_s * (1.0 + LONGER));
  while (first < n && works_s[first] <= worked_s)
    first++;
  if (first == n)
    return worked_s * (1.0 + LONGER);
  at = part * (double) (n - first + 1);
  at = part < 0.5 ? floor (at) : ceil (at);
  if (at < 1.0)
    return MAX (worked_s, works_s[first] / (1.0 + LONGER));
  if (at > (double) (n - first))
    return works_s[n - 1] * (1.0 + LONGER);
  return works_s[first + (guint) at - 1];
}

/* Of those that took longer than @worked_s, how many took longer than @room_s too; with few to
 * go by it is never quite sure. */
static double
chance_of_more (const double *works_s,
                guint         n,
                double        worked_s,
                double        room_s)
{
  guint n_left = 0, n_more = 0;

  if (room_s <= worked_s)
    return 1.0;
  for (guint i = 0; i < n; i++)
    {
      n_left += works_s[i] > worked_s;
      n_more += works_s[i] > room_s;
    }
  if (n_left == 0)
    return work_of (works_s, n, worked_s, 0.5) > room_s ? 0.75 : 0.25;
  return ((double) n_more + 0.5) / ((double) n_left + 1.0);
}

/**
 * sm_repair_forecast:
 * @works_s: (array length=n_works): what such work took before, rising
 * @out: (out caller-allocates): where a repair that runs will end
 */
void
sm_repair_forecast (const SmDispatchPlan *plan,
                    const SmRepair       *repair,
                    const double         *works_s,
                    guint                 n_works,
                    SmRepairForecast     *out)
{
  gboolean works = repair->stage == SM_REPAIR_WORKS;
  double worked_s = works ? (double) (plan->now_us - repair->since_us) / SM_SECOND : 0.0;
  double quantiles[] = { 0.1, 0.5, 0.9 };
  gint64 waits_s[] = { repair->wait_early_s, repair->wait_s, repair->wait_late_s };
  gint64 *ends[] = { &out->early_us, &out->likely_us, &out->late_us };

  worked_s = MAX (worked_s, 0.0);
  for (guint i = 0; i < G_N_ELEMENTS (quantiles); i++)
    *ends[i] = plan->now_us
               + (gint64) ((way_s (plan, repair, waits_s[i]) - worked_s
                            + work_of (works_s, n_works, worked_s, quantiles[i]))
                           * SM_SECOND);
  out->chance_late = 0.0;
  if (repair->due_us != SM_UNKNOWN)
    out->chance_late = chance_of_more (works_s, n_works, worked_s,
                                       (double) (repair->due_us - plan->now_us) / SM_SECOND
                                         - way_s (plan, repair, repair->wait_s) + worked_s);
}
