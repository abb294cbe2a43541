/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-engine-private.h"

#include <math.h>

#include "sm-time.h"

static double
rounded (double value,
         double to)
{
  return round (value * to) / to;
}

static guint8
queue_state (SmSimEngine         *self,
             const SmSimTruckNow *truck,
             gint64               at_us)
{
  gint64 positioned_us;

  if (truck->phase == SM_SIM_DRIVING)
    return SM_QUEUE_INBOUND;
  if (truck->phase != SM_SIM_SWAPPING)
    return SM_QUEUE_WAITING;
  positioned_us = self->lanes[truck->lane].swap.step_us[SM_SWAP_STEP_POSITIONED];
  return positioned_us != SM_UNKNOWN && at_us >= positioned_us ? SM_QUEUE_IN_LANE : SM_QUEUE_CALLED;
}

static void
look_place (const SmSimTruckNow *truck,
            gint64               at_us,
            SmVehicleReport     *report)
{
  double kmh = 0.0, heading_deg, along_m = truck->leg.length_m;
  double latitude = truck->at.latitude, longitude = truck->at.longitude;

  if (truck->phase == SM_SIM_DRIVING)
    along_m = sm_sim_route_along_m (truck, at_us, &kmh);
  sm_sim_leg_at (&truck->leg, along_m, &report->latitude, &report->longitude, &heading_deg);
  if (truck->phase != SM_SIM_DRIVING)
    {
      report->latitude = latitude;
      report->longitude = longitude;
    }
  report->latitude = rounded (report->latitude, 1e6);
  report->longitude = rounded (report->longitude, 1e6);
  report->heading_deg = rounded (heading_deg, 1.0) >= 360.0 ? 0.0 : rounded (heading_deg, 1.0);
  report->speed_kmh = rounded (kmh, 10.0);
  report->odometer_m = (gint64) (truck->odometer_m
                                 + (truck->phase == SM_SIM_DRIVING ? along_m : 0.0));
  report->motion = truck->phase == SM_SIM_DRIVING ? SM_MOTION_DRIVING : SM_MOTION_PARKED;
}

static void
look_queue (SmSimEngine         *self,
            const SmSimTruckNow *truck,
            gint64               at_us,
            SmVehicleReport     *report)
{
  if (truck->station == NONE || truck->phase == SM_SIM_STRANDED)
    return;
  report->station_id = self->world->stations[truck->station].id;
  report->queue = queue_state (self, truck, at_us);
  report->queue_since = truck->queue_since_us;
  report->eta = truck->phase == SM_SIM_DRIVING ? truck->eta_us : SM_UNKNOWN;
}

/**
 * sm_sim_engine_look_vehicle:
 * @at_us: when it has lived to
 *
 * What its box sends at this moment, as precise as such boxes are.
 *
 * Returns: FALSE when it sends nothing: it sleeps, or is silent
 */
gboolean
sm_sim_engine_look_vehicle (SmSimEngine     *self,
                            guint            vehicle,
                            gint64           at_us,
                            SmVehicleReport *out_report)
{
  SmSimTruckNow *truck = &self->trucks[vehicle];
  gboolean sleeps = truck->phase == SM_SIM_SLEEPING && !truck->is_plugged;
  SmSimPackNow pack;
  double kw;

  if (truck->is_silent || (sleeps && truck->has_logged_out))
    return FALSE;
  truck->has_logged_out = sleeps;
  sm_vehicle_report_init (out_report);
  out_report->vehicle_id = self->world->vehicles[vehicle].id;
  out_report->at_us = at_us;
  out_report->logs_out = sleeps;
  out_report->station_id = 0;
  look_place (truck, at_us, out_report);
  look_queue (self, truck, at_us, out_report);
  out_report->energy = out_report->queue == SM_QUEUE_IN_LANE ? SM_ENERGY_SWAPPING
                       : truck->is_plugged ? SM_ENERGY_CHARGING : SM_ENERGY_IDLE;
  if (truck->pack == NONE)
    return TRUE;
  kw = sm_sim_truck_at (self, vehicle, at_us, &pack);
  out_report->battery_id = self->world->packs[truck->pack].id;
  out_report->soc = rounded (sm_sim_pack_soc (&pack), 10.0);
  out_report->pack_temperature_c = rounded (pack.temperature_c, 10.0);
  out_report->range_m = (gint64) ((double) sm_sim_pack_stored_wh (&pack) / truck->wh_per_m);
  sm_sim_pack_report (&pack, kw, &out_report->pack);
  return TRUE;
}

static SmRow *
new_row (SmNounId noun,
         gint64   id)
{
  SmRow *row = sm_row_new (sm_noun_get (noun));

  sm_row_set_int (row, SM_ROW_ID, id);
  return row;
}

static SmSwapStep
step_at (const SmSimLaneNow *lane,
         gint64              at_us)
{
  SmSwapStep step = SM_SWAP_STEP_CALLED;

  for (guint i = SM_SWAP_STEP_CALLED; i <= SM_SWAP_STEP_RELEASED; i++)
    if (lane->swap.step_us[i] != SM_UNKNOWN && lane->swap.step_us[i] <= at_us)
      step = i;
  return step;
}

static SmRow *
lane_row (SmSimEngine *self,
          guint        index,
          gint64       at_us)
{
  const SmSimLaneNow *lane = &self->lanes[index];
  SmRow *row = new_row (SM_NOUN_LANE, self->world->lane_ids[index]);
  SmLaneState state = SM_LANE_STATE_FREE;

  if (lane->truck != NONE)
    {
      state = SM_LANE_STATE_OCCUPIED;
      sm_row_set_text (row, SM_LANE_STEP, sm_swap_steps[step_at (lane, at_us)]);
      sm_row_set_int (row, SM_LANE_VEHICLE_ID, self->world->vehicles[lane->truck].id);
    }
  if (lane->is_blocked)
    state = SM_LANE_STATE_BLOCKED;
  sm_row_set_text (row, SM_LANE_STATE, sm_lane_states[state]);
  sm_row_set_int (row, SM_LANE_SINCE, lane->since_us);
  sm_row_set_int (row, SM_LANE_REPORTED_AT, at_us);
  return row;
}

static void
set_pack_fields (SmRow              *row,
                 const SmSimPackNow *pack,
                 double              kw)
{
  SmPackReport report;

  sm_sim_pack_report (pack, kw, &report);
  sm_row_set_real (row, SM_BATTERY_SOC, rounded (sm_sim_pack_soc (pack), 10.0));
  sm_row_set_real (row, SM_BATTERY_SOH, report.soh);
  sm_row_set_real (row, SM_BATTERY_CYCLE_COUNT, report.cycle_count);
  sm_row_set_int (row, SM_BATTERY_THROUGHPUT_WH, report.throughput_wh);
  sm_row_set_int (row, SM_BATTERY_CHARGED_WH, report.charged_wh);
  sm_row_set_real (row, SM_BATTERY_VOLTAGE_V, report.voltage_v);
  sm_row_set_real (row, SM_BATTERY_CURRENT_A, report.current_a);
  sm_row_set_real (row, SM_BATTERY_TEMPERATURE_MAX_C, report.temperature_max_c);
  sm_row_set_int (row, SM_BATTERY_TEMPERATURE_MAX_PROBE, report.temperature_max_probe);
  sm_row_set_real (row, SM_BATTERY_TEMPERATURE_MIN_C, report.temperature_min_c);
  sm_row_set_int (row, SM_BATTERY_TEMPERATURE_MIN_PROBE, report.temperature_min_probe);
  sm_row_set_real (row, SM_BATTERY_CELL_MAX_MV, report.cell_max_mv);
  sm_row_set_int (row, SM_BATTERY_CELL_MAX_NUMBER, report.cell_max_number);
  sm_row_set_real (row, SM_BATTERY_CELL_MIN_MV, report.cell_min_mv);
  sm_row_set_int (row, SM_BATTERY_CELL_MIN_NUMBER, report.cell_min_number);
  sm_row_set_real (row, SM_BATTERY_SPREAD_MV, report.cell_max_mv - report.cell_min_mv);
  sm_row_set_real (row, SM_BATTERY_INSULATION_OHM_PER_V, report.insulation_ohm_per_v);
}

static SmRow *
battery_row (SmSimEngine        *self,
             guint32             pack,
             const SmSimPackNow *now,
             double              kw,
             gint64              station_id,
             gint64              at_us)
{
  SmRow *row = new_row (SM_NOUN_BATTERY, self->world->packs[pack].id);
  gint64 place_id = sm_sim_engine_pack_place_id (self, pack);

  sm_row_set_text (row, SM_BATTERY_PLACE, sm_battery_places[now->place]);
  if (place_id != SM_UNKNOWN)
    sm_row_set_int (row, SM_BATTERY_PLACE_ID, place_id);
  if (station_id != 0)
    sm_row_set_int (row, SM_BATTERY_STATION_ID, station_id);
  if (now->placed_us != SM_UNKNOWN)
    sm_row_set_int (row, SM_BATTERY_CARRIED_SINCE, now->placed_us);
  set_pack_fields (row, now, kw);
  sm_row_set_int (row, SM_BATTERY_REPORTED_AT, at_us);
  return row;
}

/* The truck that comes for its pack, or leaves one here; or NONE. */
static guint32
held_for (const SmSimEngine *self,
          const SmSimBayNow *bay)
{
  return bay->reserved_for != NONE || bay->pack == NONE ? bay->reserved_for
                                                        : self->promised[bay->pack];
}

static SmBayState
bay_state (const SmSimEngine  *self,
           const SmSimBayNow  *bay,
           const SmSimPackNow *pack)
{
  if (bay->is_faulted)
    return SM_BAY_STATE_FAULTED;
  if (held_for (self, bay) != NONE)
    return SM_BAY_STATE_RESERVED;
  if (bay->pack == NONE)
    return SM_BAY_STATE_EMPTY;
  return sm_sim_pack_soc (pack) + 0.05 >= pack->model->ready_soc ? SM_BAY_STATE_READY
                                                                 : SM_BAY_STATE_CHARGING;
}

/* Returns: the power it takes */
static double
look_bay (SmSimEngine *self,
          guint        station,
          guint        number,
          gint64       at_us,
          GPtrArray   *bays,
          GPtrArray   *batteries)
{
  const SmSimStation *place = &self->world->stations[station];
  const SmSimBayNow *bay = &self->bays[place->first_bay + number];
  double stored_wh = sm_sim_station_stored_wh (self, station, number, at_us);
  double kw = bay->fill.wh_per_s > 0.0 ? sm_sim_fill_power_kw (&bay->fill, stored_wh) : 0.0;
  SmSimPackNow pack = { 0 };
  SmRow *row;

  if (bay->pack != NONE)
    {
      pack = self->packs[bay->pack];
      sm_sim_pack_fill_to (&pack, stored_wh);
    }
  if (bays == NULL)
    return kw;
  row = new_row (SM_NOUN_BAY, self->world->bay_ids[place->first_bay + number]);
  sm_row_set_text (row, SM_BAY_STATE, sm_bay_states[bay_state (self, bay, &pack)]);
  sm_row_set_real (row, SM_BAY_POWER_KW, rounded (kw, 10.0));
  if (held_for (self, bay) != NONE)
    sm_row_set_int (row, SM_BAY_RESERVED_FOR, self->world->vehicles[held_for (self, bay)].id);
  sm_row_set_int (row, SM_BAY_REPORTED_AT, at_us);
  g_ptr_array_add (bays, row);
  if (bay->pack == NONE)
    return kw;
  sm_row_set_int (row, SM_BAY_BATTERY_ID, self->world->packs[bay->pack].id);
  sm_row_set_real (row, SM_BAY_SOC, rounded (sm_sim_pack_soc (&pack), 10.0));
  if (kw <= 0.0)
    sm_sim_pack_warm (&pack, 24.0, at_us);
  g_ptr_array_add (batteries, battery_row (self, bay->pack, &pack, kw, place->id, at_us));
  return kw;
}

/**
 * sm_sim_engine_look_station:
 * @is_whole: with its bays and their packs, not only its lanes and meter
 * @rows: (element-type SmRow): where its rows are added, ordered by noun
 *
 * What its controller sends at this moment.
 */
void
sm_sim_engine_look_station (SmSimEngine *self,
                            guint        station,
                            gint64       at_us,
                            gboolean     is_whole,
                            GPtrArray   *rows)
{
  const SmSimStation *place = &self->world->stations[station];
  g_autoptr (GPtrArray) bays = g_ptr_array_new ();
  double kw = 0.0;
  SmRow *row;

  self->stations[station].was_touched = FALSE;
  if (self->stations[station].is_silent)
    return;
  row = new_row (SM_NOUN_STATION, place->id);
  g_ptr_array_add (rows, row);
  for (guint i = 0; i < place->n_lanes; i++)
    g_ptr_array_add (rows, lane_row (self, place->first_lane + i, at_us));
  for (guint i = 0; i < place->n_bays; i++)
    kw += look_bay (self, station, i, at_us, is_whole ? bays : NULL, rows);
  for (guint i = 0; i < bays->len; i++)
    g_ptr_array_add (rows, bays->pdata[i]);
  sm_row_set_text (row, SM_STATION_CONNECTION, sm_connections[SM_CONNECTION_ONLINE]);
  sm_row_set_real (row, SM_STATION_POWER_KW,
                   rounded (kw / 0.94 + self->stations[station].aux_kw, 10.0));
  sm_row_set_int (row, SM_STATION_METER_WH, sm_sim_engine_meter_wh (self, station, at_us));
  sm_row_set_int (row, SM_STATION_REPORTED_AT, at_us);
}

/**
 * sm_sim_engine_look_packs:
 *
 * Returns: (transfer full) (element-type SmRow): every pack that is in a
 *   vehicle, as it is at this moment
 */
GPtrArray *
sm_sim_engine_look_packs (SmSimEngine *self,
                          gint64       at_us)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < self->world->n_vehicles; i++)
    {
      guint32 index = self->trucks[i].pack;
      SmSimPackNow pack;
      double kw;

      if (index == NONE)
        continue;
      kw = sm_sim_truck_at (self, i, at_us, &pack);
      g_ptr_array_add (rows, battery_row (self, index, &pack, kw, 0, at_us));
    }
  return rows;
}
