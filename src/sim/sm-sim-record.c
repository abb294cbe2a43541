/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-record.h"

#include <math.h>

#include "sm-time.h"

/** sm_sim_order_number: The same for the same vehicle and moment, after any number of starts. */
char *
sm_sim_order_number (const SmSimWorld *world,
                     guint             vehicle,
                     gint64            created_us)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (created_us / SM_SECOND);
  g_autofree char *stamp = g_date_time_format (at, "%Y%m%d%H%M%S");

  return g_strdup_printf ("S%s-%06" G_GINT64_FORMAT, stamp, world->vehicles[vehicle].id);
}

static char *
steps_json (const SmSimSwap *swap)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < G_N_ELEMENTS (swap->step_us); i++)
    {
      g_autofree char *at = NULL;

      if (swap->step_us[i] == SM_UNKNOWN)
        continue;
      at = sm_time_to_rfc3339 (swap->step_us[i]);
      g_string_append_printf (text, "%s\"%s\":\"%s\"", text->len > 1 ? "," : "", sm_swap_steps[i], at);
    }
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
set_time (SmRow  *row,
          guint   field,
          gint64  at_us)
{
  if (at_us != SM_UNKNOWN)
    sm_row_set_int (row, field, at_us);
}

static void
set_real (SmRow  *row,
          guint   field,
          double  value)
{
  if (!isnan (value))
    sm_row_set_real (row, field, round (value * 10.0) / 10.0);
}

static void
set_results (SmRow            *row,
             const SmSimWorld *world,
             const SmSimSwap  *swap)
{
  gint64 called_us = swap->step_us[SM_SWAP_STEP_CALLED];

  if (swap->pack_out != G_MAXUINT)
    sm_row_set_int (row, SM_ORDER_BATTERY_OUT_ID, world->packs[swap->pack_out].id);
  if (swap->pack_in != G_MAXUINT)
    sm_row_set_int (row, SM_ORDER_BATTERY_IN_ID, world->packs[swap->pack_in].id);
  if (called_us != SM_UNKNOWN)
    sm_row_set_real (row, SM_ORDER_WAIT_S,
                     round ((double) (called_us - swap->created_us) / (double) SM_SECOND));
  if (swap->process == SM_ORDER_PROCESS_COMPLETED)
    {
      sm_row_set_real (row, SM_ORDER_DURATION_S,
                       round ((double) (swap->ended_us - called_us) / (double) SM_SECOND));
      sm_row_set_int (row, SM_ORDER_ENERGY_WH, swap->energy_wh);
      sm_row_set_text (row, SM_ORDER_ENERGY_BASIS, "pack_meter");
    }
  set_real (row, SM_ORDER_SOC_BEFORE, swap->soc_before);
  set_real (row, SM_ORDER_SOC_AFTER, swap->soc_after);
  if (swap->abnormal != NULL)
    sm_row_set_text (row, SM_ORDER_ABNORMAL, swap->abnormal);
}

/** sm_sim_swap_to_row: Returns: (transfer full): its order, for sm_orders_put() */
SmRow *
sm_sim_swap_to_row (const SmSimWorld *world,
                    const SmSimSwap  *swap)
{
  const SmSimVehicle *vehicle = &world->vehicles[swap->vehicle];
  const SmSimStation *station = &world->stations[swap->station];
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ORDER));

  sm_row_take_text (row, SM_ORDER_NUMBER,
                    sm_sim_order_number (world, swap->vehicle, swap->created_us));
  sm_row_set_text (row, SM_ORDER_KIND, sm_order_kinds[SM_ORDER_KIND_SWAP]);
  sm_row_set_text (row, SM_ORDER_PROCESS, sm_order_processes[swap->process]);
  sm_row_set_int (row, SM_ORDER_STATION_ID, station->id);
  if (swap->lane != G_MAXUINT)
    sm_row_set_int (row, SM_ORDER_LANE_ID, world->lane_ids[station->first_lane + swap->lane]);
  sm_row_set_int (row, SM_ORDER_VEHICLE_ID, vehicle->id);
  if (vehicle->driver_id != 0 && vehicle->driver_id != SM_UNKNOWN)
    sm_row_set_int (row, SM_ORDER_DRIVER_ID, vehicle->driver_id);
  sm_row_set_int (row, SM_ORDER_CREATED_AT, swap->created_us);
  set_time (row, SM_ORDER_STARTED_AT, swap->step_us[SM_SWAP_STEP_CALLED]);
  set_time (row, SM_ORDER_ENDED_AT, swap->ended_us);
  sm_row_take_text (row, SM_ORDER_STEPS, steps_json (swap));
  set_results (row, world, swap);
  return row;
}

/** sm_sim_movement_to_row: Returns: (transfer full): @order_id 0: not known */
SmRow *
sm_sim_movement_to_row (const SmSimWorld    *world,
                        const SmSimMovement *movement,
                        gint64               order_id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY_MOVEMENT));

  sm_row_set_int (row, SM_BATTERY_MOVEMENT_BATTERY_ID, world->packs[movement->pack].id);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_AT, movement->at_us);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_FROM_PLACE, sm_battery_places[movement->from]);
  set_time (row, SM_BATTERY_MOVEMENT_FROM_ID, movement->from_id);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_TO_PLACE, sm_battery_places[movement->to]);
  set_time (row, SM_BATTERY_MOVEMENT_TO_ID, movement->to_id);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_STATION_ID, world->stations[movement->station].id);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_VEHICLE_ID, world->vehicles[movement->vehicle].id);
  if (order_id != 0)
    sm_row_set_int (row, SM_BATTERY_MOVEMENT_ORDER_ID, order_id);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_REASON, "swap");
  set_real (row, SM_BATTERY_MOVEMENT_SOC, movement->soc);
  sm_row_set_real (row, SM_BATTERY_MOVEMENT_SOH, round (movement->soh * 100.0) / 100.0);
  set_real (row, SM_BATTERY_MOVEMENT_SPREAD_MV, movement->spread_mv);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_CHARGED_WH, movement->charged_wh);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_THROUGHPUT_WH, movement->throughput_wh);
  return row;
}

/** sm_sim_driving_event_to_row: Returns: (transfer full) */
SmRow *
sm_sim_driving_event_to_row (const SmSimWorld        *world,
                             const SmSimDrivingEvent *event)
{
  const SmSimVehicle *vehicle = &world->vehicles[event->vehicle];
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_DRIVING_EVENT));

  sm_row_set_int (row, SM_DRIVING_EVENT_VEHICLE_ID, vehicle->id);
  if (vehicle->driver_id != 0 && vehicle->driver_id != SM_UNKNOWN)
    sm_row_set_int (row, SM_DRIVING_EVENT_DRIVER_ID, vehicle->driver_id);
  sm_row_set_text (row, SM_DRIVING_EVENT_KIND, sm_driving_event_kinds[event->kind]);
  sm_row_set_int (row, SM_DRIVING_EVENT_AT, event->at_us);
  set_real (row, SM_DRIVING_EVENT_VALUE, event->value);
  set_real (row, SM_DRIVING_EVENT_LIMIT_VALUE, event->limit_value);
  sm_row_set_real (row, SM_DRIVING_EVENT_LATITUDE, round (event->latitude * 1e6) / 1e6);
  sm_row_set_real (row, SM_DRIVING_EVENT_LONGITUDE, round (event->longitude * 1e6) / 1e6);
  return row;
}
