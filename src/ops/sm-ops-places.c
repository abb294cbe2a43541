/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ops-places.h"

#include "sm-geo.h"
#include "sm-live-set.h"
#include "sm-time.h"

#include <math.h>

/* Returns: whether they are degrees that a map can show */
static gboolean
take (double      latitude,
      double      longitude,
      SmOpsPlace *out_place)
{
  if (!isfinite (latitude) || !isfinite (longitude) || fabs (latitude) > 85)
    return FALSE;
  *out_place = (SmOpsPlace){ latitude, longitude };
  return TRUE;
}

/** sm_ops_locate_station: Returns: whether it is known where it stands */
gboolean
sm_ops_locate_station (SmOps      *self,
                       gint64      station_id,
                       SmOpsPlace *out_place)
{
  const SmRow *row;

  g_return_val_if_fail (SM_IS_OPS (self), FALSE);

  if (station_id == SM_UNKNOWN)
    return FALSE;
  row = sm_directory_find_row (sm_ops_get_directory (self), SM_NOUN_STATION, station_id);
  return row != NULL
         && take (sm_row_get_real (row, SM_STATION_LATITUDE),
                  sm_row_get_real (row, SM_STATION_LONGITUDE), out_place);
}

/** sm_ops_locate_vehicle: Returns: whether it has said where it is */
gboolean
sm_ops_locate_vehicle (SmOps      *self,
                       gint64      vehicle_id,
                       SmOpsPlace *out_place)
{
  SmFleet *fleet = sm_ops_get_fleet (self);
  int slot = vehicle_id != SM_UNKNOWN ? sm_fleet_find (fleet, vehicle_id) : -1;
  double latitude, longitude;
  SmWorldPoint at;

  if (slot < 0)
    return FALSE;
  at = sm_fleet_get_columns (fleet)->at[slot];
  if (at.x == 0 && at.y == 0)
    return FALSE;
  sm_world_unproject (at, &latitude, &longitude);
  return take (latitude, longitude, out_place);
}

/** sm_ops_locate_engineer: Returns: whether it is known where they are */
gboolean
sm_ops_locate_engineer (SmOps      *self,
                        gint64      engineer_id,
                        SmOpsPlace *out_place)
{
  SmItem *item = engineer_id != SM_UNKNOWN
                     ? sm_live_set_find (SM_LIVE_SET (sm_ops_get_engineers (self)), engineer_id)
                     : NULL;
  const SmRow *row = item != NULL ? sm_item_get_row (item) : NULL;

  return row != NULL
         && take (sm_row_get_real (row, SM_ENGINEER_LATITUDE),
                  sm_row_get_real (row, SM_ENGINEER_LONGITUDE), out_place);
}

/** sm_ops_locate_work_order: Returns: whether it is known where there is something to do: at a station, or where a vehicle is */
gboolean
sm_ops_locate_work_order (SmOps       *self,
                          const SmRow *order,
                          SmOpsPlace  *out_place)
{
  g_return_val_if_fail (order != NULL, FALSE);

  return sm_ops_locate_station (self, sm_row_get_int (order, SM_WORK_ORDER_STATION_ID), out_place)
         || sm_ops_locate_vehicle (self, sm_row_get_int (order, SM_WORK_ORDER_VEHICLE_ID),
                                   out_place);
}

/** sm_ops_place_distance_m: Returns: as the crow flies */
double
sm_ops_place_distance_m (const SmOpsPlace *a,
                         const SmOpsPlace *b)
{
  return sm_geo_distance_m (a->latitude, a->longitude, b->latitude, b->longitude);
}
