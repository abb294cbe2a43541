/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-vehicle-row.h"

#include "sm-radix.h"
#include "sm-time.h"

#include <math.h>

static void
set_id (SmRow  *row,
        guint   field,
        gint64  id)
{
  if (id > 0)
    sm_row_set_int (row, field, id);
}

static void
set_slug (SmRow *row,
          guint  field,
          guint  value)
{
  if (value != SM_ENUM_UNKNOWN)
    sm_row_set_text (row, field, sm_row_get_noun (row)->fields[field].slugs[value]);
}

static void
set_text (SmRow      *row,
          guint       field,
          const char *text)
{
  if (*text != '\0')
    sm_row_set_text (row, field, text);
}

static void
set_record (SmRow                 *row,
            const SmVehicleRecord *record)
{
  set_id (row, SM_VEHICLE_FLEET_ID, record->fleet_id);
  set_id (row, SM_VEHICLE_AREA_ID, record->area_id);
  set_id (row, SM_VEHICLE_DRIVER_ID, record->driver_id);
  set_text (row, SM_VEHICLE_PLATE, record->plate);
  set_text (row, SM_VEHICLE_VIN, record->vin);
  set_text (row, SM_VEHICLE_MODEL, record->model);
}

static void
set_live (SmRow                  *row,
          const SmVehicleColumns *columns,
          guint                   i)
{
  SmWorldPoint at = columns->at[i];
  double latitude, longitude;

  if (at.x != 0 || at.y != 0)
    {
      sm_world_unproject (at, &latitude, &longitude);
      sm_row_set_real (row, SM_VEHICLE_LATITUDE, latitude);
      sm_row_set_real (row, SM_VEHICLE_LONGITUDE, longitude);
    }
  if (columns->heading[i] != SM_HEADING_UNKNOWN)
    sm_row_set_real (row, SM_VEHICLE_HEADING_DEG, columns->heading[i]);
  sm_row_set_real (row, SM_VEHICLE_SPEED_KMH, columns->speed_kmh[i]);
  sm_row_set_real (row, SM_VEHICLE_SOC, columns->soc[i]);
  sm_row_set_real (row, SM_VEHICLE_PACK_TEMPERATURE_C, columns->temperature_c[i]);
  set_slug (row, SM_VEHICLE_MOTION, columns->motion[i]);
  set_slug (row, SM_VEHICLE_ENERGY, columns->energy[i]);
  set_slug (row, SM_VEHICLE_CONNECTION, columns->connection[i]);
  sm_row_set_int (row, SM_VEHICLE_BATTERY_ID, columns->battery_id[i]);
  sm_row_set_int (row, SM_VEHICLE_RANGE_M, columns->range_m[i]);
  sm_row_set_int (row, SM_VEHICLE_STATION_ID, columns->station_id[i]);
  set_slug (row, SM_VEHICLE_QUEUE, columns->queue[i]);
  sm_row_set_int (row, SM_VEHICLE_QUEUE_SINCE, columns->queue_since[i]);
  sm_row_set_int (row, SM_VEHICLE_ETA, columns->eta[i]);
  set_slug (row, SM_VEHICLE_REACH, columns->reach[i]);
  sm_row_set_real (row, SM_VEHICLE_INSULATION_OHM_PER_V, columns->insulation_ohm_per_v[i]);
  sm_row_set_real (row, SM_VEHICLE_SPREAD_MV, columns->spread_mv[i]);
  sm_row_set_int (row, SM_VEHICLE_REPORTED_AT, columns->reported_at[i]);
}

/**
 * sm_vehicle_row_new:
 * @record: (nullable): what it is called
 * @slot: in @columns, -1: it has not reported
 *
 * Returns: (transfer full): all that is in memory of vehicle @id
 */
SmRow *
sm_vehicle_row_new (gint64                  id,
                    const SmVehicleRecord  *record,
                    const SmVehicleColumns *columns,
                    int                     slot)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

  sm_row_set_int (row, SM_VEHICLE_ID, id);
  if (record != NULL)
    set_record (row, record);
  if (slot >= 0)
    set_live (row, columns, (guint) slot);
  return row;
}

/** sm_vehicle_field_is_text: Whether it is sorted by what a record says, as text. */
gboolean
sm_vehicle_field_is_text (guint field)
{
  return field == SM_VEHICLE_PLATE || field == SM_VEHICLE_VIN || field == SM_VEHICLE_MODEL
         || field == SM_VEHICLE_FLEET_ID || field == SM_VEHICLE_AREA_ID
         || field == SM_VEHICLE_DRIVER_ID;
}

static guint32
key_of_int (gint64   value,
            gboolean descending)
{
  return value == SM_UNKNOWN ? SM_KEY_UNKNOWN : sm_key_of_int (value, descending);
}

/* Times to the second, from 2000 on. */
static guint32
key_of_time (gint64   value,
             gboolean descending)
{
  return value == SM_UNKNOWN
             ? SM_KEY_UNKNOWN
             : sm_key_of_int (value / 1000000 - G_GINT64_CONSTANT (946684800), descending);
}

static guint32
key_of_enum (guint    value,
             gboolean descending)
{
  return value == SM_ENUM_UNKNOWN ? SM_KEY_UNKNOWN : sm_key_of_int (value, descending);
}

/** sm_vehicle_sort_key: Returns: the key of a live field, for sm_radix_sort() */
guint32
sm_vehicle_sort_key (const SmVehicleColumns *columns,
                     guint                   slot,
                     guint                   field,
                     gboolean                descending)
{
  switch (field)
    {
    case SM_VEHICLE_SPEED_KMH:
      return sm_key_of_real (columns->speed_kmh[slot], descending);
    case SM_VEHICLE_SOC:
      return sm_key_of_real (columns->soc[slot], descending);
    case SM_VEHICLE_PACK_TEMPERATURE_C:
      return sm_key_of_real (columns->temperature_c[slot], descending);
    case SM_VEHICLE_INSULATION_OHM_PER_V:
      return sm_key_of_real (columns->insulation_ohm_per_v[slot], descending);
    case SM_VEHICLE_SPREAD_MV:
      return sm_key_of_real (columns->spread_mv[slot], descending);
    case SM_VEHICLE_HEADING_DEG:
      return columns->heading[slot] == SM_HEADING_UNKNOWN
                 ? SM_KEY_UNKNOWN : sm_key_of_int (columns->heading[slot], descending);
    case SM_VEHICLE_MOTION:
      return key_of_enum (columns->motion[slot], descending);
    case SM_VEHICLE_ENERGY:
      return key_of_enum (columns->energy[slot], descending);
    case SM_VEHICLE_CONNECTION:
      return key_of_enum (columns->connection[slot], descending);
    case SM_VEHICLE_QUEUE:
      return key_of_enum (columns->queue[slot], descending);
    case SM_VEHICLE_REACH:
      return key_of_enum (columns->reach[slot], descending);
    case SM_VEHICLE_BATTERY_ID:
      return key_of_int (columns->battery_id[slot], descending);
    case SM_VEHICLE_RANGE_M:
      return key_of_int (columns->range_m[slot], descending);
    case SM_VEHICLE_STATION_ID:
      return key_of_int (columns->station_id[slot], descending);
    case SM_VEHICLE_QUEUE_SINCE:
      return key_of_time (columns->queue_since[slot], descending);
    case SM_VEHICLE_ETA:
      return key_of_time (columns->eta[slot], descending);
    case SM_VEHICLE_REPORTED_AT:
      return key_of_time (columns->reported_at[slot], descending);
    default:
      return key_of_int (columns->id[slot], descending);
    }
}
