/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-engine-private.h"

#include <math.h>

#include "sm-time.h"

#define AWAKE_KW 0.6
#define ASLEEP_KW 0.03
#define PLUG_KW 90.0
#define PLUG_TO_SOC 95.0
#define PLUG_BELOW_SOC 80.0
#define PLUGS_DEMO 0.2
#define PLUGS_NATIONAL 0.8
#define CARELESS 0.03
#define OFTEN_HOME 0.7
#define REAL_REST_US (20 * SM_MINUTE)
#define REST_AFTER_US (150 * SM_MINUTE)
#define SWAP_US (5 * SM_MINUTE)
#define RESCUED_SOC 25.0
#define DAYS_OFF_DEMO 0.12
#define DAYS_OFF_NATIONAL 0.3

/* How long trucks wait for work: in a country there are many more of them to a station. */
#define LEISURE_DEMO 2.6
#define LEISURE_NATIONAL 8.0

#define DRIVING_C 6.0
#define CHARGING_C 8.0

/* Whoever works through the night sees another driver at these hours. */
static const gint64 shift_change_us[] = { 7 * SM_HOUR, 19 * SM_HOUR };

static const SmSimVehicle *
vehicle_of (const SmSimEngine *self,
            guint              index)
{
  return &self->world->vehicles[index];
}

static double
air_c (const SmSimTruckNow *truck,
       gint64               at_us)
{
  return sm_sim_weather_c (truck->at.latitude, truck->at.longitude, at_us);
}

static double
seconds_between (gint64 from_us,
                 gint64 to_us)
{
  return (double) (to_us - from_us) / (double) SM_SECOND;
}

static double
standing_wh (const SmSimTruckNow *truck,
             double               seconds)
{
  return (truck->phase == SM_SIM_SLEEPING ? ASLEEP_KW : AWAKE_KW) * seconds / 3.6;
}

static double
warm_target_c (const SmSimTruckNow *truck,
               gint64               at_us)
{
  /* Its own cooling keeps a pack between these. */
  double rest_c = CLAMP (air_c (truck, at_us) + 2.0, 8.0, 36.0);

  if (at_us < truck->heat_until_us)
    return truck->heat_c;
  if (truck->phase == SM_SIM_DRIVING)
    return rest_c + DRIVING_C + truck->load_t / 10.0;
  return truck->is_plugged ? rest_c + CHARGING_C : rest_c;
}

/**
 * sm_sim_truck_at:
 *
 * What its pack would be booked as at @at_us; nothing is changed.
 *
 * Returns: the power at the pack's terminals, kW, below 0 while it gives
 */
double
sm_sim_truck_at (const SmSimEngine *self,
                 guint              index,
                 gint64             at_us,
                 SmSimPackNow      *out_pack)
{
  const SmSimTruckNow *truck = &self->trucks[index];
  double seconds = seconds_between (truck->since_us, at_us);
  double kw = 0.0, kmh, wh;

  *out_pack = self->packs[truck->pack];
  if (seconds > 0.0 && truck->phase == SM_SIM_DRIVING)
    {
      wh = sm_sim_route_along_m (truck, at_us, &kmh) * truck->wh_per_m;
      kw = -kmh * truck->wh_per_m;
      sm_sim_pack_drain (out_pack, wh);
    }
  else if (seconds > 0.0 && truck->is_plugged)
    {
      double stored_wh = sm_sim_fill_stored_wh (&truck->fill, seconds);

      kw = sm_sim_fill_power_kw (&truck->fill, stored_wh);
      sm_sim_pack_fill_to (out_pack, stored_wh);
    }
  else if (seconds > 0.0)
    {
      kw = truck->phase == SM_SIM_SLEEPING ? -ASLEEP_KW : -AWAKE_KW;
      sm_sim_pack_drain (out_pack, standing_wh (truck, seconds));
    }
  sm_sim_pack_warm (out_pack, warm_target_c (truck, at_us), at_us);
  return kw;
}

/** sm_sim_truck_warm: Writes down how warm its pack is by now. */
void
sm_sim_truck_warm (SmSimEngine *self,
                   guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];

  if (truck->pack != NONE)
    sm_sim_pack_warm (&self->packs[truck->pack], warm_target_c (truck, self->now_us), self->now_us);
}

/** sm_sim_truck_book: Writes down what it took from its pack since its phase began. */
void
sm_sim_truck_book (SmSimEngine *self,
                   guint        index,
                   gint64       at_us)
{
  SmSimTruckNow *truck = &self->trucks[index];
  SmSimPackNow pack;

  if (truck->pack == NONE || at_us <= truck->since_us)
    return;
  sm_sim_truck_at (self, index, at_us, &pack);
  self->packs[truck->pack] = pack;
}

/** sm_sim_truck_set_phase: What was is booked; from now on it does this, until then. */
void
sm_sim_truck_set_phase (SmSimEngine *self,
                        guint        index,
                        SmSimPhase   phase,
                        gint64       until_us)
{
  SmSimTruckNow *truck = &self->trucks[index];

  sm_sim_truck_book (self, index, self->now_us);
  truck->phase = phase;
  truck->is_plugged = FALSE;
  truck->since_us = self->now_us;
  truck->until_us = until_us;
  sm_sim_heap_set (self->heap, index, until_us);
}

static gint64
in (SmSimTruckNow *truck,
    SmSimEngine   *self,
    double         from_min,
    double         to_min)
{
  return self->now_us + (gint64) (sm_random_range (&truck->random, from_min, to_min)
                                  * (double) SM_MINUTE);
}

static void
strand (SmSimEngine *self,
        guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];

  truck->station = NONE;
  sm_sim_truck_set_phase (self, index, SM_SIM_STRANDED, in (truck, self, 60.0, 180.0));
}

static void plug_in (SmSimEngine *self,
                     guint        index);

/* No station is within its reach: yards have a plug for that. */
static void
charge_in_yard (SmSimEngine *self,
                guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];

  truck->station = NONE;
  sm_sim_truck_set_phase (self, index, SM_SIM_RESTING, in (truck, self, 180.0, 240.0));
  plug_in (self, index);
}

static void
depart (SmSimEngine *self,
        guint        index,
        SmSimSpot    goal)
{
  if (!sm_sim_route_depart (self, index, goal))
    charge_in_yard (self, index);
}

static SmSimSpot
spot_at (SmSimEngine   *self,
         SmSimTruckNow *truck,
         guint          site)
{
  SmSimStop stop = sm_sim_roads_pick_stop (self->world->roads, site, &truck->random);

  return (SmSimSpot){ stop.latitude, stop.longitude, (guint16) site };
}

static gint64
local_of (const SmSimEngine *self)
{
  return (self->now_us + self->zone_us) % SM_DAY;
}

static gboolean
is_off_shift (const SmSimEngine   *self,
              const SmSimTruckNow *truck)
{
  gint64 local_us = local_of (self);

  return local_us < truck->shift_start_us || local_us >= truck->shift_end_us;
}

static void
plug_in (SmSimEngine *self,
         guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];
  const SmSimPackNow *pack;
  double seconds;

  if (truck->pack == NONE)
    return;
  pack = &self->packs[truck->pack];
  if (sm_sim_pack_soc (pack) >= PLUG_BELOW_SOC)
    return;
  truck->is_plugged = TRUE;
  truck->fill = sm_sim_fill_new (pack, PLUG_KW);
  seconds = sm_sim_fill_seconds_to (&truck->fill,
                                    sm_sim_pack_capacity_wh (pack) * PLUG_TO_SOC / 100.0);
  truck->until_us = MIN (truck->until_us,
                         self->now_us + (gint64) (seconds * (double) SM_SECOND) + 1);
  sm_sim_heap_set (self->heap, index, truck->until_us);
}

/* To the beginning of its next shift; now and then that is a day later. */
static void
go_to_sleep (SmSimEngine *self,
       guint        index,
       gboolean     may_be_free)
{
  SmSimTruckNow *truck = &self->trucks[index];
  gint64 local_us = local_of (self);
  gint64 wake_us = self->now_us - local_us + truck->shift_start_us
                   + (gint64) (sm_random_range (&truck->random, -20.0, 40.0) * (double) SM_MINUTE);

  if (local_us >= truck->shift_start_us)
    wake_us += SM_DAY;
  if (may_be_free
      && sm_random_chance (&truck->random, self->world->kind == SM_SIM_NETWORK_NATIONAL
                                             ? DAYS_OFF_NATIONAL : DAYS_OFF_DEMO))
    wake_us += SM_DAY;
  sm_sim_truck_set_phase (self, index, SM_SIM_SLEEPING, MAX (wake_us, self->now_us + SM_MINUTE));
  truck->wake_us = truck->until_us;
  truck->awake_us = truck->until_us;
  truck->was_tired = FALSE;
  if (truck->has_plug)
    plug_in (self, index);
}

/*
 * When it is full or when it wants to go on, whichever comes first, the event of
 * a truck at a plug comes.
 *
 * Returns: TRUE when it stays, unplugged
 */
static gboolean
stay_on (SmSimEngine *self,
         guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];

  if (!truck->is_plugged || self->now_us >= truck->wake_us)
    return FALSE;
  sm_sim_truck_set_phase (self, index, truck->phase, truck->wake_us);
  return TRUE;
}

static void
load (SmSimEngine   *self,
      guint          index)
{
  SmSimTruckNow *truck = &self->trucks[index];
  double payload_t = self->world->truck_kinds[vehicle_of (self, index)->kind].payload_t;

  /* One way laden, the other mostly empty. */
  if (truck->load_t > 0.0 && sm_random_chance (&truck->random, 0.65))
    truck->load_t = 0.0;
  else
    truck->load_t = sm_random_range (&truck->random, 0.4, 1.0) * payload_t;
}

static void
next_work (SmSimEngine *self,
           guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];
  const SmSimVehicle *vehicle = vehicle_of (self, index);
  guint site;

  truck->is_homeward = FALSE;
  if (vehicle->is_night_sleeper && is_off_shift (self, truck))
    {
      if (truck->at.site == vehicle->home)
        {
          go_to_sleep (self, index, TRUE);
          return;
        }
      truck->is_homeward = TRUE;
      depart (self, index, spot_at (self, truck, vehicle->home));
      return;
    }
  load (self, index);
  if (truck->at.site == vehicle->home)
    site = sm_random_chance (&truck->random, OFTEN_HOME)
             ? vehicle->goal : sm_sim_roads_pick (self->world->roads, truck->at.site, &truck->random);
  else
    site = sm_random_chance (&truck->random, OFTEN_HOME)
             ? vehicle->home : sm_sim_roads_pick (self->world->roads, truck->at.site, &truck->random);
  depart (self, index, spot_at (self, truck, site));
}

static void
arrive (SmSimEngine *self,
        guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];
  gint64 until_us;

  if (truck->station != NONE)
    {
      guint station = truck->station;

      self->stations[station].n_inbound--;
      sm_sim_truck_set_phase (self, index, SM_SIM_WAITING, in (truck, self, 50.0, 110.0));
      sm_sim_station_enter (self, station, index);
      return;
    }
  /* Drop a trailer and go on, or load and unload. */
  until_us = sm_random_chance (&truck->random, 0.12)
               ? in (truck, self, 6.0, 18.0)
               : in (truck, self, 30.0, 30.0 + 120.0 * truck->leisure);
  if (truck->is_homeward)
    until_us = in (truck, self, 5.0, 15.0);
  sm_sim_truck_set_phase (self, index, SM_SIM_STANDING, until_us);
  truck->wake_us = until_us;
  if (truck->has_plug && truck->at.site == vehicle_of (self, index)->home)
    plug_in (self, index);
}

static void
give_up (SmSimEngine *self,
         guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];
  guint32 station = truck->station;

  if (sm_random_chance (&truck->random, 0.4))
    {
      sm_sim_truck_set_phase (self, index, SM_SIM_WAITING, in (truck, self, 20.0, 40.0));
      return;
    }
  sm_sim_station_leave (self, station, index);
  depart (self, index, truck->goal);
}

/* A van came and filled in what takes it to a station. */
static void
rescue (SmSimEngine *self,
        guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];

  sm_sim_truck_book (self, index, self->now_us);
  truck->since_us = self->now_us;
  if (truck->pack != NONE)
    sm_sim_pack_fill_to (&self->packs[truck->pack],
                         sm_sim_pack_capacity_wh (&self->packs[truck->pack]) * RESCUED_SOC / 100.0);
  truck->was_low = FALSE;
  depart (self, index, truck->goal);
}

/* A real rest is one of twenty minutes; at a change of shift another driver takes over. */
static void
note_rest (SmSimEngine   *self,
           SmSimTruckNow *truck)
{
  gint64 from_us = truck->since_us + self->zone_us, to_us = self->now_us + self->zone_us;
  gboolean has_changed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (shift_change_us); i++)
    has_changed |= (from_us - shift_change_us[i]) / SM_DAY != (to_us - shift_change_us[i]) / SM_DAY;
  if (!has_changed && self->now_us - truck->since_us < REAL_REST_US)
    return;
  truck->awake_us = self->now_us;
  truck->was_tired = FALSE;
}

/* Most rest in time. */
static gboolean
rest_if_due (SmSimEngine *self,
             guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];

  if (truck->is_careless || self->now_us - truck->awake_us < REST_AFTER_US)
    return FALSE;
  sm_sim_truck_set_phase (self, index, SM_SIM_RESTING, in (truck, self, 22.0, 50.0));
  return TRUE;
}

static void
end_leg (SmSimEngine *self,
         guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];
  gboolean is_there = sm_sim_route_arrive (self, index);

  if (truck->pack != NONE && sm_sim_pack_soc (&self->packs[truck->pack]) < 0.5)
    {
      if (truck->station != NONE)
        self->stations[truck->station].n_inbound--;
      strand (self, index);
    }
  else if (!is_there)
    sm_sim_route_go_on (self, index);
  else
    arrive (self, index);
}

/** sm_sim_truck_after_swap: Out of the lane, and on to where it wanted to go. */
void
sm_sim_truck_after_swap (SmSimEngine *self,
                         guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];

  truck->station = NONE;
  truck->was_low = FALSE;
  if (self->now_us - truck->queue_since_us >= REAL_REST_US + SWAP_US)
    {
      truck->awake_us = self->now_us;
      truck->was_tired = FALSE;
    }
  if (!rest_if_due (self, index))
    depart (self, index, truck->goal);
}

/** sm_sim_truck_happen: What it did has come to its end; what now? */
void
sm_sim_truck_happen (SmSimEngine *self,
                     guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];

  switch (truck->phase)
    {
    case SM_SIM_DRIVING:
      end_leg (self, index);
      break;
    case SM_SIM_WAITING:
      give_up (self, index);
      break;
    case SM_SIM_SWAPPING:
      sm_sim_station_step (self, index);
      break;
    case SM_SIM_STRANDED:
      rescue (self, index);
      break;
    case SM_SIM_SLEEPING:
      if (!stay_on (self, index))
        next_work (self, index);
      break;
    case SM_SIM_STANDING:
      if (stay_on (self, index))
        break;
      note_rest (self, truck);
      if (!rest_if_due (self, index))
        next_work (self, index);
      break;
    case SM_SIM_RESTING:
    default:
      note_rest (self, truck);
      if (truck->goal.site != truck->at.site)
        depart (self, index, truck->goal);
      else
        next_work (self, index);
      break;
    }
}

/** sm_sim_truck_begin: It stands at home, or sleeps there. */
void
sm_sim_truck_begin (SmSimEngine *self,
                    guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];
  const SmSimVehicle *vehicle = vehicle_of (self, index);
  guint32 pack = truck->pack;

  *truck = (SmSimTruckNow){
    .random = sm_random_new (self->world->seed, G_GUINT64_CONSTANT (0x7472756b00000000) + index),
    .pack = pack,
    .station = NONE,
    .lane = NONE,
    .since_us = self->now_us,
    .awake_us = self->now_us,
    .heat_until_us = G_MININT64,
  };
  truck->at = spot_at (self, truck, vehicle->home);
  truck->goal = truck->to = truck->at;
  truck->wh_per_m = 1.2;
  truck->odometer_m = floor (sm_random_range (&truck->random, 4.0e6, 3.6e8));
  truck->has_plug = sm_random_chance (&truck->random,
                                      self->world->kind == SM_SIM_NETWORK_NATIONAL ? PLUGS_NATIONAL
                                                                                   : PLUGS_DEMO);
  truck->leisure = sm_random_range (&truck->random, 0.5, 1.5)
                   * (self->world->kind == SM_SIM_NETWORK_NATIONAL ? LEISURE_NATIONAL : LEISURE_DEMO);
  truck->margin = sm_random_range (&truck->random, 0.18, 0.28);
  truck->is_careless = sm_random_chance (&truck->random, CARELESS);
  truck->shift_start_us = (gint64) (sm_random_range (&truck->random, 4.8, 8.5) * (double) SM_HOUR);
  truck->shift_end_us = (gint64) (sm_random_range (&truck->random, 18.0, 22.5) * (double) SM_HOUR);
  if (vehicle->is_night_sleeper && is_off_shift (self, truck))
    go_to_sleep (self, index, FALSE);
  else
    sm_sim_truck_set_phase (self, index, SM_SIM_STANDING,
                            in (truck, self, 0.0,
                                self->world->kind == SM_SIM_NETWORK_NATIONAL
                                  ? 30.0 + 60.0 * truck->leisure : 90.0));
}
