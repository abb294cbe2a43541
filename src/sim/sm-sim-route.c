/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-engine-private.h"

#include <math.h>

#include "sm-geo.h"
#include "sm-time.h"

#define USUAL_M_PER_S 16.0
#define KWH_PER_KM 0.34
#define KWH_PER_KM_AND_T 0.0262
#define CARELESS_PART 0.04 /* of the pack, what such a driver wants to have left */
#define SLOPE_PART 0.10
#define LIMIT_KMH 90.0
#define SPEEDS 0.032
#define PLUG_SOC 75.0 /* who has no more and no station in reach charges where it is */
#define LOW_SOC 15.0
#define FATIGUE_US (4 * SM_HOUR)

static double
route_m (SmSimEngine     *self,
         const SmSimSpot *from,
         const SmSimSpot *to)
{
  const SmSimSite *a, *b;

  if (from->site == to->site)
    return sm_geo_distance_m (from->latitude, from->longitude, to->latitude, to->longitude);
  a = &self->world->sites[from->site];
  b = &self->world->sites[to->site];
  return sm_geo_distance_m (from->latitude, from->longitude, a->latitude, a->longitude)
         + sm_sim_roads_distance_m (self->world->roads, from->site, to->site)
         + sm_geo_distance_m (b->latitude, b->longitude, to->latitude, to->longitude);
}

static SmSimSpot
spot_of_station (SmSimEngine *self,
                 guint        station)
{
  const SmSimStation *place = &self->world->stations[station];

  return (SmSimSpot){ place->latitude, place->longitude, (guint16) place->site };
}

/* Heavy, cold or hot: it takes more. */
static double
consumption (SmSimEngine         *self,
             const SmSimTruckNow *truck,
             guint                index)
{
  const SmSimTruckKind *kind = &self->world->truck_kinds[self->world->vehicles[index].kind];
  double air_c = sm_sim_weather_c (truck->at.latitude, truck->at.longitude, self->now_us);
  double climate = 1.0 + 0.006 * MAX (18.0 - air_c, 0.0) + 0.004 * MAX (air_c - 30.0, 0.0);

  return (KWH_PER_KM + KWH_PER_KM_AND_T * (kind->empty_t + truck->load_t)) * climate;
}

/* A road that rises in one direction falls in the other. */
static double
slope_of (guint from,
          guint to)
{
  guint64 mixed = sm_random_mix ((guint64) MIN (from, to) << 32 | MAX (from, to) | 1ull << 63);
  double rise = ((double) (mixed >> 40) / (double) (1 << 23) - 1.0) * SLOPE_PART;

  return 1.0 + (from < to ? rise : -rise * 0.8) + 0.02;
}

static double
stored_wh (SmSimEngine         *self,
           const SmSimTruckNow *truck)
{
  return truck->pack != NONE ? (double) sm_sim_pack_stored_wh (&self->packs[truck->pack]) : 0.0;
}

static double
soc_of (SmSimEngine         *self,
        const SmSimTruckNow *truck)
{
  return truck->pack != NONE ? sm_sim_pack_soc (&self->packs[truck->pack]) : 0.0;
}

typedef struct
{
  guint index;
  const SmSimTruckNow *truck;
  SmSimSpot goal;
  double trip_m;
  double soc;
  guint32 station;
  double cost_s;
} Choice;

static void
consider (SmSimEngine *self,
          Choice      *choice,
          guint32      station,
          SmRandom    *random)
{
  SmSimSpot spot = spot_of_station (self, station);
  double to_m = route_m (self, &choice->truck->at, &spot);
  double on_m = route_m (self, &spot, &choice->goal);
  double wait_s, cost_s;

  if (to_m * choice->truck->wh_per_m > stored_wh (self, choice->truck) * 0.96)
    return;
  /* Who is still nearly full wants to get on by it. */
  if (choice->soc > 60.0 && on_m > choice->trip_m - 20000.0)
    return;
  if (!sm_sim_station_is_open (self, station,
                               self->now_us + (gint64) (to_m / USUAL_M_PER_S * (double) SM_SECOND)))
    return;
  wait_s = sm_sim_station_wait_s (self, station, choice->index);
  cost_s = (to_m + on_m - choice->trip_m) / USUAL_M_PER_S + to_m / USUAL_M_PER_S * 0.25
           + wait_s * sm_random_range (random, 0.5, 1.3);
  if (cost_s < choice->cost_s)
    {
      choice->cost_s = cost_s;
      choice->station = station;
    }
}

/* As far on its way as its pack carries it with ease. */
static guint
far_site (SmSimEngine         *self,
          const SmSimTruckNow *truck,
          guint                goal)
{
  double range_m = stored_wh (self, truck) / truck->wh_per_m * 0.75;
  guint at = truck->at.site;

  while (at != goal)
    {
      guint next = sm_sim_roads_next (self->world->roads, at, goal);

      if (sm_sim_roads_distance_m (self->world->roads, truck->at.site, next) > range_m)
        break;
      at = next;
    }
  return at;
}

static guint32
choose_station (SmSimEngine     *self,
                guint            index,
                const SmSimSpot *goal,
                double           trip_m)
{
  SmSimTruckNow *truck = &self->trucks[index];
  Choice choice = { index, truck, *goal, trip_m, soc_of (self, truck), NONE, INFINITY };
  const guint32 *near = &self->near[truck->at.site * SM_SIM_N_NEAR];

  for (guint i = 0; i < SM_SIM_N_NEAR && near[i] != NONE; i++)
    consider (self, &choice, near[i], &truck->random);
  if (choice.soc > 60.0)
    {
      near = &self->near[far_site (self, truck, goal->site) * SM_SIM_N_NEAR];
      for (guint i = 0; i < SM_SIM_N_NEAR && near[i] != NONE; i++)
        consider (self, &choice, near[i], &truck->random);
    }
  return choice.station;
}

static double
reserve_wh (SmSimEngine         *self,
            const SmSimTruckNow *truck,
            const SmSimSpot     *goal)
{
  guint32 nearest = self->near[goal->site * SM_SIM_N_NEAR];
  double part = truck->is_careless ? CARELESS_PART : truck->margin;
  double m = 0.0;
  SmSimSpot spot;

  if (nearest != NONE)
    {
      spot = spot_of_station (self, nearest);
      m = route_m (self, goal, &spot);
    }
  return m * truck->wh_per_m
         + (truck->pack != NONE ? part * sm_sim_pack_capacity_wh (&self->packs[truck->pack]) : 0.0);
}

static void
start_leg (SmSimEngine *self,
           guint        index,
           SmSimWay     way,
           SmSimLeg     leg)
{
  SmSimTruckNow *truck = &self->trucks[index];
  gboolean is_road = way == SM_SIM_WAY_ROAD && leg.length_m > 5000.0;
  double kmh = is_road ? sm_random_range (&truck->random, 55.0, 74.0)
                       : sm_random_range (&truck->random, 26.0, 40.0);
  double slope = 1.0;

  truck->ripple = is_road ? 0.13 : 0.85;
  if (is_road && sm_random_chance (&truck->random, SPEEDS))
    kmh = sm_random_range (&truck->random, 83.0, 95.0);
  truck->waves = ceil (leg.length_m / (is_road ? 9000.0 : 1400.0));
  truck->way = way;
  truck->leg = leg;
  if (way == SM_SIM_WAY_ROAD)
    slope = slope_of (truck->at.site, truck->next_site);
  truck->wh_per_m = consumption (self, truck, index) * slope;
  sm_sim_truck_set_phase (self, index, SM_SIM_DRIVING,
                          self->now_us
                            + (gint64) MAX (leg.length_m / kmh * 3.6 * (double) SM_SECOND,
                                            (double) SM_SECOND));
  if (truck->station != NONE)
    {
      SmSimSpot next = truck->at;
      double rest_m;

      if (way == SM_SIM_WAY_ROAD)
        next.site = truck->next_site;
      rest_m = way == SM_SIM_WAY_IN ? 0.0
               : next.site == truck->to.site
                 ? 0.0 : sm_sim_roads_distance_m (self->world->roads, next.site, truck->to.site);
      truck->eta_us = truck->until_us + (gint64) (rest_m / USUAL_M_PER_S * (double) SM_SECOND);
    }
}

static void
leg_to (SmSimEngine *self,
        guint        index,
        SmSimWay     way,
        double       latitude,
        double       longitude)
{
  SmSimTruckNow *truck = &self->trucks[index];

  start_leg (self, index, way,
             sm_sim_leg_new (truck->at.latitude, truck->at.longitude, latitude, longitude, 0.0));
}

/* It stands at its site of the roads: on along them, or in. */
static void
next_leg (SmSimEngine *self,
          guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];

  if (truck->at.site == truck->to.site)
    {
      leg_to (self, index, SM_SIM_WAY_IN, truck->to.latitude, truck->to.longitude);
      return;
    }
  truck->next_site = (guint16) sm_sim_roads_next (self->world->roads, truck->at.site,
                                                  truck->to.site);
  start_leg (self, index, SM_SIM_WAY_ROAD,
             sm_sim_roads_leg (self->world->roads, truck->at.site, truck->next_site));
}

static void
begin_trip (SmSimEngine *self,
            guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];
  const SmSimSite *site = &self->world->sites[truck->at.site];

  if (truck->at.site == truck->to.site)
    leg_to (self, index, SM_SIM_WAY_IN, truck->to.latitude, truck->to.longitude);
  else
    leg_to (self, index, SM_SIM_WAY_OUT, site->latitude, site->longitude);
}

/**
 * sm_sim_route_depart:
 *
 * On its way to @goal, by a station when the pack would not last there and on
 * to the next.
 *
 * Returns: FALSE when it cannot get anywhere: it stands, and needs help
 */
gboolean
sm_sim_route_depart (SmSimEngine *self,
                     guint        index,
                     SmSimSpot    goal)
{
  SmSimTruckNow *truck = &self->trucks[index];
  double trip_m = route_m (self, &truck->at, &goal);
  double have_wh = stored_wh (self, truck);

  truck->wh_per_m = consumption (self, truck, index) * (1.0 + 0.3 * SLOPE_PART);
  truck->goal = goal;
  truck->to = goal;
  truck->station = NONE;
  if (have_wh < trip_m * truck->wh_per_m + reserve_wh (self, truck, &goal))
    {
      guint32 station = choose_station (self, index, &goal, trip_m);

      if (station != NONE)
        {
          truck->station = station;
          truck->to = spot_of_station (self, station);
          truck->queue_since_us = self->now_us;
          self->stations[station].n_inbound++;
        }
      else if (have_wh < trip_m * truck->wh_per_m * 1.05
               || (!truck->is_careless && soc_of (self, truck) < PLUG_SOC))
        return FALSE;
    }
  begin_trip (self, index);
  return TRUE;
}

/** sm_sim_route_along_m: How far on its leg it is, and how fast, in closed form. */
double
sm_sim_route_along_m (const SmSimTruckNow *truck,
                      gint64               at_us,
                      double              *out_kmh)
{
  double whole_s = (double) (truck->until_us - truck->since_us) / (double) SM_SECOND;
  double part = CLAMP ((double) (at_us - truck->since_us) / (double) SM_SECOND / whole_s, 0.0, 1.0);
  double turn = 2.0 * G_PI * truck->waves;

  *out_kmh = truck->leg.length_m / whole_s * 3.6 * (1.0 - truck->ripple * cos (turn * part));
  if (truck->waves <= 0.0)
    return truck->leg.length_m * part;
  return truck->leg.length_m * (part - truck->ripple / turn * sin (turn * part));
}

static void
note (SmSimEngine        *self,
      guint               index,
      SmDrivingEventKind  kind,
      gint64              at_us,
      double              value,
      double              limit)
{
  SmSimTruckNow *truck = &self->trucks[index];
  SmSimDrivingEvent event = { .vehicle = index, .kind = (guint8) kind, .at_us = at_us,
                              .value = value, .limit_value = limit };
  double kmh, heading_deg;

  sm_sim_leg_at (&truck->leg, sm_sim_route_along_m (truck, at_us, &kmh), &event.latitude,
                 &event.longitude, &heading_deg);
  g_array_append_val (self->output.events, event);
}

/* What the leg that ends now is remembered for. */
static void
note_events (SmSimEngine *self,
             guint        index,
             double       soc_before)
{
  SmSimTruckNow *truck = &self->trucks[index];
  double seconds = (double) (truck->until_us - truck->since_us) / (double) SM_SECOND;
  double fastest_kmh = truck->leg.length_m / seconds * 3.6 * (1.0 + truck->ripple);
  double soc = soc_of (self, truck);

  if (fastest_kmh > LIMIT_KMH && truck->leg.length_m > 5000.0)
    note (self, index, SM_DRIVING_EVENT_KIND_SPEEDING,
          truck->since_us + (gint64) ((double) (truck->until_us - truck->since_us) / truck->waves / 2.0),
          round (fastest_kmh), LIMIT_KMH);
  if (!truck->was_tired && truck->until_us - truck->awake_us > FATIGUE_US)
    {
      truck->was_tired = TRUE;
      note (self, index, SM_DRIVING_EVENT_KIND_FATIGUE,
            MAX (truck->awake_us + FATIGUE_US, truck->since_us), 4.0, 4.0);
    }
  if (!truck->was_low && soc < LOW_SOC)
    {
      double part = soc_before > soc ? CLAMP ((soc_before - LOW_SOC) / (soc_before - soc), 0.0, 1.0)
                                     : 1.0;

      truck->was_low = TRUE;
      note (self, index, SM_DRIVING_EVENT_KIND_LOW_BATTERY,
            truck->since_us + (gint64) (part * (double) (truck->until_us - truck->since_us)),
            LOW_SOC, LOW_SOC);
    }
}

/**
 * sm_sim_route_arrive:
 *
 * A leg is at its end.
 *
 * Returns: TRUE when that is the end of its way too
 */
gboolean
sm_sim_route_arrive (SmSimEngine *self,
                     guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];
  double soc_before = soc_of (self, truck);

  sm_sim_truck_book (self, index, self->now_us);
  note_events (self, index, soc_before);
  truck->odometer_m += truck->leg.length_m;
  truck->since_us = self->now_us;
  if (truck->way == SM_SIM_WAY_ROAD)
    truck->at.site = truck->next_site;
  truck->at.latitude = truck->leg.to_latitude;
  truck->at.longitude = truck->leg.to_longitude;
  if (truck->way != SM_SIM_WAY_IN)
    return FALSE;
  truck->at = truck->to;
  return TRUE;
}

/** sm_sim_route_go_on: The next leg of its way. */
void
sm_sim_route_go_on (SmSimEngine *self,
                    guint        index)
{
  next_leg (self, index);
}

static gboolean
waits (SmSimEngine *self,
       guint        index)
{
  const SmSimTruckNow *truck = &self->trucks[index];
  const GArray *queue = truck->station != NONE ? self->stations[truck->station].queue : NULL;

  for (guint i = 0; queue != NULL && truck->phase == SM_SIM_WAITING && i < queue->len; i++)
    if (g_array_index (queue, guint32, i) == index)
      return TRUE;
  return FALSE;
}

/* It drives in, and turns round: only from here on it is another way. */
static void
turn_round (SmSimEngine *self,
            guint        index)
{
  SmSimTruckNow *truck = &self->trucks[index];
  double kmh, heading_deg;
  double m = sm_sim_route_along_m (truck, self->now_us, &kmh);

  sm_sim_truck_book (self, index, self->now_us);
  sm_sim_leg_at (&truck->leg, m, &truck->at.latitude, &truck->at.longitude, &heading_deg);
  truck->odometer_m += m;
  truck->since_us = self->now_us;
  begin_trip (self, index);
}

/**
 * sm_sim_route_divert:
 *
 * To another station than it was on its way to, or waits at.
 *
 * Returns: FALSE when it is not, or does not get there; TRUE when it comes there anyway
 */
gboolean
sm_sim_route_divert (SmSimEngine *self,
                     guint        index,
                     guint        station)
{
  SmSimTruckNow *truck = &self->trucks[index];
  SmSimSpot spot = spot_of_station (self, station);
  gboolean is_coming = truck->phase == SM_SIM_DRIVING && truck->station != NONE;
  gboolean is_waiting = waits (self, index);

  if (truck->station == station)
    return TRUE;
  if ((!is_coming && !is_waiting) || truck->pack == NONE
      || route_m (self, &truck->at, &spot) * truck->wh_per_m > stored_wh (self, truck) * 0.96)
    return FALSE;
  if (is_waiting)
    sm_sim_station_leave (self, truck->station, index);
  else
    self->stations[truck->station].n_inbound--;
  truck->station = station;
  truck->to = spot;
  truck->queue_since_us = self->now_us;
  self->stations[station].n_inbound++;
  if (is_waiting)
    begin_trip (self, index);
  else if (truck->way == SM_SIM_WAY_IN)
    turn_round (self, index);
  return TRUE;
}
