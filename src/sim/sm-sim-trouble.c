/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-engine-private.h"

#include <math.h>

#include "sm-time.h"

/** sm_sim_engine_silence_vehicle: It lives on, but nothing is heard of it. */
void
sm_sim_engine_silence_vehicle (SmSimEngine *self,
                               guint        vehicle,
                               gboolean     is_silent)
{
  self->trucks[vehicle].is_silent = is_silent;
}

/** sm_sim_engine_end_silence: Whoever is silent can be heard again. */
void
sm_sim_engine_end_silence (SmSimEngine *self)
{
  for (guint i = 0; i < self->world->n_vehicles; i++)
    self->trucks[i].is_silent = FALSE;
  for (guint i = 0; i < self->world->n_stations; i++)
    self->stations[i].is_silent = FALSE;
}

/** sm_sim_engine_break_down: It stands where it is until then; in a lane it is ended first. */
void
sm_sim_engine_break_down (SmSimEngine *self,
                          guint        vehicle,
                          gint64       until_us)
{
  SmSimTruckNow *truck = &self->trucks[vehicle];
  double kmh, along_m, heading_deg;

  if (truck->phase != SM_SIM_DRIVING || until_us <= self->now_us)
    return;
  sm_sim_truck_book (self, vehicle, self->now_us);
  along_m = sm_sim_route_along_m (truck, self->now_us, &kmh);
  sm_sim_leg_at (&truck->leg, along_m, &truck->at.latitude, &truck->at.longitude, &heading_deg);
  truck->odometer_m += along_m;
  truck->since_us = self->now_us;
  if (truck->station != NONE)
    self->stations[truck->station].n_inbound--;
  truck->station = NONE;
  sm_sim_truck_set_phase (self, vehicle, SM_SIM_STANDING, until_us);
}

/** sm_sim_engine_heat_pack: The cooling of its pack fails: from @from_c, NAN: as it is, it tends to @to_c. */
void
sm_sim_engine_heat_pack (SmSimEngine *self,
                         guint        vehicle,
                         double       from_c,
                         double       to_c,
                         gint64       until_us)
{
  SmSimTruckNow *truck = &self->trucks[vehicle];

  sm_sim_truck_warm (self, vehicle);
  if (truck->pack != NONE && !isnan (from_c))
    self->packs[truck->pack].temperature_c = from_c;
  truck->heat_c = to_c;
  truck->heat_until_us = until_us;
}

/** sm_sim_engine_is_driving: Whether it is on the road just now. */
gboolean
sm_sim_engine_is_driving (const SmSimEngine *self,
                          guint              vehicle)
{
  return self->trucks[vehicle].phase == SM_SIM_DRIVING;
}

/** sm_sim_engine_block_lane: Its robot stands still, or goes again; a swap in it is still ended. */
void
sm_sim_engine_block_lane (SmSimEngine *self,
                          guint        station,
                          guint        lane,
                          gboolean     is_blocked)
{
  self->lanes[self->world->stations[station].first_lane + lane].is_blocked = is_blocked;
  sm_sim_station_changed (self, station);
}

/** sm_sim_engine_fault_bay: It neither charges nor gives its pack out. */
void
sm_sim_engine_fault_bay (SmSimEngine *self,
                         guint        station,
                         guint        bay,
                         gboolean     is_faulted)
{
  self->bays[self->world->stations[station].first_bay + bay].is_faulted = is_faulted;
  sm_sim_station_changed (self, station);
}

/* Bays of one station stand side by side. */
static guint
find_station (const SmSimWorld *world,
              guint32           bay)
{
  for (guint i = 0; i < world->n_stations; i++)
    if (bay - world->stations[i].first_bay < world->stations[i].n_bays)
      return i;
  g_return_val_if_reached (0);
}

/** sm_sim_engine_withhold: @ids: of gint64: the packs that are kept apart, and no others */
void
sm_sim_engine_withhold (SmSimEngine  *self,
                        const GArray *ids)
{
  const SmSimWorld *world = self->world;
  g_autoptr (GHashTable) apart = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (apart, &g_array_index (ids, gint64, i));
  for (guint i = 0; i < world->n_packs; i++)
    {
      guint8 is_apart = g_hash_table_contains (apart, &world->packs[i].id);

      if (is_apart == self->withheld[i])
        continue;
      self->withheld[i] = is_apart;
      /* Who waits there for a pack may get one now, or has to wait on. */
      if (self->packs[i].place == SM_PLACE_BAY)
        sm_sim_station_changed (self, find_station (world, self->packs[i].place_index));
    }
}

/** sm_sim_engine_stop_station: It calls nobody and charges nothing. */
void
sm_sim_engine_stop_station (SmSimEngine *self,
                            guint        station,
                            gboolean     is_stopped)
{
  self->stations[station].is_stopped = is_stopped;
  sm_sim_station_changed (self, station);
}

/** sm_sim_engine_silence_station: It goes on, but nothing is heard of it. */
void
sm_sim_engine_silence_station (SmSimEngine *self,
                               guint        station,
                               gboolean     is_silent)
{
  self->stations[station].is_silent = is_silent;
  sm_sim_station_changed (self, station);
}

/** sm_sim_engine_promise: @promises: of SmSimPromise: what is held for whom, and nothing else */
void
sm_sim_engine_promise (SmSimEngine  *self,
                       const GArray *promises)
{
  const SmSimWorld *world = self->world;
  g_autoptr (GHashTable) trucks = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) held = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < promises->len; i++)
    {
      SmSimPromise *promise = &g_array_index (promises, SmSimPromise, i);

      g_hash_table_insert (held, &promise->battery_id, promise);
    }
  for (guint i = 0; g_hash_table_size (held) > 0 && i < world->n_vehicles; i++)
    g_hash_table_insert (trucks, &world->vehicles[i].id, GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < world->n_packs; i++)
    {
      const SmSimPromise *promise = g_hash_table_lookup (held, &world->packs[i].id);
      guint number = promise != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (trucks,
                                                                           &promise->vehicle_id))
                                     : 0;
      guint32 truck = number > 0 ? number - 1 : NONE;

      if (truck == self->promised[i])
        continue;
      self->promised[i] = truck;
      if (self->packs[i].place == SM_PLACE_BAY)
        sm_sim_station_changed (self, find_station (world, self->packs[i].place_index));
    }
}

/**
 * sm_sim_engine_guide:
 *
 * Has a truck that comes to a station, or waits at one, go to another.
 *
 * Returns: FALSE when it does not do that, or does not get there
 */
gboolean
sm_sim_engine_guide (SmSimEngine *self,
                     guint        vehicle,
                     guint        station)
{
  return sm_sim_route_divert (self, vehicle, station);
}
