/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-live-private.h"

#include "sm-time.h"

#include <math.h>

/* What one vehicle last said, from and to its other shapes. */

void
sm_live_vehicle_init (SmLiveVehicle *self,
                      gint64         id)
{
  *self = (SmLiveVehicle){
    .id = id, .device_at = SM_UNKNOWN, .reported_at = SM_UNKNOWN, .heard_at = SM_UNKNOWN,
    .odometer_m = SM_UNKNOWN, .latitude = NAN, .longitude = NAN, .heading_deg = NAN,
    .speed_kmh = NAN, .soc = NAN, .pack_temperature_c = NAN, .motion = SM_ENUM_UNKNOWN,
    .energy = SM_ENUM_UNKNOWN, .connection = SM_CONNECTION_UNREGISTERED,
    .battery_id = SM_UNKNOWN, .range_m = SM_UNKNOWN, .station_id = SM_UNKNOWN,
    .queue_since = SM_UNKNOWN, .eta = SM_UNKNOWN, .insulation_ohm_per_v = NAN, .spread_mv = NAN,
    .queue = SM_ENUM_UNKNOWN, .reach = SM_ENUM_UNKNOWN,
  };
}

static double
within (double value,
        double least,
        double most)
{
  return value >= least && value <= most ? value : NAN;
}

/* Half a position is none. */
static void
take_position (SmLiveVehicle         *self,
               const SmVehicleReport *report)
{
  double latitude = within (report->latitude, -90, 90);
  double longitude = within (report->longitude, -180, 180);

  if (isnan (latitude) || isnan (longitude))
    {
      self->latitude = self->longitude = NAN;
      self->at = (SmWorldPoint){ 0, 0 };
    }
  else if (latitude != self->latitude || longitude != self->longitude)
    {
      self->latitude = latitude;
      self->longitude = longitude;
      self->at = sm_world_project (latitude, longitude);
    }
}

static void
take_queue (SmLiveVehicle         *self,
            const SmVehicleReport *report)
{
  gboolean has_station = report->station_id > 0;
  gboolean is_queued = has_station && report->queue <= SM_QUEUE_IN_LANE;

  self->station_id = has_station ? report->station_id : SM_UNKNOWN;
  self->queue = is_queued ? report->queue : SM_ENUM_UNKNOWN;
  self->queue_since = is_queued ? report->queue_since : SM_UNKNOWN;
  self->eta = has_station ? report->eta : SM_UNKNOWN;
}

static void
take_pack (SmLiveVehicle         *self,
           const SmVehicleReport *report)
{
  gboolean has_pack = report->battery_id > 0;
  double most = within (report->pack.cell_max_mv, 0, 15000);
  double least = within (report->pack.cell_min_mv, 0, 15000);

  self->battery_id = has_pack ? report->battery_id : SM_UNKNOWN;
  self->range_m = report->range_m > 0 || (has_pack && report->range_m == 0) ? report->range_m
                                                                            : SM_UNKNOWN;
  self->insulation_ohm_per_v = has_pack ? within (report->pack.insulation_ohm_per_v, 0, 1e6) : NAN;
  self->spread_mv = has_pack && most >= least ? most - least : NAN;
}

/** sm_live_vehicle_take: What no device can mean is unknown. */
void
sm_live_vehicle_take (SmLiveVehicle         *self,
                      const SmVehicleReport *report)
{
  take_position (self, report);
  self->heading_deg = within (report->heading_deg, 0, 360);
  self->speed_kmh = within (report->speed_kmh, 0, 500);
  self->soc = within (report->soc, 0, 100);
  self->pack_temperature_c = within (report->pack_temperature_c, -100, 1000);
  self->odometer_m = report->odometer_m >= 0 ? report->odometer_m : SM_UNKNOWN;
  self->motion = report->motion <= SM_MOTION_PARKED ? report->motion : SM_ENUM_UNKNOWN;
  self->energy = report->energy <= SM_ENERGY_SWAPPING ? report->energy : SM_ENUM_UNKNOWN;
  self->logged_out = report->logs_out ? 1 : 0;
  take_queue (self, report);
  take_pack (self, report);
}

static void
set_slug (SmRow             *row,
          guint              field,
          const char *const *slugs,
          guint8             value)
{
  if (value != SM_ENUM_UNKNOWN)
    sm_row_set_text (row, field, slugs[value]);
}

/** sm_live_vehicle_to_row: Returns: (transfer full): its id and live fields */
SmRow *
sm_live_vehicle_to_row (const SmLiveVehicle *self)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

  sm_row_set_int (row, SM_ROW_ID, self->id);
  sm_row_set_real (row, SM_VEHICLE_LATITUDE, self->latitude);
  sm_row_set_real (row, SM_VEHICLE_LONGITUDE, self->longitude);
  sm_row_set_real (row, SM_VEHICLE_HEADING_DEG, self->heading_deg);
  sm_row_set_real (row, SM_VEHICLE_SPEED_KMH, self->speed_kmh);
  sm_row_set_real (row, SM_VEHICLE_SOC, self->soc);
  sm_row_set_real (row, SM_VEHICLE_PACK_TEMPERATURE_C, self->pack_temperature_c);
  sm_row_set_int (row, SM_VEHICLE_ODOMETER_M, self->odometer_m);
  set_slug (row, SM_VEHICLE_MOTION, sm_motions, self->motion);
  set_slug (row, SM_VEHICLE_ENERGY, sm_energies, self->energy);
  set_slug (row, SM_VEHICLE_CONNECTION, sm_connections, self->connection);
  sm_row_set_int (row, SM_VEHICLE_BATTERY_ID, self->battery_id);
  sm_row_set_int (row, SM_VEHICLE_RANGE_M, self->range_m);
  sm_row_set_int (row, SM_VEHICLE_STATION_ID, self->station_id);
  set_slug (row, SM_VEHICLE_QUEUE, sm_queue_states, self->queue);
  sm_row_set_int (row, SM_VEHICLE_QUEUE_SINCE, self->queue_since);
  sm_row_set_int (row, SM_VEHICLE_ETA, self->eta);
  set_slug (row, SM_VEHICLE_REACH, sm_reaches, self->reach);
  sm_row_set_real (row, SM_VEHICLE_INSULATION_OHM_PER_V, self->insulation_ohm_per_v);
  sm_row_set_real (row, SM_VEHICLE_SPREAD_MV, self->spread_mv);
  sm_row_set_int (row, SM_VEHICLE_REPORTED_AT, self->reported_at);
  return row;
}

/** sm_live_vehicle_from_row: What it said in an earlier run of the service. */
void
sm_live_vehicle_from_row (SmLiveVehicle *self,
                          const SmRow   *row)
{
  self->latitude = sm_row_get_real (row, SM_VEHICLE_LATITUDE);
  self->longitude = sm_row_get_real (row, SM_VEHICLE_LONGITUDE);
  if (!isnan (self->latitude) && !isnan (self->longitude))
    self->at = sm_world_project (self->latitude, self->longitude);
  self->heading_deg = sm_row_get_real (row, SM_VEHICLE_HEADING_DEG);
  self->speed_kmh = sm_row_get_real (row, SM_VEHICLE_SPEED_KMH);
  self->soc = sm_row_get_real (row, SM_VEHICLE_SOC);
  self->pack_temperature_c = sm_row_get_real (row, SM_VEHICLE_PACK_TEMPERATURE_C);
  self->odometer_m = sm_row_get_int (row, SM_VEHICLE_ODOMETER_M);
  self->motion = (guint8) sm_row_get_enum (row, SM_VEHICLE_MOTION);
  self->energy = (guint8) sm_row_get_enum (row, SM_VEHICLE_ENERGY);
  self->connection = (guint8) sm_row_get_enum (row, SM_VEHICLE_CONNECTION);
  self->battery_id = sm_row_get_int (row, SM_VEHICLE_BATTERY_ID);
  self->range_m = sm_row_get_int (row, SM_VEHICLE_RANGE_M);
  self->station_id = sm_row_get_int (row, SM_VEHICLE_STATION_ID);
  self->queue = (guint8) sm_row_get_enum (row, SM_VEHICLE_QUEUE);
  self->queue_since = sm_row_get_int (row, SM_VEHICLE_QUEUE_SINCE);
  self->eta = sm_row_get_int (row, SM_VEHICLE_ETA);
  self->reach = (guint8) sm_row_get_enum (row, SM_VEHICLE_REACH);
  self->insulation_ohm_per_v = sm_row_get_real (row, SM_VEHICLE_INSULATION_OHM_PER_V);
  self->spread_mv = sm_row_get_real (row, SM_VEHICLE_SPREAD_MV);
  self->reported_at = self->device_at = sm_row_get_int (row, SM_VEHICLE_REPORTED_AT);
  self->logged_out = self->connection == SM_CONNECTION_ASLEEP;
  self->dirty = FALSE;
}

/** sm_live_vehicle_to_columns: Writes it into slot @i of a batch. */
void
sm_live_vehicle_to_columns (const SmLiveVehicle *self,
                            SmVehicleColumns    *columns,
                            guint                i)
{
  columns->id[i] = self->id;
  columns->at[i] = self->at;
  columns->heading[i] = isnan (self->heading_deg)
                            ? SM_HEADING_UNKNOWN
                            : (guint16) (lround (self->heading_deg) % 360);
  columns->speed_kmh[i] = (float) self->speed_kmh;
  columns->soc[i] = (float) self->soc;
  columns->temperature_c[i] = (float) self->pack_temperature_c;
  columns->motion[i] = self->motion;
  columns->energy[i] = self->energy;
  columns->connection[i] = self->connection;
  columns->reported_at[i] = self->reported_at;
  columns->battery_id[i] = self->battery_id;
  columns->range_m[i] = self->range_m;
  columns->station_id[i] = self->station_id;
  columns->queue_since[i] = self->queue_since;
  columns->eta[i] = self->eta;
  columns->queue[i] = self->queue;
  columns->reach[i] = self->reach;
  columns->insulation_ohm_per_v[i] = (float) self->insulation_ohm_per_v;
  columns->spread_mv[i] = (float) self->spread_mv;
}

/** sm_live_vehicle_value: Returns: the number that a limit looks at; NAN: unknown */
double
sm_live_vehicle_value (gconstpointer thing,
                       guint         field)
{
  const SmLiveVehicle *self = thing;

  switch (field)
    {
    case SM_VEHICLE_SPEED_KMH:
      return self->speed_kmh;
    case SM_VEHICLE_SOC:
      return self->soc;
    case SM_VEHICLE_PACK_TEMPERATURE_C:
      return self->pack_temperature_c;
    case SM_VEHICLE_INSULATION_OHM_PER_V:
      return self->insulation_ohm_per_v;
    case SM_VEHICLE_SPREAD_MV:
      return self->spread_mv;
    default:
      return NAN;
    }
}
