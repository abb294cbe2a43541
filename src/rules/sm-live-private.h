/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-actor.h"
#include "sm-connection.h"
#include "sm-fleet.h"
#include "sm-report.h"
#include "sm-row.h"

G_BEGIN_DECLS

/** SmLiveVehicle: what one vehicle last said, and what follows from it. */
typedef struct
{
  gint64 id; /* 0: it has been removed */
  gint64 operator_id, area_id, fleet_id;
  gint64 carrier_id, gateway_id; /* organisations by which it is heard; SM_UNKNOWN */
  const char *model;  /* (nullable): interned */
  gint64 period_us;   /* between two reports, machine time */
  gint64 device_at;   /* the time its last report bore: the position of ingest */
  gint64 reported_at; /* network time; SM_UNKNOWN: never */
  gint64 heard_at;    /* network time at which anything came, since the service began */
  gint64 odometer_m;
  gint64 tick;        /* in which it last changed */
  gint64 battery_id, range_m, station_id, queue_since, eta; /* SM_UNKNOWN, as in a report */
  double latitude, longitude, heading_deg, speed_kmh, soc, pack_temperature_c;
  double insulation_ohm_per_v, spread_mv;
  SmWorldPoint at;
  guint8 motion, energy, connection, queue, reach;
  guint8 logged_out; /* its last report said that it would sleep */
  guint8 silence;    /* SmSilenceAlarm: what has been raised */
  guint8 is_in_dark; /* silent where others were not heard either */
  gboolean dirty; /* not saved yet */
} SmLiveVehicle;

void           sm_live_vehicle_init       (SmLiveVehicle         *self,
                                           gint64                 id);
void           sm_live_vehicle_take       (SmLiveVehicle         *self,
                                           const SmVehicleReport *report);
SmRow         *sm_live_vehicle_to_row     (const SmLiveVehicle   *self);
void           sm_live_vehicle_from_row   (SmLiveVehicle         *self,
                                           const SmRow           *row);
void           sm_live_vehicle_to_columns (const SmLiveVehicle   *self,
                                           SmVehicleColumns      *columns,
                                           guint                  i);
double         sm_live_vehicle_value      (gconstpointer          thing,
                                           guint                  field);

/** SmLiveRow: the same for a station, pile or connector. */
typedef struct
{
  gint64 operator_id, area_id, fleet_id;
  gint64 organisation_id; /* whose it is; SM_UNKNOWN */
  SmRow *row;
  gint64 tick;
  guint subject; /* its number among its noun's, for the limits */
  gint64 device_at; /* the time its last report bore, since the service began; 0: none */
  gint64 heard_at;  /* network time, since the service began; 0: not yet */
  gint64 period_us; /* the longest between two words, slowly forgotten */
  guint8 silence;   /* SmSilenceAlarm */
  gboolean dirty;
} SmLiveRow;

/** SmLiveRowFunc: @id: of the thing */
typedef void (*SmLiveRowFunc) (gint64     id,
                               SmLiveRow *row,
                               gpointer   user_data);

/**
 * SmLive:
 *
 * The live values of the network, in memory.  Changed by the writer's thread
 * alone, between sm_live_lock() and sm_live_unlock(); it may read without.
 * Read by any thread under the lock.  A change belongs to the tick that is
 * open; what is read is what the closed ticks hold, so that nobody who asks
 * for "what came after" misses a thing.
 */
typedef struct _SmLive SmLive;

SmLive        *sm_live_new           (gint64            machine_now);
void           sm_live_free          (SmLive           *self);
void           sm_live_lock          (SmLive           *self);
void           sm_live_unlock        (SmLive           *self);

gint64         sm_live_get_tick      (SmLive           *self);
gboolean       sm_live_close_tick    (SmLive           *self,
                                      gint64            machine_now);

/* The registry: which vehicles there are.  Writer's thread. */
gboolean       sm_live_load          (SmLive           *self,
                                      SmConnection     *registry,
                                      SmConnection     *live_file,
                                      GError          **error);
gboolean       sm_live_reload        (SmLive           *self,
                                      SmConnection     *registry,
                                      GError          **error);
void           sm_live_note_record   (SmLive           *self,
                                      const SmRow      *record);
gint64         sm_live_get_registry_rev (SmLive        *self);
void           sm_live_forget        (SmLive           *self,
                                      const SmNoun     *noun,
                                      gint64            id);
gboolean       sm_live_save          (SmLive           *self,
                                      SmConnection     *live_file,
                                      GError          **error);

guint          sm_live_n_vehicles    (SmLive           *self);
SmLiveVehicle *sm_live_get_vehicle   (SmLive           *self,
                                      guint             slot);
int            sm_live_find_id       (SmLive           *self,
                                      gint64            id);
int            sm_live_find_vin      (SmLive           *self,
                                      const char       *vin);
void           sm_live_touch         (SmLive           *self,
                                      SmLiveVehicle    *vehicle);
SmLiveRow     *sm_live_find_row      (SmLive           *self,
                                      const SmNoun     *noun,
                                      gint64            id);
void           sm_live_foreach_row   (SmLive           *self,
                                      SmNounId          noun,
                                      SmLiveRowFunc     func,
                                      gpointer          user_data);
SmLiveRow     *sm_live_set_row       (SmLive           *self,
                                      const SmRow      *record,
                                      SmRow            *row);

/* Any thread. */
SmVehicleBatch *sm_live_read_vehicles (SmLive          *self,
                                      const SmScope    *scope,
                                      gint64            since);
GPtrArray     *sm_live_read_rows     (SmLive           *self,
                                      const SmNoun     *noun,
                                      const SmScope    *scope,
                                      gint64            since,
                                      gint64           *out_tick);

GPtrArray     *sm_live_list_rows     (SmLive           *self,
                                      const SmNoun     *noun);

G_END_DECLS
