/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-roads.h"

#include <math.h>

#include "sm-geo.h"

/* A truck that ends its way at a place stands within this of it. */
#define STOP_RADIUS_M 4000.0
#define MAX_STOPS 16
#define YARDS 6
#define YARD_RADIUS_DEG 0.008

/* Half the trips are shorter than about this. */
#define TRIP_SCALE_M 45000.0

#define MAX_BOW 0.03

struct _SmSimRoads
{
  const SmSimPlace *places;
  guint n;
  guint16 *next;       /* n x n: the neighbour that lies on the way */
  float *distance_m;   /* n x n: along the roads */
  GArray **stops;      /* a SmSimStop array for each place */
};

/** sm_sim_leg_new: @bow is how far the middle lies to the left, in parts of the length */
SmSimLeg
sm_sim_leg_new (double from_latitude,
                double from_longitude,
                double to_latitude,
                double to_longitude,
                double bow)
{
  double straight_m = sm_geo_distance_m (from_latitude, from_longitude, to_latitude, to_longitude);
  double stretch = 1.0 + G_PI * G_PI * bow * bow / 4.0; /* of a flat half wave */

  return (SmSimLeg){ from_latitude, from_longitude, to_latitude, to_longitude, bow,
                     straight_m * stretch };
}

static void
point_on_leg (const SmSimLeg *leg,
              double          part,
              double         *out_latitude,
              double         *out_longitude)
{
  double north = leg->to_latitude - leg->from_latitude;
  double east = leg->to_longitude - leg->from_longitude;
  double squeeze = cos (leg->from_latitude * G_PI / 180.0);
  double aside = leg->bow * sin (G_PI * part);

  *out_latitude = leg->from_latitude + north * part + aside * east * squeeze;
  *out_longitude = leg->from_longitude + east * part - aside * north / squeeze;
}

/** sm_sim_leg_at: Where one is, and heads for, @along_m from the leg's beginning. */
void
sm_sim_leg_at (const SmSimLeg *leg,
               double          along_m,
               double         *out_latitude,
               double         *out_longitude,
               double         *out_heading_deg)
{
  double part = leg->length_m > 0.0 ? CLAMP (along_m / leg->length_m, 0.0, 1.0) : 1.0;
  double before_latitude, before_longitude, after_latitude, after_longitude;

  point_on_leg (leg, part, out_latitude, out_longitude);
  point_on_leg (leg, part - 0.001, &before_latitude, &before_longitude);
  point_on_leg (leg, part + 0.001, &after_latitude, &after_longitude);
  *out_heading_deg = sm_geo_bearing_deg (before_latitude, before_longitude, after_latitude,
                                         after_longitude);
}

/* Floyd and Warshall: every pair at once, which is right for some hundred places. */
static void
find_ways (SmSimRoads      *self,
           const SmSimRoad *roads,
           guint            n_roads)
{
  guint n = self->n;

  for (guint i = 0; i < n * n; i++)
    self->distance_m[i] = i % n == i / n ? 0.0f : INFINITY;
  for (guint i = 0; i < n_roads; i++)
    {
      const SmSimPlace *a = &self->places[roads[i].a], *b = &self->places[roads[i].b];
      float distance_m = (float) sm_geo_distance_m (a->latitude, a->longitude, b->latitude,
                                                    b->longitude);

      self->distance_m[roads[i].a * n + roads[i].b] = distance_m;
      self->distance_m[roads[i].b * n + roads[i].a] = distance_m;
      self->next[roads[i].a * n + roads[i].b] = roads[i].b;
      self->next[roads[i].b * n + roads[i].a] = roads[i].a;
    }
  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < n; i++)
      for (guint j = 0; j < n; j++)
        if (self->distance_m[i * n + k] + self->distance_m[k * n + j] < self->distance_m[i * n + j])
          {
            self->distance_m[i * n + j] = self->distance_m[i * n + k] + self->distance_m[k * n + j];
            self->next[i * n + j] = self->next[i * n + k];
          }
}

/* Trucks stand at the real stations near a place, or else in yards around it. */
static GArray *
find_stops (const SmSimPlace *place,
            const SmSimStop  *stations,
            guint             n_stations,
            SmRandom         *random)
{
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (SmSimStop));
  guint seen = 0;

  for (guint i = 0; i < n_stations; i++)
    {
      guint slot;

      if (sm_geo_distance_m (place->latitude, place->longitude, stations[i].latitude,
                             stations[i].longitude) > STOP_RADIUS_M)
        continue;
      /* A fair sample of all that are near, without keeping them. */
      slot = sm_random_below (random, ++seen);
      if (stops->len < MAX_STOPS)
        g_array_append_val (stops, stations[i]);
      else if (slot < MAX_STOPS)
        g_array_index (stops, SmSimStop, slot) = stations[i];
    }
  while (stops->len < YARDS)
    {
      SmSimStop yard = {
        place->latitude + sm_random_range (random, -YARD_RADIUS_DEG, YARD_RADIUS_DEG),
        place->longitude + sm_random_range (random, -YARD_RADIUS_DEG, YARD_RADIUS_DEG),
      };

      g_array_append_val (stops, yard);
    }
  return stops;
}

/**
 * sm_sim_roads_new:
 * @places: stays the caller's and must outlive the roads
 * @stations: where trucks may stand and charge
 */
SmSimRoads *
sm_sim_roads_new (guint64           seed,
                  const SmSimPlace *places,
                  guint             n_places,
                  const SmSimRoad  *roads,
                  guint             n_roads,
                  const SmSimStop  *stations,
                  guint             n_stations)
{
  SmSimRoads *self;

  g_return_val_if_fail (n_places > 1 && n_places < G_MAXUINT16, NULL);

  self = g_new0 (SmSimRoads, 1);
  self->places = places;
  self->n = n_places;
  self->next = g_new0 (guint16, (gsize) n_places * n_places);
  self->distance_m = g_new0 (float, (gsize) n_places * n_places);
  self->stops = g_new0 (GArray *, n_places);
  find_ways (self, roads, n_roads);
  for (guint i = 0; i < n_places; i++)
    {
      SmRandom random = sm_random_new (seed, i);

      self->stops[i] = find_stops (&places[i], stations, n_stations, &random);
    }
  return self;
}

void
sm_sim_roads_free (SmSimRoads *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n; i++)
    g_array_unref (self->stops[i]);
  g_free (self->stops);
  g_free (self->distance_m);
  g_free (self->next);
  g_free (self);
}

guint
sm_sim_roads_n_places (const SmSimRoads *self)
{
  return self->n;
}

const SmSimPlace *
sm_sim_roads_place (const SmSimRoads *self,
                    guint             place)
{
  return &self->places[place];
}

/** sm_sim_roads_next: Returns: the neighbour of @from that lies on the way to @to */
guint
sm_sim_roads_next (const SmSimRoads *self,
                   guint             from,
                   guint             to)
{
  return self->next[from * self->n + to];
}

double
sm_sim_roads_distance_m (const SmSimRoads *self,
                         guint             from,
                         guint             to)
{
  return self->distance_m[from * self->n + to];
}

static double
attraction (const SmSimRoads *self,
            guint             from,
            guint             to)
{
  if (to == from)
    return 0.0;
  return self->places[to].weight * exp (-self->distance_m[from * self->n + to] / TRIP_SCALE_M);
}

/** sm_sim_roads_pick: Returns: where a truck goes from @from: near and busy places most often */
guint
sm_sim_roads_pick (const SmSimRoads *self,
                   guint             from,
                   SmRandom         *random)
{
  double sum = 0.0, mark;

  for (guint to = 0; to < self->n; to++)
    sum += attraction (self, from, to);
  mark = sm_random_unit (random) * sum;
  for (guint to = 0; to < self->n; to++)
    {
      mark -= attraction (self, from, to);
      if (mark < 0.0)
        return to;
    }
  return from == 0 ? 1 : 0;
}

/** sm_sim_roads_nearest: Returns: the place that is nearest as the crow flies */
guint
sm_sim_roads_nearest (const SmSimRoads *self,
                      double            latitude,
                      double            longitude)
{
  double best_m = INFINITY;
  guint best = 0;

  for (guint i = 0; i < self->n; i++)
    {
      double m = sm_geo_distance_m (latitude, longitude, self->places[i].latitude,
                                    self->places[i].longitude);

      if (m < best_m)
        {
          best_m = m;
          best = i;
        }
    }
  return best;
}

SmSimStop
sm_sim_roads_pick_stop (const SmSimRoads *self,
                        guint             place,
                        SmRandom         *random)
{
  const GArray *stops = self->stops[place];

  return g_array_index (stops, SmSimStop, sm_random_below (random, stops->len));
}

/** sm_sim_roads_leg: The road between two neighbours, the same both ways. */
SmSimLeg
sm_sim_roads_leg (const SmSimRoads *self,
                  guint             from,
                  guint             to)
{
  const SmSimPlace *a = &self->places[from], *b = &self->places[to];
  guint64 mixed = sm_random_mix ((guint64) MIN (from, to) << 32 | MAX (from, to));
  double bow = ((double) (mixed >> 40) / (double) (1 << 23) - 1.0) * MAX_BOW;

  return sm_sim_leg_new (a->latitude, a->longitude, b->latitude, b->longitude,
                         from < to ? bow : -bow);
}
