/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-truck.h"

#include <math.h>

#include "sm-time.h"

/* A tractor of the usual kind: 282 kWh of LFP, 18 t empty, up to 31 t of load. */
#define PACK_KWH 282.0
#define MAX_LOAD_T 31.0
#define EMPTY_KWH_PER_KM 0.95
#define KWH_PER_KM_AND_T 0.027
#define STANDING_KW 1.5

/* Finer than this nothing of what follows changes. */
#define STEP_US (10 * SM_SECOND)

#define CAREFUL_SOC 14.0 /* what a driver wants to have left at the next place */
#define CARELESS_SOC 3.0
#define CARELESS_PART 0.06
#define CHARGE_BELOW 75.0 /* enough for any leg */

#define AMBIENT_C 27.0
#define NORMAL_TAU_S (25.0 * 60.0)
#define HEATING_C 78.0 /* where a pack without cooling tends to */
#define HEATING_TAU_S (7.0 * 60.0)
#define OVERHEATS_PER_S (0.02 / 3600.0)
#define OVERHEAT_US (15 * SM_MINUTE)

static double
kwh_per_km (const SmSimTruck *self)
{
  return EMPTY_KWH_PER_KM + KWH_PER_KM_AND_T * self->load_t;
}

static void
enter_leg (SmSimTruck     *self,
           SmSimWay        way,
           const SmSimLeg *leg,
           double          along_m)
{
  self->way = way;
  self->leg = *leg;
  self->along_m = along_m;
}

/* To one of the stops of the place it has come to. */
static void
turn_in (SmSimTruck       *self,
         const SmSimRoads *roads,
         double            along_m)
{
  const SmSimPlace *place = sm_sim_roads_place (roads, self->from);
  SmSimStop stop = sm_sim_roads_pick_stop (roads, self->from, &self->random);
  SmSimLeg leg = sm_sim_leg_new (place->latitude, place->longitude, stop.latitude, stop.longitude,
                                 0.0);

  self->goal = self->from;
  enter_leg (self, SM_SIM_WAY_IN, &leg, along_m);
}

/* At a place: on to the next, or in when this is the goal or the pack would not last. */
static void
pass_place (SmSimTruck       *self,
            const SmSimRoads *roads,
            double            along_m)
{
  guint next = sm_sim_roads_next (roads, self->from, self->goal);
  double needed = 0.0;
  SmSimLeg leg;

  if (self->from == self->goal)
    {
      turn_in (self, roads, along_m);
      return;
    }
  leg = sm_sim_roads_leg (roads, self->from, next);
  needed = leg.length_m / 1000.0 * kwh_per_km (self) / PACK_KWH * 100.0;
  if (self->soc - needed < (self->is_careless ? CARELESS_SOC : CAREFUL_SOC))
    {
      turn_in (self, roads, along_m);
      return;
    }
  self->to = (guint16) next;
  enter_leg (self, SM_SIM_WAY_ROAD, &leg, along_m);
}

static void
depart (SmSimTruck       *self,
        const SmSimRoads *roads)
{
  const SmSimPlace *place = sm_sim_roads_place (roads, self->from);
  SmSimLeg leg = sm_sim_leg_new (self->latitude, self->longitude, place->latitude,
                                 place->longitude, 0.0);

  self->phase = SM_SIM_TRUCK_DRIVING;
  self->goal = (guint16) sm_sim_roads_pick (roads, self->from, &self->random);
  self->is_careless = sm_random_chance (&self->random, CARELESS_PART);
  /* One way laden, the other mostly empty. */
  self->load_t = self->load_t > 0.0 && sm_random_chance (&self->random, 0.6)
                   ? 0.0
                   : sm_random_range (&self->random, 0.3, 1.0) * MAX_LOAD_T;
  self->until_us = self->at_us;
  enter_leg (self, SM_SIM_WAY_OUT, &leg, 0.0);
}

static void
stand (SmSimTruck *self)
{
  self->phase = SM_SIM_TRUCK_STANDING;
  self->speed_kmh = 0.0;
  self->until_us = self->at_us
                   + (gint64) (sm_random_range (&self->random, 12.0, 55.0) * (double) SM_MINUTE);
}

static void
park (SmSimTruck *self)
{
  if (self->soc >= CHARGE_BELOW && !self->is_careless)
    {
      stand (self);
      return;
    }
  self->phase = SM_SIM_TRUCK_CHARGING;
  self->speed_kmh = 0.0;
  self->charge_to = sm_random_range (&self->random, 85.0, 97.0);
}

static void
arrive (SmSimTruck       *self,
        const SmSimRoads *roads)
{
  double beyond_m = self->along_m - self->leg.length_m;

  if (self->way == SM_SIM_WAY_IN)
    {
      self->along_m = self->leg.length_m;
      park (self);
      return;
    }
  if (self->way == SM_SIM_WAY_ROAD)
    self->from = self->to;
  pass_place (self, roads, beyond_m);
}

/* A new wish for speed every few minutes; now and then a light, a toll gate or a jam. */
static void
wish (SmSimTruck *self)
{
  gboolean is_road = self->way == SM_SIM_WAY_ROAD && self->leg.length_m > 6000.0;
  double seconds;

  if (self->wish_kmh > 0.0 && sm_random_chance (&self->random, is_road ? 0.06 : 0.25))
    {
      self->wish_kmh = 0.0;
      seconds = sm_random_range (&self->random, 15.0, 70.0);
    }
  else
    {
      self->wish_kmh = is_road ? sm_random_range (&self->random, 52.0, 85.0)
                               : sm_random_range (&self->random, 30.0, 48.0);
      seconds = sm_random_range (&self->random, 60.0, 240.0);
    }
  self->until_us = self->at_us + (gint64) (seconds * (double) SM_SECOND);
}

static void
drive (SmSimTruck       *self,
       const SmSimRoads *roads,
       double            seconds)
{
  double before_kmh = self->speed_kmh;
  double metres;

  if (self->at_us >= self->until_us)
    wish (self);
  self->speed_kmh += (self->wish_kmh - self->speed_kmh) * (1.0 - exp (-seconds / 12.0));
  if (self->wish_kmh == 0.0 && self->speed_kmh < 3.0)
    self->speed_kmh = 0.0;
  metres = (before_kmh + self->speed_kmh) / 2.0 / 3.6 * seconds;
  self->along_m += metres;
  self->odometer_m += metres;
  self->soc -= metres / 1000.0 * kwh_per_km (self) / PACK_KWH * 100.0;
  while (self->phase == SM_SIM_TRUCK_DRIVING && self->along_m >= self->leg.length_m)
    arrive (self, roads);
  sm_sim_leg_at (&self->leg, self->along_m, &self->latitude, &self->longitude, &self->heading_deg);
}

static void
charge (SmSimTruck *self,
        double      seconds)
{
  /* Full power to 80 %, then less and less. */
  double kw = self->soc < 80.0 ? 180.0 : 180.0 * MAX (1.0 - (self->soc - 80.0) / 22.0, 0.1);

  self->soc += kw * seconds / 3600.0 / PACK_KWH * 100.0;
  if (self->soc >= self->charge_to)
    stand (self);
}

/* Mostly it is noticed in time; one in ten becomes worse. */
static void
fail_cooling (SmSimTruck *self)
{
  self->heats_until_us = self->at_us + OVERHEAT_US;
  self->heats_to_c = sm_random_chance (&self->random, 0.1) ? 73.0 : 66.0;
}

static void
warm (SmSimTruck *self,
      double      seconds)
{
  gboolean is_heating = self->at_us < self->heats_until_us;
  double work_c = 0.0, target_c, tau_s;

  if (self->phase == SM_SIM_TRUCK_DRIVING)
    work_c = 3.0 + 4.0 * self->load_t / MAX_LOAD_T;
  else if (self->phase == SM_SIM_TRUCK_CHARGING)
    work_c = 9.0;
  target_c = is_heating ? HEATING_C : AMBIENT_C + self->habit_c + work_c;
  tau_s = is_heating ? HEATING_TAU_S : NORMAL_TAU_S;
  self->temperature_c += (target_c - self->temperature_c) * (1.0 - exp (-seconds / tau_s));
  if (is_heating && self->temperature_c >= self->heats_to_c)
    self->heats_until_us = self->at_us;
  if (!is_heating && work_c > 0.0 && sm_random_chance (&self->random, OVERHEATS_PER_S * seconds))
    fail_cooling (self);
}

static void
step (SmSimTruck       *self,
      const SmSimRoads *roads,
      gint64            by_us)
{
  double seconds = (double) by_us / (double) SM_SECOND;

  self->at_us += by_us;
  if (self->phase == SM_SIM_TRUCK_DRIVING)
    drive (self, roads, seconds);
  else
    self->soc -= STANDING_KW * seconds / 3600.0 / PACK_KWH * 100.0;
  if (self->phase == SM_SIM_TRUCK_CHARGING)
    charge (self, seconds);
  else if (self->phase == SM_SIM_TRUCK_STANDING && self->at_us >= self->until_us)
    depart (self, roads);
  self->soc = CLAMP (self->soc, 0.5, 100.0);
  warm (self, seconds);
}

/**
 * sm_sim_truck_advance:
 * @to_us: network time; not before the truck's own
 *
 * Lives on.  Asked at the same times it always does the same.
 */
void
sm_sim_truck_advance (SmSimTruck       *self,
                      const SmSimRoads *roads,
                      gint64            to_us)
{
  while (self->at_us < to_us)
    step (self, roads, MIN (STEP_US, to_us - self->at_us));
}

/**
 * sm_sim_truck_init:
 * @seed: of the whole network
 * @index: of this truck; the same pair gives the same life
 * @now_us: network time
 *
 * Puts it somewhere in the middle of a working day.
 */
void
sm_sim_truck_init (SmSimTruck       *self,
                   const SmSimRoads *roads,
                   guint64           seed,
                   guint             index,
                   gint64            now_us)
{
  SmRandom random = sm_random_new (seed, G_GUINT64_CONSTANT (0x7472756b00000000) + index);
  const SmSimPlace *home;
  SmSimStop stop;

  *self = (SmSimTruck){ .random = random, .heats_until_us = G_MININT64 };
  /* A few trips from the first place, so that some begin far away. */
  for (guint trip = 0; trip < 4; trip++)
    self->from = (guint16) sm_sim_roads_pick (roads, self->from, &self->random);
  home = sm_sim_roads_place (roads, self->from);
  stop = sm_sim_roads_pick_stop (roads, self->from, &self->random);
  self->leg = sm_sim_leg_new (home->latitude, home->longitude, stop.latitude, stop.longitude, 0.0);
  self->latitude = stop.latitude;
  self->longitude = stop.longitude;
  self->goal = self->from;
  self->odometer_m = floor (sm_random_range (&self->random, 4.0e6, 3.6e8));
  self->soc = sm_random_range (&self->random, 35.0, 95.0);
  self->habit_c = sm_random_range (&self->random, -2.0, 4.0);
  self->temperature_c = AMBIENT_C + self->habit_c;
  self->at_us = now_us - (gint64) (sm_random_range (&self->random, 3.0, 6.0) * (double) SM_HOUR);
  depart (self, roads);
  sm_sim_truck_advance (self, roads, now_us);
  self->heats_until_us = G_MININT64;
  self->temperature_c = MIN (self->temperature_c, AMBIENT_C + self->habit_c + 9.0);
}

/**
 * sm_sim_truck_resume:
 * @last: the last report of this truck before the service went away
 *
 * Goes on from there: it drives to the nearest place, with the pack it had.
 */
void
sm_sim_truck_resume (SmSimTruck            *self,
                     const SmSimRoads      *roads,
                     const SmVehicleReport *last)
{
  if (isnan (last->latitude) || isnan (last->longitude))
    return;
  self->from = (guint16) sm_sim_roads_nearest (roads, last->latitude, last->longitude);
  self->latitude = last->latitude;
  self->longitude = last->longitude;
  depart (self, roads);
  self->load_t = 0.0;
  if (!isnan (last->heading_deg))
    self->heading_deg = last->heading_deg;
  if (!isnan (last->speed_kmh))
    self->speed_kmh = last->speed_kmh;
  if (!isnan (last->soc))
    self->soc = last->soc;
  if (!isnan (last->pack_temperature_c))
    self->temperature_c = last->pack_temperature_c;
  if (last->odometer_m != SM_UNKNOWN)
    self->odometer_m = (double) last->odometer_m;
}

/** sm_sim_truck_overheat: Its cooling fails now, with the pack at @from_c already. */
void
sm_sim_truck_overheat (SmSimTruck *self,
                       double      from_c)
{
  self->temperature_c = from_c;
  fail_cooling (self);
}

/** sm_sim_truck_run_low: It is on the road with only @soc left, and does not mind. */
void
sm_sim_truck_run_low (SmSimTruck *self,
                      double      soc)
{
  self->soc = soc;
  self->is_careless = TRUE;
}

static double
rounded (double value,
         double to)
{
  return round (value * to) / to;
}

/** sm_sim_truck_report: What its box sends at this moment, as precise as such boxes are. */
void
sm_sim_truck_report (const SmSimTruck *self,
                     SmVehicleReport  *out_report)
{
  double heading_deg = rounded (self->heading_deg, 1.0);

  *out_report = (SmVehicleReport){
    .vehicle_id = self->id,
    .vin = self->vin[0] != '\0' ? self->vin : NULL,
    .at_us = self->at_us,
    .latitude = rounded (self->latitude, 1e6),
    .longitude = rounded (self->longitude, 1e6),
    .heading_deg = heading_deg >= 360.0 ? 0.0 : heading_deg,
    .speed_kmh = rounded (self->speed_kmh, 10.0),
    .soc = rounded (self->soc, 10.0),
    .pack_temperature_c = rounded (self->temperature_c, 10.0),
    .odometer_m = (gint64) self->odometer_m,
    .motion = self->phase == SM_SIM_TRUCK_DRIVING ? SM_MOTION_DRIVING : SM_MOTION_PARKED,
    .energy = self->phase == SM_SIM_TRUCK_CHARGING ? SM_ENERGY_CHARGING : SM_ENERGY_IDLE,
  };
}
