/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-engine-private.h"

#include <math.h>

#include "sm-time.h"

static gint64
zone_offset_us (GTimeZone *zone,
                gint64     at_us)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, at_us / SM_SECOND);

  return interval >= 0 ? (gint64) g_time_zone_get_offset (zone, interval) * SM_SECOND : 0;
}

typedef struct
{
  double m;
  guint32 station;
} Near;

static int
compare_near (gconstpointer a,
              gconstpointer b)
{
  const Near *left = a, *right = b;

  return left->m < right->m ? -1 : left->m > right->m ? 1 : (int) left->station - (int) right->station;
}

/* For each site the stations that lie nearest by road. */
static void
find_near (SmSimEngine *self)
{
  const SmSimWorld *world = self->world;
  g_autofree Near *near = g_new (Near, MAX (world->n_stations, 1));

  self->near = g_new (guint32, MAX (world->n_sites, 1) * SM_SIM_N_NEAR);
  for (guint site = 0; site < world->n_sites; site++)
    {
      for (guint i = 0; i < world->n_stations; i++)
        near[i] = (Near){ sm_sim_roads_distance_m (world->roads, site, world->stations[i].site), i };
      qsort (near, world->n_stations, sizeof *near, compare_near);
      for (guint i = 0; i < SM_SIM_N_NEAR; i++)
        self->near[site * SM_SIM_N_NEAR + i]
          = i < world->n_stations && isfinite (near[i].m) ? near[i].station : NONE;
    }
}

static void
put_packs (SmSimEngine *self)
{
  const SmSimWorld *world = self->world;

  for (guint i = 0; i < world->n_vehicles; i++)
    self->trucks[i].pack = NONE;
  for (guint i = 0; i < world->n_bay_ids; i++)
    self->bays[i] = (SmSimBayNow){ .pack = NONE, .reserved_for = NONE };
  for (guint i = 0; i < world->n_packs; i++)
    {
      const SmSimPack *pack = &world->packs[i];
      SmSimPackNow *now = &self->packs[i];

      sm_sim_pack_init (now, world, i, self->now_us);
      now->place = (guint8) pack->place;
      if (pack->place == SM_PLACE_VEHICLE)
        {
          now->place_index = pack->vehicle;
          self->trucks[pack->vehicle].pack = i;
        }
      else if (pack->place == SM_PLACE_BAY)
        {
          now->place_index = world->stations[pack->station].first_bay + pack->bay;
          self->bays[now->place_index].pack = i;
        }
      else
        now->place_index = pack->station;
    }
}

/** sm_sim_engine_new: @world must outlive it. */
SmSimEngine *
sm_sim_engine_new (const SmSimWorld *world,
                   gint64            start_us)
{
  SmSimEngine *self = g_new0 (SmSimEngine, 1);

  self->world = world;
  self->now_us = start_us;
  self->zone_us = zone_offset_us (world->zone, start_us);
  self->heap = sm_sim_heap_new (world->n_vehicles + world->n_stations);
  self->trucks = g_new0 (SmSimTruckNow, MAX (world->n_vehicles, 1));
  self->stations = g_new0 (SmSimStationNow, MAX (world->n_stations, 1));
  self->lanes = g_new0 (SmSimLaneNow, MAX (world->n_lane_ids, 1));
  self->bays = g_new0 (SmSimBayNow, MAX (world->n_bay_ids, 1));
  self->packs = g_new0 (SmSimPackNow, MAX (world->n_packs, 1));
  self->withheld = g_new0 (guint8, MAX (world->n_packs, 1));
  self->promised = g_new (guint32, MAX (world->n_packs, 1));
  for (guint i = 0; i < world->n_packs; i++)
    self->promised[i] = NONE;
  self->output.swaps = g_array_new (FALSE, FALSE, sizeof (SmSimSwap));
  self->output.movements = g_array_new (FALSE, FALSE, sizeof (SmSimMovement));
  self->output.events = g_array_new (FALSE, FALSE, sizeof (SmSimDrivingEvent));
  self->output.quarters = g_array_new (FALSE, FALSE, sizeof (SmSimQuarter));
  self->output.touched = g_array_new (FALSE, FALSE, sizeof (guint));
  find_near (self);
  put_packs (self);
  for (guint i = 0; i < world->n_lane_ids; i++)
    self->lanes[i] = (SmSimLaneNow){ .truck = NONE, .since_us = start_us };
  for (guint i = 0; i < world->n_stations; i++)
    sm_sim_station_begin (self, i);
  for (guint i = 0; i < world->n_vehicles; i++)
    sm_sim_truck_begin (self, i);
  return self;
}

void
sm_sim_engine_free (SmSimEngine *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->world->n_stations; i++)
    g_array_unref (self->stations[i].queue);
  g_array_unref (self->output.swaps);
  g_array_unref (self->output.movements);
  g_array_unref (self->output.events);
  g_array_unref (self->output.quarters);
  g_array_unref (self->output.touched);
  sm_sim_heap_free (self->heap);
  g_free (self->trucks);
  g_free (self->stations);
  g_free (self->lanes);
  g_free (self->bays);
  g_free (self->packs);
  g_free (self->withheld);
  g_free (self->promised);
  g_free (self->near);
  g_free (self);
}

/** sm_sim_engine_set_live: Whether orders are told as they begin, and meters left to be asked. */
void
sm_sim_engine_set_live (SmSimEngine *self,
                        gboolean     is_live)
{
  gboolean begins = is_live && !self->is_live;

  self->is_live = is_live;
  /* Who listens from now on hears of what has begun. */
  for (guint i = 0; begins && i < self->world->n_stations; i++)
    sm_sim_station_tell_open (self, i);
}

gint64
sm_sim_engine_now (const SmSimEngine *self)
{
  return self->now_us;
}

guint64
sm_sim_engine_n_events (const SmSimEngine *self)
{
  return self->n_events;
}

/** sm_sim_engine_output: Returns: what happened since it was cleared */
SmSimOutput *
sm_sim_engine_output (SmSimEngine *self)
{
  return &self->output;
}

void
sm_sim_output_clear (SmSimOutput *self)
{
  g_array_set_size (self->swaps, 0);
  g_array_set_size (self->movements, 0);
  g_array_set_size (self->events, 0);
  g_array_set_size (self->quarters, 0);
  g_array_set_size (self->touched, 0);
}

/** sm_sim_engine_advance: Everything happens that is due by @to_us. */
void
sm_sim_engine_advance (SmSimEngine *self,
                       gint64       to_us)
{
  guint subject;
  gint64 at_us;

  while ((at_us = sm_sim_heap_first (self->heap, &subject)) <= to_us)
    {
      self->now_us = MAX (self->now_us, at_us);
      self->n_events++;
      if (subject < self->world->n_vehicles)
        sm_sim_truck_happen (self, subject);
      else
        sm_sim_station_happen (self, subject - self->world->n_vehicles);
    }
  self->now_us = MAX (self->now_us, to_us);
}

static gint64
place_id (SmSimEngine   *self,
          SmBatteryPlace place,
          guint          index)
{
  const SmSimWorld *world = self->world;

  switch (place)
    {
    case SM_PLACE_VEHICLE:
      return world->vehicles[index].id;
    case SM_PLACE_BAY:
      return world->bay_ids[index];
    case SM_PLACE_CARRIER: /* the robot of this lane */
      return world->lane_ids[index];
    case SM_PLACE_STORE:
      return world->stations[index].id;
    case SM_PLACE_WORKSHOP:
    case SM_PLACE_UNKNOWN:
    default:
      return SM_UNKNOWN;
    }
}

/** sm_sim_engine_pack_place_id: Returns: the id of what a pack is in, by its place. */
gint64
sm_sim_engine_pack_place_id (SmSimEngine *self,
                             guint        pack)
{
  return place_id (self, self->packs[pack].place, self->packs[pack].place_index);
}

/* It is in one place, and from the same instant on in another. */
static void
set_place (SmSimEngine    *self,
           guint           pack,
           SmBatteryPlace  to,
           guint           to_index)
{
  SmSimPackNow *now = &self->packs[pack];

  if (now->place == SM_PLACE_VEHICLE && self->trucks[now->place_index].pack == pack)
    self->trucks[now->place_index].pack = NONE;
  else if (now->place == SM_PLACE_BAY && self->bays[now->place_index].pack == pack)
    self->bays[now->place_index].pack = NONE;
  now->place = (guint8) to;
  now->place_index = to_index;
  if (to == SM_PLACE_VEHICLE)
    self->trucks[to_index].pack = pack;
  else if (to == SM_PLACE_BAY)
    self->bays[to_index].pack = pack;
}

/** sm_sim_engine_move_pack: And says so. */
void
sm_sim_engine_move_pack (SmSimEngine    *self,
                         guint           pack,
                         SmBatteryPlace  to,
                         guint           to_index,
                         guint           station,
                         guint           vehicle,
                         gint64          created_us,
                         gint64          at_us)
{
  SmSimPackNow *now = &self->packs[pack];
  SmSimMovement movement = {
    .pack = pack,
    .at_us = at_us,
    .from = now->place,
    .to = (guint8) to,
    .from_id = place_id (self, now->place, now->place_index),
    .to_id = place_id (self, to, to_index),
    .station = station,
    .vehicle = vehicle,
    .created_us = created_us,
    .soc = sm_sim_pack_soc (now),
    .soh = now->soh,
    .spread_mv = sm_sim_pack_spread_mv (now),
    .charged_wh = now->charged_wh,
    .throughput_wh = now->throughput_wh,
  };

  set_place (self, pack, to, to_index);
  now->placed_us = at_us;
  g_array_append_val (self->output.movements, movement);
}
