/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-station-spots.h"

#include <math.h>

#include "sm-cluster.h"

#define ASIDE_ZOOM 8.0
#define ASIDE 24.f

/* So far apart in pixels that the glyphs of several, with a number of three
 * digits, do not touch. */
static double
spot_distance (double zoom)
{
  if (zoom < 8)
    return 52;
  if (zoom < 11)
    return 42;
  return zoom < 13 ? 30 : 18;
}

static int
compare_spots (const void *a,
               const void *b)
{
  const SmStationSpot *one = a, *other = b;
  guint first = one->glyph.level > 0 ? 5 - one->glyph.level : 0;
  guint second = other->glyph.level > 0 ? 5 - other->glyph.level : 0;

  if (first != second)
    return first < second ? -1 : 1;
  if (one->glyph.look != other->glyph.look)
    return one->glyph.look < other->glyph.look ? -1 : 1;
  return (one->glyph.n > other->glyph.n) - (one->glyph.n < other->glyph.n);
}

static void
spot_add (SmStationSpot   *spot,
          const SmStation *station)
{
  spot->glyph.n++;
  /* One station shows how it is; several do when all of them are so. */
  if (spot->glyph.n == 1)
    spot->glyph.look = station->look;
  else if (station->look < spot->glyph.look)
    spot->glyph.look = station->look;
  spot->glyph.swap = spot->glyph.swap || station->swap;
  if (station->level > 0 && (spot->glyph.level == 0 || station->level < spot->glyph.level))
    spot->glyph.level = station->level;
}

/* The middle of all, step by step. */
static void
spot_move (SmStationSpot *spot,
           SmWorldPoint   at,
           guint          n)
{
  double share = 1.0 / n;

  spot->at.x = (guint32) (spot->at.x + ((double) at.x - spot->at.x) * share);
  spot->at.y = (guint32) (spot->at.y + ((double) at.y - spot->at.y) * share);
}

/* Lists the stations of each spot one after another. */
static void
fill_order (const GArray *stations,
            const guint  *spot_of,
            GArray       *spots,
            GArray       *order)
{
  g_autofree guint *filled = g_new0 (guint, spots->len + 1);
  guint first = 0;

  for (guint i = 0; i < spots->len; i++)
    {
      g_array_index (spots, SmStationSpot, i).first = first;
      first += g_array_index (spots, SmStationSpot, i).glyph.n;
    }
  g_array_set_size (order, stations->len);
  for (guint i = 0; i < stations->len; i++)
    {
      SmStationSpot *spot = &g_array_index (spots, SmStationSpot, spot_of[i]);
      guint n = ++filled[spot_of[i]];

      g_array_index (order, guint, spot->first + n - 1) = i;
      spot_move (spot, g_array_index (stations, SmStation, i).at, n);
    }
}

/**
 * sm_station_spots_find:
 * @stations: (element-type SmStation): all of them
 * @unit: world units for each pixel of a unit of 1
 * @spots: (element-type SmStationSpot): is filled, worst last
 * @order: (element-type guint): is filled with indices of @stations, by spot
 *
 * Says which stations are one glyph, which depends on the zoom only.
 */
void
sm_station_spots_find (const GArray *stations,
                       double        zoom,
                       double        unit,
                       GArray       *spots,
                       GArray       *order)
{
  guint n = stations->len, n_spots;
  g_autofree guint32 *xy = g_new (guint32, 2 * n + 1);
  g_autofree guint *spot_of = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    {
      xy[2 * i] = g_array_index (stations, SmStation, i).at.x;
      xy[2 * i + 1] = g_array_index (stations, SmStation, i).at.y;
    }
  n_spots = sm_clusters_by_distance (xy, n, spot_distance (zoom) * unit, spot_of);
  g_array_set_size (spots, 0);
  for (guint i = 0; i < n_spots; i++)
    {
      SmStationSpot spot = { .glyph.big = zoom >= 10 };

      g_array_append_val (spots, spot);
    }
  for (guint i = 0; i < n; i++)
    spot_add (&g_array_index (spots, SmStationSpot, spot_of[i]),
              &g_array_index (stations, SmStation, i));
  fill_order (stations, spot_of, spots, order);
  g_array_sort (spots, compare_spots);
}

/** sm_station_spot_point: Returns: where its glyph is drawn, on whole pixels */
SmScreenPoint
sm_station_spot_point (const SmMapTransform *transform,
                       const SmStationSpot           *spot)
{
  SmScreenPoint p = sm_map_transform_point (transform, spot->at);

  /* Far out a cluster has no place of its own: beside that of the vehicles. */
  if (spot->glyph.n > 1 && transform->zoom < ASIDE_ZOOM)
    p = (SmScreenPoint){ p.x + ASIDE, p.y + ASIDE };
  return (SmScreenPoint){ roundf (p.x), roundf (p.y) };
}
