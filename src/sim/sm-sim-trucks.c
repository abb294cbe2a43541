/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-trucks.h"

#include "sm-time.h"

struct _SmSimTrucks
{
  const SmSimRoads *roads;
  guint n;
  SmSimTruck *trucks;
  gint64 start_us;
  double gap_us;  /* network time between two reports */
  guint64 next;   /* how many reports were due so far */
};

/**
 * sm_sim_trucks_new:
 * @roads: stays the caller's and must outlive the trucks
 * @start_us: network time at which the first report is due
 * @rate: of the network's clock
 */
SmSimTrucks *
sm_sim_trucks_new (guint64           seed,
                   const SmSimRoads *roads,
                   guint             n,
                   gint64            start_us,
                   double            rate)
{
  SmSimTrucks *self;

  g_return_val_if_fail (n > 0 && rate > 0.0, NULL);

  self = g_new0 (SmSimTrucks, 1);
  self->roads = roads;
  self->n = n;
  self->trucks = g_new0 (SmSimTruck, n);
  self->start_us = start_us;
  self->gap_us = SM_SIM_REPORT_PERIOD_S * rate * (double) SM_SECOND / n;
  for (guint i = 0; i < n; i++)
    sm_sim_truck_init (&self->trucks[i], roads, seed, i, start_us);
  return self;
}

void
sm_sim_trucks_free (SmSimTrucks *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->trucks);
  g_free (self);
}

/** sm_sim_trucks_set_id: Says who the truck is in the network's register. */
void
sm_sim_trucks_set_id (SmSimTrucks *self,
                      guint        index,
                      gint64       id,
                      const char  *vin)
{
  g_return_if_fail (index < self->n);

  self->trucks[index].id = id;
  g_strlcpy (self->trucks[index].vin, vin != NULL ? vin : "", sizeof self->trucks[index].vin);
}

/** sm_sim_trucks_resume: Lets a truck go on from what it reported in an earlier run. */
void
sm_sim_trucks_resume (SmSimTrucks           *self,
                      guint                  index,
                      const SmVehicleReport *last)
{
  g_return_if_fail (index < self->n);

  sm_sim_truck_resume (&self->trucks[index], self->roads, last);
}

static SmSimTruck *
find_driving (SmSimTrucks *self,
              guint        from)
{
  for (guint i = from; i < self->n; i++)
    if (self->trucks[i].phase == SM_SIM_TRUCK_DRIVING && self->trucks[i].way == SM_SIM_WAY_ROAD)
      return &self->trucks[i];
  return NULL;
}

/**
 * sm_sim_trucks_begin_with_trouble:
 *
 * A newcomer is to see within a minute what an alarm is: one pack is about to
 * be too hot, one about to be too empty.
 */
void
sm_sim_trucks_begin_with_trouble (SmSimTrucks *self)
{
  SmSimTruck *hot = find_driving (self, 0);
  SmSimTruck *low = find_driving (self, self->n / 2);

  if (hot != NULL)
    sm_sim_truck_overheat (hot, 59.5);
  if (low != NULL && low != hot)
    sm_sim_truck_run_low (low, 10.04);
}

static gint64
due_at (const SmSimTrucks *self,
        guint64            turn)
{
  return self->start_us + (gint64) ((double) turn * self->gap_us);
}

/** sm_sim_trucks_next_due: Returns: the network time of the report that comes next */
gint64
sm_sim_trucks_next_due (const SmSimTrucks *self)
{
  return due_at (self, self->next);
}

/** sm_sim_trucks_skip_to: Leaves out what was due before @now_us: the machine slept. */
void
sm_sim_trucks_skip_to (SmSimTrucks *self,
                       gint64       now_us)
{
  if (due_at (self, self->next) < now_us)
    self->next = (guint64) ((double) (now_us - self->start_us) / self->gap_us);
}

/**
 * sm_sim_trucks_report:
 * @limit: at most so many at once
 * @reports: (element-type SmVehicleReport): what was due by @now_us is added
 *
 * Returns: how many were added; fewer than @limit when there are no more
 */
guint
sm_sim_trucks_report (SmSimTrucks *self,
                      gint64       now_us,
                      guint        limit,
                      GArray      *reports)
{
  guint n = 0;

  for (; n < limit && due_at (self, self->next) <= now_us; n++, self->next++)
    {
      SmSimTruck *truck = &self->trucks[self->next % self->n];
      SmVehicleReport report;

      sm_sim_truck_advance (truck, self->roads, due_at (self, self->next));
      sm_sim_truck_report (truck, &report);
      g_array_append_val (reports, report);
    }
  return n;
}
