/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-engine-private.h"

#include <math.h>

#include "sm-time.h"

#define QUARTER_US (15 * SM_MINUTE)
#define FULL_SOC 98.0
#define RACK_C 24.0       /* bays are cooled */
#define CHARGING_C 9.0    /* at full power a pack gets so much warmer */
#define GRID_PART 0.96    /* of its connection a station dares to use */
#define AUX_KW_STATION 6.0
#define AUX_KW_BAY 0.45
#define TYPICAL_SWAP_S 300.0
#define TYPICAL_FILL_S 3600.0
#define FAILS 0.009

/* Of a hundred Wh from the grid so many come to the packs' terminals. */
#define CHARGER_YIELD 94

static guint
compatible (const SmSimEngine *self,
            guint              truck)
{
  return self->world->truck_kinds[self->world->vehicles[truck].kind].battery_models;
}

static gboolean
fits (const SmSimEngine *self,
      guint              truck,
      guint              pack)
{
  return (compatible (self, truck) >> self->world->packs[pack].model & 1) != 0;
}

static gboolean
is_ready (const SmSimPackNow *pack)
{
  return (double) sm_sim_pack_stored_wh (pack) + 2.0
         >= sm_sim_pack_capacity_wh (pack) * pack->model->ready_soc / 100.0;
}

static double
seconds_since (gint64 from_us,
               gint64 to_us)
{
  return (double) (to_us - from_us) / (double) SM_SECOND;
}

/* Who follows it live wants to see it now. */
static void
touch (SmSimEngine *self,
       guint        station)
{
  if (!self->is_live || self->stations[station].was_touched)
    return;
  self->stations[station].was_touched = TRUE;
  g_array_append_val (self->output.touched, station);
}

/** sm_sim_station_stored_wh: What the pack in @bay, of the station's own, holds at @at_us. */
double
sm_sim_station_stored_wh (SmSimEngine *self,
                          guint        station,
                          guint        bay,
                          gint64       at_us)
{
  const SmSimStationNow *now = &self->stations[station];
  const SmSimBayNow *place = &self->bays[self->world->stations[station].first_bay + bay];

  if (place->pack == NONE)
    return 0.0;
  if (place->fill.wh_per_s <= 0.0)
    return (double) sm_sim_pack_stored_wh (&self->packs[place->pack]);
  return sm_sim_fill_stored_wh (&place->fill, seconds_since (now->booked_us, at_us));
}

static gint64
meter_wh (const SmSimStationNow *now,
          double                 dc_wh,
          double                 aux_wh)
{
  return now->meter_from_wh + (gint64) (dc_wh * 100.0 / CHARGER_YIELD + aux_wh);
}

/** sm_sim_engine_meter_wh: What the site's meter shows: the packs, the chargers' losses, the rest. */
gint64
sm_sim_engine_meter_wh (const SmSimEngine *self,
                        guint              station,
                        gint64             at_us)
{
  const SmSimStation *place = &self->world->stations[station];
  const SmSimStationNow *now = &self->stations[station];
  double seconds = seconds_since (now->booked_us, at_us);
  double dc_wh = (double) now->dc_wh;

  for (guint i = 0; i < place->n_bays; i++)
    {
      const SmSimBayNow *bay = &self->bays[place->first_bay + i];

      if (bay->pack != NONE && bay->fill.wh_per_s > 0.0)
        dc_wh += (sm_sim_fill_stored_wh (&bay->fill, seconds) - bay->fill.from_wh) * 100.0
                 / SM_SIM_PACK_YIELD;
    }
  return meter_wh (now, dc_wh, now->aux_wh + now->aux_kw * seconds / 3.6);
}

/* Writes down what flowed since the last time. */
static void
book (SmSimEngine *self,
      guint        station)
{
  const SmSimStation *place = &self->world->stations[station];
  SmSimStationNow *now = &self->stations[station];
  double seconds = seconds_since (now->booked_us, self->now_us);

  if (seconds <= 0.0)
    return;
  for (guint i = 0; i < place->n_bays; i++)
    {
      SmSimBayNow *bay = &self->bays[place->first_bay + i];
      double stored_wh, load;
      SmSimPackNow *pack;
      gint64 before_wh;

      if (bay->pack == NONE)
        continue;
      pack = &self->packs[bay->pack];
      if (bay->fill.wh_per_s <= 0.0)
        continue;
      before_wh = pack->charged_wh;
      stored_wh = sm_sim_fill_stored_wh (&bay->fill, seconds);
      load = sm_sim_fill_power_kw (&bay->fill, stored_wh) / pack->model->max_power_kw;
      sm_sim_pack_fill_to (pack, stored_wh);
      sm_sim_pack_warm (pack, RACK_C + CHARGING_C * load, self->now_us);
      now->dc_wh += pack->charged_wh - before_wh;
    }
  now->aux_wh += now->aux_kw * seconds / 3.6;
  now->booked_us = self->now_us;
}

static void
close_quarter (SmSimEngine *self,
               guint        station)
{
  SmSimStationNow *now = &self->stations[station];
  gint64 shown_wh = meter_wh (now, (double) now->dc_wh, now->aux_wh);
  SmSimQuarter quarter = { station, now->quarter_us - QUARTER_US, shown_wh - now->quarter_wh };

  if (!self->is_live)
    g_array_append_val (self->output.quarters, quarter);
  now->quarter_wh = shown_wh;
  now->quarter_us += QUARTER_US;
}

static gboolean
takes_power (SmSimEngine       *self,
             const SmSimBayNow *bay)
{
  const SmSimPackNow *pack;

  if (bay->pack == NONE || bay->is_faulted || bay->reserved_for != NONE)
    return FALSE;
  pack = &self->packs[bay->pack];
  return (double) sm_sim_pack_stored_wh (pack) + 2.0
         < sm_sim_pack_capacity_wh (pack) * FULL_SOC / 100.0;
}

/* Of what the packs could take each gets the same part, as far as the connection goes. */
static double
part_of_power (SmSimEngine        *self,
               const SmSimStation *place,
               const SmSimStationNow *now)
{
  double wanted_kw = 0.0, there_kw;

  for (guint i = 0; i < place->n_bays; i++)
    {
      const SmSimBayNow *bay = &self->bays[place->first_bay + i];
      SmSimFill fill;

      if (now->is_stopped || !takes_power (self, bay))
        continue;
      fill = sm_sim_fill_new (&self->packs[bay->pack], self->packs[bay->pack].model->max_power_kw);
      wanted_kw += sm_sim_fill_power_kw (&fill, fill.from_wh);
    }
  there_kw = (place->grid_kw * GRID_PART - now->aux_kw) * CHARGER_YIELD / 100.0;
  return wanted_kw > there_kw ? MAX (there_kw, 0.0) / wanted_kw : 1.0;
}

static double
seconds_to_next (const SmSimPackNow *pack,
                 const SmSimFill    *fill)
{
  double capacity_wh = sm_sim_pack_capacity_wh (pack);
  double to_soc = is_ready (pack) ? FULL_SOC : MIN (pack->model->ready_soc, FULL_SOC);

  return sm_sim_fill_seconds_to (fill, capacity_wh * to_soc / 100.0);
}

/* Shares the power out anew, and finds when that has to be done again. */
static void
allot (SmSimEngine *self,
       guint        station)
{
  const SmSimStation *place = &self->world->stations[station];
  SmSimStationNow *now = &self->stations[station];
  double part = part_of_power (self, place, now);
  double next_s = seconds_since (self->now_us, now->quarter_us);

  for (guint i = 0; i < place->n_bays; i++)
    {
      SmSimBayNow *bay = &self->bays[place->first_bay + i];

      bay->fill = (SmSimFill){ 0 };
      if (now->is_stopped || !takes_power (self, bay))
        continue;
      bay->fill = sm_sim_fill_new (&self->packs[bay->pack],
                                   self->packs[bay->pack].model->max_power_kw * part);
      next_s = MIN (next_s, seconds_to_next (&self->packs[bay->pack], &bay->fill) + 0.001);
    }
  sm_sim_heap_set (self->heap, self->world->n_vehicles + station,
                   MIN (self->now_us + (gint64) ceil (next_s * (double) SM_SECOND), now->quarter_us));
}

/** sm_sim_station_begin: At the beginning of everything. */
void
sm_sim_station_begin (SmSimEngine *self,
                      guint        station)
{
  const SmSimStation *place = &self->world->stations[station];
  SmSimStationNow *now = &self->stations[station];

  *now = (SmSimStationNow){
    .queue = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .booked_us = self->now_us,
    .quarter_us = (self->now_us / QUARTER_US + 1) * QUARTER_US,
    .aux_kw = AUX_KW_STATION + AUX_KW_BAY * place->n_bays,
    .meter_from_wh = place->id * G_GINT64_CONSTANT (1000000),
  };
  now->quarter_wh = now->meter_from_wh;
  allot (self, station);
}

/** sm_sim_station_is_open: By its opening hours. */
gboolean
sm_sim_station_is_open (SmSimEngine *self,
                        guint        station,
                        gint64       at_us)
{
  const SmSimStation *place = &self->world->stations[station];
  guint minute = (guint) ((at_us + self->zone_us) % SM_DAY / SM_MINUTE);

  return minute >= place->open_min && minute < place->close_min;
}

/* The fullest that fits and is ready. */
static guint32
find_pack (SmSimEngine *self,
           guint        station,
           guint        truck)
{
  const SmSimStation *place = &self->world->stations[station];
  guint32 best = NONE;
  gint64 most_wh = -1;

  for (guint i = place->first_bay; i < place->first_bay + place->n_bays; i++)
    {
      const SmSimBayNow *bay = &self->bays[i];

      if (bay->pack == NONE || bay->is_faulted || bay->reserved_for != NONE
          || self->withheld[bay->pack] || !fits (self, truck, bay->pack)
          || !is_ready (&self->packs[bay->pack]))
        continue;
      /* What is held is for one truck alone, and that truck takes no other. */
      if (self->promised[bay->pack] == truck)
        return i;
      if (self->promised[bay->pack] != NONE
          || sm_sim_pack_stored_wh (&self->packs[bay->pack]) <= most_wh)
        continue;
      best = i;
      most_wh = sm_sim_pack_stored_wh (&self->packs[bay->pack]);
    }
  return best;
}

static guint32
find_room (SmSimEngine *self,
           guint        station)
{
  const SmSimStation *place = &self->world->stations[station];

  for (guint i = place->first_bay; i < place->first_bay + place->n_bays; i++)
    if (self->bays[i].pack == NONE && self->bays[i].reserved_for == NONE
        && !self->bays[i].is_faulted)
      return i;
  return NONE;
}

static guint32
find_lane (SmSimEngine *self,
           guint        station)
{
  const SmSimStation *place = &self->world->stations[station];

  for (guint i = place->first_lane; i < place->first_lane + place->n_lanes; i++)
    if (self->lanes[i].truck == NONE && !self->lanes[i].is_blocked)
      return i;
  return NONE;
}

/* A copy with what is known by now. */
static void
tell (SmSimEngine     *self,
      const SmSimSwap *swap)
{
  SmSimSwap told = *swap;
  gboolean has_ended = swap->process > SM_ORDER_PROCESS_IN_PROGRESS;

  if (!self->is_live && !has_ended)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (told.step_us); i++)
    if (told.step_us[i] > self->now_us)
      told.step_us[i] = SM_UNKNOWN;
  if (!has_ended)
    told.ended_us = SM_UNKNOWN;
  g_array_append_val (self->output.swaps, told);
}

static SmSimSwap
new_swap (SmSimEngine *self,
          guint        station,
          guint        truck)
{
  SmSimSwap swap = {
    .vehicle = truck,
    .station = station,
    .lane = NONE,
    .pack_out = self->trucks[truck].pack,
    .pack_in = NONE,
    .created_us = self->trucks[truck].queue_since_us,
    .ended_us = SM_UNKNOWN,
    .process = SM_ORDER_PROCESS_CREATED,
    .soc_before = NAN,
    .soc_after = NAN,
    .energy_wh = SM_UNKNOWN,
  };

  for (guint i = 0; i < G_N_ELEMENTS (swap.step_us); i++)
    swap.step_us[i] = SM_UNKNOWN;
  swap.step_us[SM_SWAP_STEP_QUEUED] = swap.created_us;
  return swap;
}

/* How long each step takes, from to, in seconds. */
static const double step_s[][2] = {
  [SM_SWAP_STEP_POSITIONED] = { 30.0, 75.0 }, [SM_SWAP_STEP_IDENTIFIED] = { 10.0, 25.0 },
  [SM_SWAP_STEP_OLD_OUT] = { 55.0, 90.0 },    [SM_SWAP_STEP_NEW_IN] = { 60.0, 95.0 },
  [SM_SWAP_STEP_LOCKED] = { 18.0, 35.0 },     [SM_SWAP_STEP_HV_CHECKED] = { 12.0, 25.0 },
  [SM_SWAP_STEP_RELEASED] = { 15.0, 30.0 },
};

static void
plan_steps (SmSimEngine  *self,
            SmSimLaneNow *lane)
{
  SmRandom *random = &self->trucks[lane->truck].random;
  gint64 at_us = self->now_us;

  lane->swap.step_us[SM_SWAP_STEP_CALLED] = at_us;
  lane->step = SM_SWAP_STEP_CALLED;
  lane->fails_at = 255;
  if (sm_random_chance (random, FAILS))
    lane->fails_at = sm_random_chance (random, 0.5) ? SM_SWAP_STEP_POSITIONED
                                                    : SM_SWAP_STEP_IDENTIFIED;
  for (guint step = SM_SWAP_STEP_POSITIONED; step <= SM_SWAP_STEP_RELEASED; step++)
    {
      at_us += (gint64) (sm_random_range (random, step_s[step][0], step_s[step][1])
                         * (double) SM_SECOND);
      if (step < lane->fails_at)
        lane->swap.step_us[step] = at_us;
      if (step == lane->fails_at)
        {
          lane->swap.ended_us = at_us + (gint64) (sm_random_range (random, 60.0, 300.0)
                                                  * (double) SM_SECOND);
          break;
        }
    }
}

static void
call_truck (SmSimEngine *self,
            guint        station,
            guint        place_in_queue,
            guint32      lane_index,
            guint32      bay_in)
{
  SmSimStationNow *now = &self->stations[station];
  SmSimLaneNow *lane = &self->lanes[lane_index];
  guint32 truck = g_array_index (now->queue, guint32, place_in_queue);

  g_array_remove_index (now->queue, place_in_queue);
  lane->truck = truck;
  lane->since_us = self->now_us;
  lane->swap = new_swap (self, station, truck);
  lane->swap.lane = lane_index - self->world->stations[station].first_lane;
  lane->swap.process = SM_ORDER_PROCESS_IN_PROGRESS;
  lane->bay_in = bay_in;
  lane->bay_out = find_room (self, station);
  self->bays[bay_in].reserved_for = truck;
  if (lane->bay_out != NONE)
    self->bays[lane->bay_out].reserved_for = truck;
  self->trucks[truck].lane = lane_index;
  plan_steps (self, lane);
  tell (self, &lane->swap);
  sm_sim_truck_set_phase (self, truck, SM_SIM_SWAPPING,
                          lane->fails_at != 255 ? lane->swap.ended_us
                                                : lane->swap.step_us[SM_SWAP_STEP_OLD_OUT]);
}

/* First come first served, but for whom no pack is ready lets others pass. */
static gboolean
call_next (SmSimEngine *self,
           guint        station)
{
  SmSimStationNow *now = &self->stations[station];
  guint32 lane;

  if (now->queue->len == 0 || now->is_stopped
      || !sm_sim_station_is_open (self, station, self->now_us))
    return FALSE;
  lane = find_lane (self, station);
  if (lane == NONE)
    return FALSE;
  for (guint i = 0; i < now->queue->len; i++)
    {
      guint32 bay = find_pack (self, station, g_array_index (now->queue, guint32, i));

      if (bay == NONE)
        continue;
      call_truck (self, station, i, lane, bay);
      return TRUE;
    }
  return FALSE;
}

/** sm_sim_station_changed: Something is different there: who is next, and who gets how much power? */
void
sm_sim_station_changed (SmSimEngine *self,
                        guint        station)
{
  book (self, station);
  while (call_next (self, station))
    ;
  allot (self, station);
  touch (self, station);
}

/** sm_sim_station_happen: A pack is ready or full, or a quarter of an hour is over. */
void
sm_sim_station_happen (SmSimEngine *self,
                       guint        station)
{
  book (self, station);
  if (self->now_us >= self->stations[station].quarter_us)
    close_quarter (self, station);
  sm_sim_station_changed (self, station);
}

/** sm_sim_station_enter: A truck has come and wants a pack. */
void
sm_sim_station_enter (SmSimEngine *self,
                      guint        station,
                      guint        truck)
{
  SmSimSwap swap;

  self->trucks[truck].queue_since_us = self->now_us;
  swap = new_swap (self, station, truck);
  tell (self, &swap);
  g_array_append_val (self->stations[station].queue, truck);
  sm_sim_station_changed (self, station);
}

/** sm_sim_station_leave: It does not want to wait any longer. */
void
sm_sim_station_leave (SmSimEngine *self,
                      guint        station,
                      guint        truck)
{
  GArray *queue = self->stations[station].queue;
  SmSimSwap swap = new_swap (self, station, truck);

  for (guint i = 0; i < queue->len; i++)
    if (g_array_index (queue, guint32, i) == truck)
      {
        g_array_remove_index (queue, i);
        break;
      }
  swap.process = SM_ORDER_PROCESS_CANCELLED;
  swap.ended_us = self->now_us;
  swap.abnormal = "gave_up";
  tell (self, &swap);
  touch (self, station);
}

/** sm_sim_station_tell_open: The orders of those who wait there and are served there. */
void
sm_sim_station_tell_open (SmSimEngine *self,
                          guint        station)
{
  const SmSimStation *place = &self->world->stations[station];
  const GArray *queue = self->stations[station].queue;

  for (guint i = 0; i < place->n_lanes; i++)
    if (self->lanes[place->first_lane + i].truck != NONE)
      tell (self, &self->lanes[place->first_lane + i].swap);
  for (guint i = 0; i < queue->len; i++)
    {
      SmSimSwap swap = new_swap (self, station, g_array_index (queue, guint32, i));

      tell (self, &swap);
    }
}

static void
free_lane (SmSimEngine  *self,
           SmSimLaneNow *lane,
           guint         process)
{
  guint32 truck = lane->truck;

  lane->swap.process = (guint8) process;
  lane->swap.ended_us = self->now_us;
  tell (self, &lane->swap);
  if (self->bays[lane->bay_in].reserved_for == truck)
    self->bays[lane->bay_in].reserved_for = NONE;
  if (lane->bay_out != NONE && self->bays[lane->bay_out].reserved_for == truck)
    self->bays[lane->bay_out].reserved_for = NONE;
  lane->truck = NONE;
  lane->since_us = self->now_us;
}

/* Before the truck's own pack is out: what was kept for it may be kept apart meanwhile. */
static gboolean
has_sound_pack (SmSimEngine  *self,
                guint         station,
                SmSimLaneNow *lane)
{
  guint32 pack = self->bays[lane->bay_in].pack, other;

  if (lane->step >= SM_SWAP_STEP_OLD_OUT || pack == NONE || !self->withheld[pack])
    return TRUE;
  other = find_pack (self, station, lane->truck);
  if (other == NONE)
    return FALSE;
  self->bays[lane->bay_in].reserved_for = NONE;
  self->bays[other].reserved_for = lane->truck;
  lane->bay_in = other;
  return TRUE;
}

static void
take_old_out (SmSimEngine  *self,
              guint         station,
              SmSimLaneNow *lane)
{
  guint32 lane_index = (guint32) (lane - self->lanes);
  guint32 pack = lane->swap.pack_out;

  lane->step = SM_SWAP_STEP_OLD_OUT;
  if (pack == NONE)
    return;
  lane->swap.soc_before = sm_sim_pack_soc (&self->packs[pack]);
  lane->swap.energy_wh = sm_sim_pack_stored_wh (&self->packs[pack]);
  sm_sim_engine_move_pack (self, pack, lane->bay_out != NONE ? SM_PLACE_BAY : SM_PLACE_CARRIER,
                           lane->bay_out != NONE ? lane->bay_out : lane_index, station,
                           lane->truck, lane->swap.created_us, self->now_us);
  if (lane->bay_out != NONE)
    self->bays[lane->bay_out].reserved_for = NONE;
}

static void
put_new_in (SmSimEngine  *self,
            guint         station,
            SmSimLaneNow *lane)
{
  guint32 pack = self->bays[lane->bay_in].pack;
  guint32 old = lane->swap.pack_out;

  lane->step = SM_SWAP_STEP_NEW_IN;
  lane->swap.pack_in = pack;
  lane->swap.soc_after = sm_sim_pack_soc (&self->packs[pack]);
  lane->swap.energy_wh = MAX (sm_sim_pack_stored_wh (&self->packs[pack])
                                - MAX (lane->swap.energy_wh, 0), 0);
  sm_sim_engine_move_pack (self, pack, SM_PLACE_VEHICLE, lane->truck, station, lane->truck,
                           lane->swap.created_us, self->now_us);
  self->packs[pack].at_us = self->now_us;
  self->bays[lane->bay_in].reserved_for = NONE;
  if (old != NONE && self->packs[old].place == SM_PLACE_CARRIER)
    sm_sim_engine_move_pack (self, old, SM_PLACE_BAY, lane->bay_in, station, lane->truck,
                             lane->swap.created_us, self->now_us);
}

/** sm_sim_station_step: The swap of @truck has come to its next step. */
void
sm_sim_station_step (SmSimEngine *self,
                     guint        truck)
{
  SmSimLaneNow *lane = &self->lanes[self->trucks[truck].lane];
  guint station = lane->swap.station;

  book (self, station);
  if (lane->fails_at != 255 || !has_sound_pack (self, station, lane))
    {
      lane->swap.abnormal = lane->fails_at == 255                     ? "no_pack"
                            : lane->fails_at == SM_SWAP_STEP_POSITIONED ? "not_positioned"
                                                                        : "not_identified";
      free_lane (self, lane, SM_ORDER_PROCESS_ABORTED);
      sm_sim_truck_after_swap (self, truck);
    }
  else if (lane->step < SM_SWAP_STEP_OLD_OUT)
    {
      take_old_out (self, station, lane);
      sm_sim_truck_set_phase (self, truck, SM_SIM_SWAPPING, lane->swap.step_us[SM_SWAP_STEP_NEW_IN]);
    }
  else if (lane->step < SM_SWAP_STEP_NEW_IN)
    {
      put_new_in (self, station, lane);
      sm_sim_truck_set_phase (self, truck, SM_SIM_SWAPPING,
                              lane->swap.step_us[SM_SWAP_STEP_RELEASED]);
    }
  else
    {
      lane->step = SM_SWAP_STEP_RELEASED;
      free_lane (self, lane, SM_ORDER_PROCESS_COMPLETED);
      sm_sim_truck_after_swap (self, truck);
    }
  sm_sim_station_changed (self, station);
}

/** sm_sim_station_wait_s: What the drivers' app expects; infinite when it is of no use for @truck. */
double
sm_sim_station_wait_s (SmSimEngine *self,
                       guint        station,
                       guint        truck)
{
  const SmSimStation *place = &self->world->stations[station];
  const SmSimStationNow *now = &self->stations[station];
  guint n_lanes = 0, n_busy = 0, n_ready = 0, n_later = 0;
  double ahead, lacking;

  for (guint i = place->first_lane; i < place->first_lane + place->n_lanes; i++)
    {
      n_lanes += !self->lanes[i].is_blocked;
      n_busy += self->lanes[i].truck != NONE;
    }
  for (guint i = place->first_bay; i < place->first_bay + place->n_bays; i++)
    if (self->bays[i].pack != NONE && !self->bays[i].is_faulted
        && self->bays[i].reserved_for == NONE && !self->withheld[self->bays[i].pack]
        && fits (self, truck, self->bays[i].pack))
      {
        gboolean ready = is_ready (&self->packs[self->bays[i].pack]);

        n_ready += ready;
        n_later += !ready;
      }
  if (now->is_stopped || n_lanes == 0 || n_ready + n_later == 0)
    return INFINITY;
  ahead = now->queue->len + 0.5 * n_busy + 0.4 * now->n_inbound;
  lacking = MAX (ahead + 1.0 - n_ready, 0.0);
  return ahead * TYPICAL_SWAP_S / n_lanes + lacking * TYPICAL_FILL_S / MAX (n_later, 1);
}

/**
 * sm_sim_engine_balance:
 * @out_charged_wh: what was put into the packs in bays, by their own meters
 * @out_metered_wh: what the sites' meters counted
 *
 * Since it began, up to its last bookings.
 */
void
sm_sim_engine_balance (const SmSimEngine *self,
                       gint64            *out_charged_wh,
                       gint64            *out_metered_wh)
{
  *out_charged_wh = *out_metered_wh = 0;
  for (guint i = 0; i < self->world->n_stations; i++)
    {
      const SmSimStationNow *now = &self->stations[i];

      *out_charged_wh += now->dc_wh;
      *out_metered_wh += meter_wh (now, (double) now->dc_wh, now->aux_wh) - now->meter_from_wh;
    }
}
