/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-dispatch.h"

#include <math.h>

#include "sm-geo.h"

/* From where on more of them makes no difference any more. */
#define MANY_TRUCKS 20
#define MUCH_MONEY 200000

/** sm_dispatch_plan_init: What is taken for granted where nobody says otherwise. */
void
sm_dispatch_plan_init (SmDispatchPlan *plan,
                       gint64          now_us)
{
  g_return_if_fail (plan != NULL);

  *plan = (SmDispatchPlan){ .now_us = now_us,
                            .road_factor = SM_DISPATCH_ROAD_FACTOR,
                            .speed_kmh = 50.0,
                            .set_out_s = 6 * 60,
                            .slot_s = 2 * 60 * 60,
                            .part_delay_s = 24 * 60 * 60,
                            .farthest_m = 300000.0 };
}

static double
road_m (const SmDispatchPlan *plan,
        double                a_latitude,
        double                a_longitude,
        double                b_latitude,
        double                b_longitude)
{
  return plan->road_factor
         * sm_geo_distance_m (a_latitude, a_longitude, b_latitude, b_longitude);
}

static gint64
way_s (const SmDispatchPlan *plan,
       double                m)
{
  return (gint64) ceil (m * 3.6 / plan->speed_kmh);
}

static gboolean
has (const guint *of,
     guint        n,
     guint        index)
{
  for (guint i = 0; i < n; i++)
    if (of[i] == index)
      return TRUE;
  return FALSE;
}

static gboolean
is_theirs (const SmDispatchOrder    *order,
           const SmDispatchEngineer *engineer)
{
  if (engineer->agent_id == SM_UNKNOWN)
    return TRUE;
  for (guint i = 0; i < order->n_agents; i++)
    if (order->agents[i] == engineer->agent_id)
      return TRUE;
  return FALSE;
}

/* What they can and may, whenever it is. */
static void
look_at_person (const SmDispatchOrder    *order,
                const SmDispatchEngineer *engineer,
                SmDispatchCandidate      *out)
{
  out->lacks_skills = order->needs_skills & ~engineer->skills;
  out->lacks_certificates = order->needs_certificates & ~engineer->certificates;
  out->lacks_parts = order->needs_parts & ~(engineer->van_parts | engineer->point_parts);
  if (out->lacks_skills != 0)
    out->bars |= SM_DISPATCH_BAR_SKILL;
  if ((out->lacks_certificates & ~engineer->expired) != 0)
    out->bars |= SM_DISPATCH_BAR_CERTIFICATE;
  if ((out->lacks_certificates & engineer->expired) != 0)
    out->bars |= SM_DISPATCH_BAR_EXPIRED;
  if (!is_theirs (order, engineer))
    out->bars |= SM_DISPATCH_BAR_TERRITORY;
  if (has (order->refused_by, order->n_refused_by, out->engineer))
    out->bars |= SM_DISPATCH_BAR_REFUSED;
}

static void
look_at_time (const SmDispatchPlan     *plan,
              const SmDispatchEngineer *engineer,
              guint                     place,
              SmDispatchCandidate      *out)
{
  gint64 begin_us = plan->now_us;
  gint64 free_us;

  if (engineer->shift_from_us == SM_UNKNOWN || engineer->shift_to_us <= plan->now_us)
    out->bars |= SM_DISPATCH_BAR_SHIFT;
  else
    begin_us = MAX (begin_us, engineer->shift_from_us);
  free_us = MAX (begin_us, engineer->free_us) + place * plan->slot_s * SM_SECOND;
  if (engineer->shift_from_us != SM_UNKNOWN && free_us >= engineer->shift_to_us)
    out->bars |= SM_DISPATCH_BAR_SHIFT;
  out->shift_s = (begin_us - plan->now_us) / SM_SECOND;
  out->job_s = (free_us - begin_us) / SM_SECOND;
}

/* The way, and the way round by where the parts are. */
static void
look_at_way (const SmDispatchPlan     *plan,
             const SmDispatchOrder    *order,
             const SmDispatchEngineer *engineer,
             SmDispatchCandidate      *out)
{
  guint64 fetches = order->needs_parts & ~engineer->van_parts & engineer->point_parts;

  out->road_m = NAN;
  if (isnan (engineer->latitude) || isnan (engineer->longitude) || isnan (order->latitude)
      || isnan (order->longitude))
    {
      out->bars |= SM_DISPATCH_BAR_POSITION;
      return;
    }
  out->road_m = road_m (plan, engineer->latitude, engineer->longitude, order->latitude,
                        order->longitude);
  if (out->road_m > plan->farthest_m)
    out->bars |= SM_DISPATCH_BAR_FAR;
  out->travel_s = plan->set_out_s + way_s (plan, out->road_m);
  if (out->lacks_parts != 0)
    out->part_s = plan->part_delay_s;
  else if (fetches != 0 && !isnan (engineer->point_latitude) && !isnan (engineer->point_longitude))
    {
      double round_m = road_m (plan, engineer->latitude, engineer->longitude,
                               engineer->point_latitude, engineer->point_longitude)
                       + road_m (plan, engineer->point_latitude, engineer->point_longitude,
                                 order->latitude, order->longitude);

      out->part_s = MAX (0, way_s (plan, round_m) - way_s (plan, out->road_m));
    }
}

/**
 * sm_dispatch_look_later:
 * @candidate: as sm_dispatch_look() made it of this order, is made what it is at this @place
 */
void
sm_dispatch_look_later (const SmDispatchPlan     *plan,
                        const SmDispatchOrder    *order,
                        const SmDispatchEngineer *engineers,
                        guint                     place,
                        SmDispatchCandidate      *candidate)
{
  const SmDispatchEngineer *engineer = &engineers[candidate->engineer];
  gint64 restored_us;

  candidate->bars &= ~(guint) (SM_DISPATCH_BAR_SHIFT | SM_DISPATCH_BAR_PLACES);
  if (engineer->n_jobs + place >= engineer->places)
    candidate->bars |= SM_DISPATCH_BAR_PLACES;
  look_at_time (plan, engineer, place, candidate);
  candidate->restore_s = candidate->shift_s + candidate->job_s + candidate->travel_s
                         + candidate->part_s + candidate->work_s;
  restored_us = plan->now_us + candidate->restore_s * SM_SECOND;
  candidate->is_late = order->due_us != SM_UNKNOWN && restored_us > order->due_us;
  candidate->is_overtime = engineer->shift_to_us != SM_UNKNOWN
                           && restored_us > engineer->shift_to_us;
}

/**
 * sm_dispatch_look:
 * @place: how many jobs they get before it, besides those they have
 * @out: (out caller-allocates): what it would take if @engineers[@index] went, and what bars them
 */
void
sm_dispatch_look (const SmDispatchPlan     *plan,
                  const SmDispatchOrder    *order,
                  const SmDispatchEngineer *engineers,
                  guint                     index,
                  guint                     place,
                  SmDispatchCandidate      *out)
{
  const SmDispatchEngineer *engineer = &engineers[index];

  *out = (SmDispatchCandidate){ .engineer = index, .work_s = order->work_s };
  look_at_person (order, engineer, out);
  look_at_way (plan, order, engineer, out);
  sm_dispatch_look_later (plan, order, engineers, place, out);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const SmDispatchCandidate *x = a, *y = b;
  gint64 difference = (x->bars != 0) - (y->bars != 0);

  if (difference == 0 && isnan (x->road_m) != isnan (y->road_m))
    difference = isnan (x->road_m) ? 1 : -1;
  if (difference == 0)
    difference = x->restore_s - y->restore_s;
  if (difference == 0)
    difference = x->travel_s - y->travel_s;
  if (difference == 0)
    difference = (gint64) x->engineer - (gint64) y->engineer;
  return (difference > 0) - (difference < 0);
}

/**
 * sm_dispatch_rank:
 *
 * Returns: (transfer full): of #SmDispatchCandidate, one for each engineer: who restores first
 *   is first, who cannot go comes behind all others
 */
GArray *
sm_dispatch_rank (const SmDispatchPlan     *plan,
                  const SmDispatchOrder    *order,
                  const SmDispatchEngineer *engineers,
                  guint                     n_engineers)
{
  GArray *ranks = g_array_sized_new (FALSE, FALSE, sizeof (SmDispatchCandidate),
                                     MAX (n_engineers, 1));

  g_array_set_size (ranks, n_engineers);
  for (guint i = 0; i < n_engineers; i++)
    sm_dispatch_look (plan, order, engineers, i, 0, &g_array_index (ranks, SmDispatchCandidate, i));
  g_array_sort (ranks, compare_candidates);
  return ranks;
}

/**
 * sm_dispatch_weigh:
 * @risk: of the greatest there is, 0 to 1; NAN: a person asked for it, and only the level is known
 * @trucks: which wait for it, or come to it
 * @minor_per_hour: what is not earned meanwhile
 *
 * Returns: what a minute counts until it serves again: 40 by risk, 40 by trucks, 20 by money
 */
guint
sm_dispatch_weigh (guint  level,
                   double risk,
                   gint64 trucks,
                   gint64 minor_per_hour)
{
  double grave = isnan (risk) ? (5.0 - CLAMP ((double) level, 1.0, 4.0)) / 4.0 * 0.5 : risk;
  double weight = 40.0 * CLAMP (grave, 0.0, 1.0);

  /* For a notice nobody waits. */
  if (level <= 3)
    weight += 40.0 * (double) CLAMP (trucks, 0, MANY_TRUCKS) / MANY_TRUCKS
              + 20.0 * (double) CLAMP (minor_per_hour, 0, MUCH_MONEY) / MUCH_MONEY;
  return CLAMP ((guint) ceil (weight), 1, SM_DISPATCH_MOST_WEIGHT);
}

/** sm_dispatch_bar_slug: Returns: the slug of a bit of #SmDispatchBars, %NULL: it is none */
const char *
sm_dispatch_bar_slug (guint bit)
{
  static const char *const slugs[SM_DISPATCH_N_BARS] = {
    "no_skill", "no_certificate", "certificate_expired", "off_shift", "no_place",
    "other_territory", "has_refused", "too_far", "position_unknown",
  };

  return bit < SM_DISPATCH_N_BARS ? slugs[bit] : NULL;
}
