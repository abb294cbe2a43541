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

/* Where the glyph of several may stand, far out: beside its place, for the vehicles' cluster
 * is there.  Their signs are at the upper right, so that comes last. */
static const struct
{
  float x, y;
} sides[] = { { 1, 1 }, { -1, 1 }, { -1, -1 }, { 0, 1.4f }, { -1.4f, 0 }, { 1.4f, 0 }, { 1, -1 } };

static graphene_rect_t
side_box (const SmStationSpot *spot,
          SmScreenPoint        p,
          guint                side,
          float                unit)
{
  float r = (spot->glyph.n < 10 ? 9 : spot->glyph.n < 100 ? 11 : 14) * unit;

  return GRAPHENE_RECT_INIT (p.x + sides[side].x * ASIDE * unit - r,
                             p.y + sides[side].y * ASIDE * unit - r, 2 * r, 2 * r);
}

static gboolean
is_free (const graphene_rect_t *box,
         const graphene_rect_t *boxes,
         guint                  n)
{
  for (guint i = 0; i < n; i++)
    if (graphene_rect_intersection (box, &boxes[i], NULL))
      return FALSE;
  return TRUE;
}

/* The side where it was before, else the first that is free; one with a fault stays in
 * any case. */
static guint
choose_side (const SmStationSpot *spot,
             SmScreenPoint        p,
             float                unit,
             const GArray        *taken)
{
  for (guint k = 0; k <= G_N_ELEMENTS (sides); k++)
    {
      guint side = k == 0 ? spot->side : k - 1;
      graphene_rect_t box;

      if (side >= G_N_ELEMENTS (sides))
        continue;
      box = side_box (spot, p, side, unit);
      if (is_free (&box, (const graphene_rect_t *) taken->data, taken->len))
        return side;
    }
  return spot->glyph.level > 0 ? 0 : G_N_ELEMENTS (sides);
}

/**
 * sm_station_spots_place:
 * @spots: (element-type SmStationSpot): worst last, which are placed first
 * @unit: pixels
 * @boxes: of the window, where vehicles are
 *
 * Far out puts the glyphs of several stations where they cover no vehicles and
 * each other; what finds no room is not shown.
 *
 * Returns: whether any stands elsewhere now
 */
gboolean
sm_station_spots_place (GArray                *spots,
                        const SmMapTransform  *transform,
                        float                  unit,
                        const graphene_rect_t *boxes,
                        guint                  n_boxes)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  gboolean changed = FALSE;

  g_array_append_vals (taken, boxes, n_boxes);
  for (guint i = spots->len; i-- > 0 && transform->zoom < ASIDE_ZOOM;)
    {
      SmStationSpot *spot = &g_array_index (spots, SmStationSpot, i);
      SmScreenPoint p = sm_map_transform_point (transform, spot->at);
      graphene_rect_t box;
      guint before = spot->side;

      if (spot->glyph.n < 2)
        continue;
      spot->side = choose_side (spot, p, unit, taken);
      changed = changed || spot->side != before;
      spot->dx = spot->dy = NAN;
      if (spot->side >= G_N_ELEMENTS (sides))
        continue;
      spot->dx = sides[spot->side].x * ASIDE * unit;
      spot->dy = sides[spot->side].y * ASIDE * unit;
      box = side_box (spot, p, spot->side, unit);
      g_array_append_val (taken, box);
    }
  return changed;
}

/** sm_station_spot_point: Returns: where its glyph is drawn, on whole pixels; NAN: nowhere */
SmScreenPoint
sm_station_spot_point (const SmMapTransform *transform,
                       const SmStationSpot           *spot)
{
  SmScreenPoint p = sm_map_transform_point (transform, spot->at);

  return (SmScreenPoint){ roundf (p.x + spot->dx), roundf (p.y + spot->dy) };
}
