/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-engine-private.h"

#include <math.h>

#include "sm-time.h"

/* It is put to where it is known to be; who was there before goes to a place that is free. */
static void
put_pack (SmSimEngine    *self,
          guint           pack,
          SmBatteryPlace  place,
          guint           index)
{
  SmSimPackNow *now = &self->packs[pack];

  now->place = (guint8) place;
  now->place_index = index;
  if (place == SM_PLACE_VEHICLE)
    self->trucks[index].pack = pack;
  else if (place == SM_PLACE_BAY)
    self->bays[index].pack = pack;
}

/**
 * sm_sim_engine_resume_begin:
 *
 * Takes all packs out of their places, so that each can be put to where it was
 * when the service went away.
 */
void
sm_sim_engine_resume_begin (SmSimEngine *self)
{
  for (guint i = 0; i < self->world->n_vehicles; i++)
    self->trucks[i].pack = NONE;
  for (guint i = 0; i < self->world->n_bay_ids; i++)
    self->bays[i].pack = NONE;
  for (guint i = 0; i < self->world->n_packs; i++)
    if (self->packs[i].place != SM_PLACE_STORE)
      self->packs[i].place = SM_PLACE_UNKNOWN;
}

/** sm_sim_engine_resume_pack: It goes on with the counters it had; @battery is its live row. */
void
sm_sim_engine_resume_pack (SmSimEngine *self,
                           guint        pack,
                           const SmRow *battery)
{
  gint64 charged_wh = sm_row_get_int (battery, SM_BATTERY_CHARGED_WH);
  gint64 throughput_wh = sm_row_get_int (battery, SM_BATTERY_THROUGHPUT_WH);
  double soh = sm_row_get_real (battery, SM_BATTERY_SOH);

  if (charged_wh == SM_UNKNOWN || throughput_wh == SM_UNKNOWN || isnan (soh))
    return;
  sm_sim_pack_resume (&self->packs[pack], charged_wh, throughput_wh, soh,
                      sm_row_get_real (battery, SM_BATTERY_TEMPERATURE_MAX_C), self->now_us);
  self->packs[pack].placed_us = sm_row_get_int (battery, SM_BATTERY_CARRIED_SINCE);
}

/** sm_sim_engine_resume_in_vehicle: A vehicle said that it carries this pack. */
void
sm_sim_engine_resume_in_vehicle (SmSimEngine *self,
                                 guint        pack,
                                 guint        vehicle)
{
  if (self->packs[pack].place == SM_PLACE_UNKNOWN && self->trucks[vehicle].pack == NONE)
    put_pack (self, pack, SM_PLACE_VEHICLE, vehicle);
}

/** sm_sim_engine_resume_in_bay: A bay said that it has this pack; @bay is of the world's bay_ids. */
void
sm_sim_engine_resume_in_bay (SmSimEngine *self,
                             guint        pack,
                             guint        bay)
{
  if (self->packs[pack].place == SM_PLACE_UNKNOWN && self->bays[bay].pack == NONE)
    put_pack (self, pack, SM_PLACE_BAY, bay);
}

/* One that was in the robot's arms, or was never heard of: where there is room. */
static void
put_lost (SmSimEngine *self,
          guint        pack)
{
  const SmSimPack *plan = &self->world->packs[pack];

  if (plan->place == SM_PLACE_VEHICLE && self->trucks[plan->vehicle].pack == NONE)
    {
      put_pack (self, pack, SM_PLACE_VEHICLE, plan->vehicle);
      return;
    }
  for (guint i = 0; i < self->world->n_vehicles; i++)
    if (self->trucks[i].pack == NONE
        && (self->world->truck_kinds[self->world->vehicles[i].kind].battery_models >> plan->model & 1))
      {
        put_pack (self, pack, SM_PLACE_VEHICLE, i);
        return;
      }
  for (guint i = 0; i < self->world->n_bay_ids; i++)
    if (self->bays[i].pack == NONE)
      {
        put_pack (self, pack, SM_PLACE_BAY, i);
        return;
      }
}

static void
resume_place (SmSimEngine           *self,
              SmSimTruckNow         *truck,
              const SmVehicleReport *last)
{
  if (isnan (last->latitude) || isnan (last->longitude))
    return;
  truck->at.latitude = last->latitude;
  truck->at.longitude = last->longitude;
  truck->at.site = (guint16) sm_sim_roads_nearest (self->world->roads, last->latitude,
                                                   last->longitude);
  truck->to = truck->at;
  if (last->odometer_m != SM_UNKNOWN)
    truck->odometer_m = (double) last->odometer_m;
}

static guint32
find_station (SmSimEngine *self,
              gint64       id)
{
  for (guint i = 0; id > 0 && i < self->world->n_stations; i++)
    if (self->world->stations[i].id == id)
      return i;
  return NONE;
}

/**
 * sm_sim_engine_resume_vehicle:
 * @last: what it said last before the service went away
 *
 * It goes on from there: who stood stands, who queued queues, who drove drives.
 * After the packs.
 */
void
sm_sim_engine_resume_vehicle (SmSimEngine           *self,
                              guint                  vehicle,
                              const SmVehicleReport *last)
{
  SmSimTruckNow *truck = &self->trucks[vehicle];
  guint32 station = find_station (self, last->station_id);

  resume_place (self, truck, last);
  truck->goal = truck->at;
  truck->goal.site = (guint16) self->world->vehicles[vehicle].goal;
  truck->goal.latitude = self->world->sites[truck->goal.site].latitude;
  truck->goal.longitude = self->world->sites[truck->goal.site].longitude;
  if (station != NONE && last->queue != SM_ENUM_UNKNOWN && last->queue != SM_QUEUE_INBOUND)
    {
      truck->station = station;
      sm_sim_truck_set_phase (self, vehicle, SM_SIM_WAITING, self->now_us + 30 * SM_MINUTE);
      /* With a new order: the one it had was aborted. */
      sm_sim_station_enter (self, station, vehicle);
    }
  else if (last->motion == SM_MOTION_DRIVING)
    sm_sim_truck_set_phase (self, vehicle, SM_SIM_RESTING, self->now_us);
  else if (truck->phase == SM_SIM_STANDING)
    truck->goal = truck->at;
}

/** sm_sim_engine_resume_done: Every pack has a place again, and the stations know what they have. */
void
sm_sim_engine_resume_done (SmSimEngine *self)
{
  for (guint i = 0; i < self->world->n_packs; i++)
    if (self->packs[i].place == SM_PLACE_UNKNOWN)
      put_lost (self, i);
  for (guint i = 0; i < self->world->n_stations; i++)
    sm_sim_station_changed (self, i);
}

/** sm_sim_engine_resume_meter: The meter goes on from what it showed; after the packs. */
void
sm_sim_engine_resume_meter (SmSimEngine *self,
                            guint        station,
                            gint64       shown_wh)
{
  self->stations[station].meter_from_wh = shown_wh;
  self->stations[station].quarter_wh = shown_wh;
}
