/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-noun.h"
#include "sm-world.h"

G_BEGIN_DECLS

/**
 * SmVehicleColumns:
 *
 * Live values of vehicles as plain arrays of the same length: what a /live
 * answer is read into, and what the map draws from.
 */
typedef struct
{
  guint n;
  gint64 *id;
  SmWorldPoint *at;    /* {0, 0}: position unknown */
  guint16 *heading;    /* degrees clockwise from north; SM_HEADING_UNKNOWN */
  float *speed_kmh;    /* NAN: unknown, as for the others */
  float *soc;          /* % */
  float *temperature_c;
  guint8 *motion;      /* SmMotion or SM_ENUM_UNKNOWN */
  guint8 *energy;      /* SmEnergy or SM_ENUM_UNKNOWN */
  guint8 *connection;  /* SmConnectionState or SM_ENUM_UNKNOWN */
  gint64 *reported_at; /* network time, µs; SM_UNKNOWN */
  gint64 *battery_id;  /* SM_UNKNOWN, as for the next four */
  gint64 *range_m;
  gint64 *station_id;  /* where it is going to, waits or is served */
  gint64 *queue_since;
  gint64 *eta;
  guint8 *queue;       /* SmQueueState or SM_ENUM_UNKNOWN */
  guint8 *reach;       /* SmReach or SM_ENUM_UNKNOWN */
  float *insulation_ohm_per_v;
  float *spread_mv;
} SmVehicleColumns;

#define SM_HEADING_UNKNOWN 0xffff

void sm_vehicle_columns_copy (SmVehicleColumns       *to,
                              guint                   to_slot,
                              const SmVehicleColumns *from,
                              guint                   from_slot);

/**
 * SmVehicleBatch:
 *
 * What one /live/vehicles answer said; immutable once it is handed on.
 * Reference counted; any thread.
 */
typedef struct
{
  gatomicrefcount ref_count;
  gint64 tick; /* ask for what came after this */
  SmVehicleColumns columns;
} SmVehicleBatch;

SmVehicleBatch *sm_vehicle_batch_new   (guint           n);
SmVehicleBatch *sm_vehicle_batch_ref   (SmVehicleBatch *self);
void            sm_vehicle_batch_unref (SmVehicleBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmVehicleBatch, sm_vehicle_batch_unref)

/**
 * SmFleet:
 *
 * Every vehicle's live values, updated in place by sync's batches and drawn by
 * the map straight from its arrays.  Slots are stable: a vehicle keeps its
 * slot as long as it exists.  Main thread only.
 *
 * Signal "changed" (): values or the number of vehicles changed; at most once
 * for a batch.
 */
#define SM_TYPE_FLEET (sm_fleet_get_type ())
G_DECLARE_FINAL_TYPE (SmFleet, sm_fleet, SM, FLEET, GObject)

SmFleet                *sm_fleet_new         (void);
const SmVehicleColumns *sm_fleet_get_columns (SmFleet        *self);
const SmWorldPoint     *sm_fleet_get_before  (SmFleet        *self);
const guint8           *sm_fleet_get_levels  (SmFleet        *self);
guint64                 sm_fleet_get_version (SmFleet        *self);
gint64                  sm_fleet_get_moved_at (SmFleet       *self);
int                     sm_fleet_find        (SmFleet        *self,
                                              gint64          id);
void                    sm_fleet_apply       (SmFleet        *self,
                                              SmVehicleBatch *batch);
void                    sm_fleet_remove      (SmFleet        *self,
                                              gint64          id);
void                    sm_fleet_set_level   (SmFleet        *self,
                                              gint64          id,
                                              guint           level);
void                    sm_fleet_clear       (SmFleet        *self);

G_END_DECLS
