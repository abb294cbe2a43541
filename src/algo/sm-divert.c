/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-divert.h"

#include <math.h>

#include "sm-assignment.h"
#include "sm-geo.h"

#define DAY_MIN (24 * 60)

typedef struct
{
  const SmDispatchPlan *plan;
  const SmDivertTruck *trucks;
  const SmDivertStation *stations;
  const SmDivertPack *packs;
  guint n_trucks, n_stations, n_packs;
  guint *behind; /* by pack: how many of its model stand before it at its station */
} Divert;

static gboolean
is_known (const SmDivertTruck *truck)
{
  return !isnan (truck->latitude) && !isnan (truck->longitude) && !isnan (truck->range_m);
}

static gboolean
has_refused (const SmDivertTruck *truck,
             guint                station)
{
  for (guint i = 0; i < truck->n_refused; i++)
    if (truck->refused[i] == station)
      return TRUE;
  return FALSE;
}

/* Returns: the way by road, or NAN: it does not get there */
static double
way_m (const Divert        *self,
       const SmDivertTruck *truck,
       guint                station)
{
  const SmDivertStation *to = &self->stations[station];
  double m = self->plan->road_factor
             * sm_geo_distance_m (truck->latitude, truck->longitude, to->latitude, to->longitude);

  return m <= truck->range_m * SM_DIVERT_RANGE_PART - SM_DIVERT_SPARE_M ? m : NAN;
}

/* What it would be to send @truck for @pack; Returns: whether it can go */
static gboolean
look (const Divert        *self,
      const SmDivertTruck *truck,
      guint                pack,
      SmDivertChoice      *out)
{
  const SmDivertPack *of = &self->packs[pack];
  const SmDivertStation *station = &self->stations[of->station];
  guint64 models = truck->models_at != NULL ? truck->models_at[of->station] : truck->models;
  gint64 there_us, free_us;
  double m;

  if ((models >> of->model & 1) == 0 || has_refused (truck, of->station))
    return FALSE;
  m = way_m (self, truck, of->station);
  if (isnan (m))
    return FALSE;
  *out = (SmDivertChoice){ .outcome = SM_DIVERT_OFFER, .pack = pack, .road_m = m };
  out->travel_s = (gint64) ceil (m * 3.6 / self->plan->speed_kmh);
  there_us = self->plan->now_us + out->travel_s * SM_SECOND;
  free_us = self->plan->now_us
            + (gint64) (station->queue + self->behind[pack]) * station->swap_s * SM_SECOND;
  out->wait_s = MAX (0, MAX (free_us, of->ready_us) - there_us) / SM_SECOND;
  return TRUE;
}

static void
count_behind (Divert *self)
{
  for (guint i = 0; i < self->n_packs; i++)
    {
      self->behind[i] = 0;
      for (guint k = 0; k < i; k++)
        self->behind[i] += self->packs[k].station == self->packs[i].station
                           && self->packs[k].model == self->packs[i].model;
    }
}

/* Of a truck that gets no pack: whether one that is sent for later can help it. */
static SmDivertOutcome
outcome_of (const Divert        *self,
            const SmDivertTruck *truck)
{
  if (!is_known (truck))
    return SM_DIVERT_ASK;
  for (guint i = 0; i < self->n_stations; i++)
    if ((truck->models_at == NULL || truck->models_at[i] != 0) && !isnan (way_m (self, truck, i)))
      return SM_DIVERT_NO_PACK;
  return SM_DIVERT_RESCUE;
}

static void
fill (const Divert *self,
      gint64       *costs,
      gint64       *without)
{
  SmDivertChoice choice;

  for (guint i = 0; i < self->n_trucks; i++)
    {
      /* One truck more that gets a pack is worth every minute of all of them. */
      without[i] = 1 + (gint64) self->n_trucks * DAY_MIN;
      for (guint p = 0; p < self->n_packs; p++)
        {
          gint64 *cost = &costs[(gsize) i * self->n_packs + p];

          *cost = SM_ASSIGNMENT_NEVER;
          if (is_known (&self->trucks[i]) && look (self, &self->trucks[i], p, &choice))
            *cost = MIN ((choice.travel_s + choice.wait_s + 59) / 60, DAY_MIN);
        }
    }
}

/**
 * sm_divert_plan:
 * @packs: that are or will be ready, by station in the order in which they will be
 *
 * As many trucks as can get a pack, and together as soon as can be.
 *
 * Returns: (transfer full): of #SmDivertChoice, one for each truck
 */
GArray *
sm_divert_plan (const SmDispatchPlan  *plan,
                const SmDivertTruck   *trucks,
                guint                  n_trucks,
                const SmDivertStation *stations,
                guint                  n_stations,
                const SmDivertPack    *packs,
                guint                  n_packs)
{
  GArray *choices = g_array_new (FALSE, TRUE, sizeof (SmDivertChoice));
  g_autofree gint64 *costs = g_new (gint64, (gsize) MAX (n_trucks, 1) * MAX (n_packs, 1));
  g_autofree gint64 *without = g_new (gint64, MAX (n_trucks, 1));
  g_autofree int *pack_of = g_new (int, MAX (n_trucks, 1));
  g_autofree guint *behind = g_new (guint, MAX (n_packs, 1));
  Divert self = { plan, trucks, stations, packs, n_trucks, n_stations, n_packs, behind };

  g_array_set_size (choices, n_trucks);
  count_behind (&self);
  fill (&self, costs, without);
  sm_assignment_solve (costs, without, n_trucks, n_packs, pack_of);
  for (guint i = 0; i < n_trucks; i++)
    {
      SmDivertChoice *choice = &g_array_index (choices, SmDivertChoice, i);

      if (pack_of[i] < 0 || !look (&self, &trucks[i], (guint) pack_of[i], choice))
        choice->outcome = outcome_of (&self, &trucks[i]);
    }
  return choices;
}
