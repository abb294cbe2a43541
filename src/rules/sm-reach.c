/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-plant-private.h"

#include "sm-error.h"
#include "sm-geo.h"
#include "sm-reach.h"
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

typedef gboolean (*FoundFunc) (const SmPlantStation *station,
                               double                road_m,
                               gpointer              user_data);

/* Tells of each station that will do, south to north, until @func has enough. */
static void
look_around (SmPlant             *self,
             const SmLiveVehicle *vehicle,
             FoundFunc            func,
             gpointer             user_data)
{
  double far_m = (double) vehicle->range_m / ROAD_FACTOR;
  double band = far_m / METRES_PER_DEGREE;

  for (guint i = first_from (self, vehicle->latitude - band); i < self->stations->len; i++)
    {
      const SmPlantStation *station = &g_array_index (self->stations, SmPlantStation, i);
      double metres;

      if (!(station->latitude <= vehicle->latitude + band))
        break;
      if (!offers (self, station, vehicle))
        continue;
      metres = sm_geo_distance_m (vehicle->latitude, vehicle->longitude, station->latitude,
                                  station->longitude);
      if (metres <= far_m && !func (station, metres * ROAD_FACTOR, user_data))
        return;
    }
}

/* Whether anything can be said of how far it gets. */
static gboolean
is_known (const SmLiveVehicle *vehicle)
{
  return vehicle->range_m != SM_UNKNOWN && !isnan (vehicle->latitude) && vehicle->model != NULL
         && vehicle->connection != SM_CONNECTION_ASLEEP;
}

static gboolean
note_one (const SmPlantStation *station,
          double                road_m,
          gpointer              user_data)
{
  *(gboolean *) user_data = TRUE;
  return FALSE;
}

static guint8
reach_of (SmPlant             *self,
          const SmLiveVehicle *vehicle)
{
  gboolean found = FALSE;

  if (!is_known (vehicle))
    return SM_ENUM_UNKNOWN;
  look_around (self, vehicle, note_one, &found);
  return found ? SM_REACH_REACHABLE : SM_REACH_UNREACHABLE;
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

static gboolean
note_all (const SmPlantStation *station,
          double                road_m,
          gpointer              user_data)
{
  SmReachable reachable = { station->id, (gint64) road_m };

  g_array_append_val ((GArray *) user_data, reachable);
  return TRUE;
}

static int
compare_roads (gconstpointer a,
               gconstpointer b)
{
  const SmReachable *x = a, *y = b;

  return (x->road_m > y->road_m) - (x->road_m < y->road_m);
}

/**
 * sm_reach_find:
 * @most: of how many to tell
 *
 * By the same rule as the verdict on every vehicle: the nearest stations that it
 * gets to, serve, and have a pack ready that fits it.
 *
 * Returns: (transfer full) (nullable): of SmReachable, nearest first
 */
GArray *
sm_reach_find (SmRules  *rules,
               SmActor  *actor,
               gint64    vehicle_id,
               guint     most,
               GError  **error)
{
  int slot = sm_live_find_id (rules->live, vehicle_id);
  const SmLiveVehicle *vehicle
      = slot >= 0 ? sm_live_get_vehicle (rules->live, (guint) slot) : NULL;
  GArray *found;

  if (!sm_actor_require (actor, sm_noun_read_permission (sm_noun_get (SM_NOUN_VEHICLE)), error))
    return NULL;
  if (vehicle == NULL
      || !sm_scope_has (actor->scope, vehicle->operator_id, vehicle->area_id, vehicle->fleet_id))
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "There is no vehicle %" G_GINT64_FORMAT,
                    vehicle_id);
      return NULL;
    }
  found = g_array_new (FALSE, FALSE, sizeof (SmReachable));
  if (is_known (vehicle))
    look_around (rules->plant, vehicle, note_all, found);
  g_array_sort (found, compare_roads);
  g_array_set_size (found, MIN (found->len, most));
  return found;
}
