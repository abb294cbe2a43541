/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-plant-private.h"

#include "sm-geo.h"
#include "sm-rules-private.h"

#include <math.h>

/*
 * Whether a vehicle still gets to a pack that fits it and is ready.  Roads are
 * longer than the line between two places.  Every vehicle has its turn; the
 * stations lie by latitude, so that only a band of them is looked at, and the
 * first that will do ends it.
 */
#define ROAD_FACTOR 1.3
#define TURNS 20
#define METRES_PER_DEGREE 111320.0

/* Returns: the first station at or north of @latitude */
static guint
first_from (SmPlant *self,
            double   latitude)
{
  guint low = 0, high = self->stations->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      double there = g_array_index (self->stations, SmPlantStation, middle).latitude;

      if (there < latitude) /* NAN lies at the end */
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
offers (SmPlant              *self,
        const SmPlantStation *station,
        const SmLiveVehicle  *vehicle)
{
  return station->serves && station->ready != 0
         && (station->ready & sm_plant_models_that_fit (self, vehicle->model, station->id)) != 0;
}

static guint8
reach_of (SmPlant             *self,
          const SmLiveVehicle *vehicle)
{
  double far_m = (double) vehicle->range_m / ROAD_FACTOR;
  double band = far_m / METRES_PER_DEGREE;

  if (vehicle->range_m == SM_UNKNOWN || isnan (vehicle->latitude) || vehicle->model == NULL
      || vehicle->connection == SM_CONNECTION_ASLEEP)
    return SM_ENUM_UNKNOWN;
  for (guint i = first_from (self, vehicle->latitude - band); i < self->stations->len; i++)
    {
      const SmPlantStation *station = &g_array_index (self->stations, SmPlantStation, i);

      if (!(station->latitude <= vehicle->latitude + band))
        break;
      if (offers (self, station, vehicle)
          && sm_geo_distance_m (vehicle->latitude, vehicle->longitude, station->latitude,
                                station->longitude) <= far_m)
        return SM_REACH_REACHABLE;
    }
  return SM_REACH_UNREACHABLE;
}

/** sm_plant_watch_reach: With the live values locked: the share of vehicles whose turn it is. */
void
sm_plant_watch_reach (SmRules *rules,
                      SmPlant *self)
{
  if (self->fits->len == 0)
    return;
  for (guint i = self->turn % TURNS; i < sm_live_n_vehicles (rules->live); i += TURNS)
    {
      SmLiveVehicle *vehicle = sm_live_get_vehicle (rules->live, i);
      guint8 reach = vehicle->id != 0 ? reach_of (self, vehicle) : vehicle->reach;

      if (reach == vehicle->reach)
        continue;
      vehicle->reach = reach;
      sm_live_touch (rules->live, vehicle);
    }
}
