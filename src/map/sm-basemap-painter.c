/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-basemap-painter.h"

#include <math.h>

/* Tiles from this zoom on are drawn from ancestor cells, of these zooms. */
static const guint cell_zooms[] = { 4, 6, 9, 12 };

/* Beyond the edge of a tile, in pixels: half a line's width and its joints. */
#define MARGIN 6.0
/* Points nearer than this, in pixels, are drawn as one. */
#define NEAR 0.5

struct _SmBasemapPainter
{
  gatomicrefcount ref_count;
  SmBasemap *basemap;
  SmMapTheme theme;
  gboolean show_borders;

  GMutex lock;       /* of the cells */
  GHashTable *cells; /* gint64 key -> SmBasemapLevel, clipped */
};

typedef struct
{
  double x0, y0, x1, y1;
} Box;

/* The transformation of a tile: from world coordinates to its pixels. */
typedef struct
{
  cairo_t *cr;
  double left, top, scale;
  Box seen; /* in world coordinates, with margin */
  float zoom;
} Tile;

static gboolean
path_misses (const SmBasemapPath *path,
             const Box           *box)
{
  return path->high.x < box->x0 || path->low.x > box->x1 || path->high.y < box->y0 ||
         path->low.y > box->y1;
}

static gboolean
path_is_inside (const SmBasemapPath *path,
                const Box           *box)
{
  return path->low.x >= box->x0 && path->high.x <= box->x1 && path->low.y >= box->y0 &&
         path->high.y <= box->y1;
}

/* One step of Sutherland and Hodgman: what is left of a ring on one side of a
 * line.  @axis: 0 for x, 1 for y. */
static GArray *
clip_side (GArray  *ring,
           int      axis,
           double   edge,
           gboolean keep_below)
{
  typedef struct { double c[2]; } Point;
  GArray *result = g_array_sized_new (FALSE, FALSE, sizeof (Point), ring->len + 8);
  Point before;
  gboolean before_kept;

  if (ring->len == 0)
    return result;
  before = g_array_index (ring, Point, ring->len - 1);
  before_kept = keep_below ? before.c[axis] <= edge : before.c[axis] >= edge;
  for (guint i = 0; i < ring->len; i++)
    {
      Point p = g_array_index (ring, Point, i);
      gboolean kept = keep_below ? p.c[axis] <= edge : p.c[axis] >= edge;

      if (kept != before_kept)
        {
          double share = (edge - before.c[axis]) / (p.c[axis] - before.c[axis]);
          Point cut;

          cut.c[axis] = edge;
          cut.c[1 - axis] = before.c[1 - axis] + share * (p.c[1 - axis] - before.c[1 - axis]);
          g_array_append_val (result, cut);
        }
      if (kept)
        g_array_append_val (result, p);
      before = p;
      before_kept = kept;
    }
  return result;
}

static GArray *
clip_ring (const SmBasemapPath *path,
           const Box           *box)
{
  g_autoptr (GArray) ring = g_array_sized_new (FALSE, FALSE, 2 * sizeof (double), path->n);
  g_autoptr (GArray) right = NULL;
  g_autoptr (GArray) left = NULL;
  g_autoptr (GArray) below = NULL;

  for (guint i = 0; i < path->n; i++)
    {
      double point[2] = { path->points[i].x, path->points[i].y };

      g_array_append_vals (ring, point, 1);
    }
  right = clip_side (ring, 0, box->x0, FALSE);
  left = clip_side (right, 0, box->x1, TRUE);
  below = clip_side (left, 1, box->y0, FALSE);
  return clip_side (below, 1, box->y1, TRUE);
}

static void
cell_free (gpointer data)
{
  SmBasemapLevel *cell = data;

  for (guint c = 0; c < SM_BASEMAP_N_CLASSES; c++)
    {
      for (guint i = 0; i < cell->paths[c]->len; i++)
        g_free ((gpointer) g_array_index (cell->paths[c], SmBasemapPath, i).points);
      g_array_unref (cell->paths[c]);
    }
  g_free (cell);
}

static void
cell_add_points (SmBasemapLevel      *cell,
                 SmBasemapClass       klass,
                 const SmBasemapPath *like,
                 const double        *xy,
                 guint                n)
{
  SmWorldPoint *points = g_new (SmWorldPoint, n);
  SmBasemapPath path = { .points = points, .n = n, .zoom = like->zoom,
                         .low = { G_MAXUINT32, G_MAXUINT32 } };

  for (guint i = 0; i < n; i++)
    {
      points[i].x = (guint32) CLAMP (xy[2 * i], 0.0, (double) G_MAXUINT32);
      points[i].y = (guint32) CLAMP (xy[2 * i + 1], 0.0, (double) G_MAXUINT32);
      path.low = (SmWorldPoint){ MIN (path.low.x, points[i].x), MIN (path.low.y, points[i].y) };
      path.high = (SmWorldPoint){ MAX (path.high.x, points[i].x),
                                  MAX (path.high.y, points[i].y) };
    }
  g_array_append_val (cell->paths[klass], path);
}

static gboolean
segment_misses (SmWorldPoint a,
                SmWorldPoint b,
                const Box   *box)
{
  return MAX (a.x, b.x) < box->x0 || MIN (a.x, b.x) > box->x1 || MAX (a.y, b.y) < box->y0 ||
         MIN (a.y, b.y) > box->y1;
}

/* The runs of a line whose segments come near the cell; cut at points, not at
 * the cell's edge, so nothing has to be computed. */
static void
cell_add_line (SmBasemapLevel      *cell,
               SmBasemapClass       klass,
               const SmBasemapPath *line,
               const Box           *box)
{
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, 2 * sizeof (double));

  for (guint i = 1; i <= line->n; i++)
    {
      gboolean out = i == line->n ||
                     segment_misses (line->points[i - 1], line->points[i], box);

      for (guint k = i - 1; !out && k <= i; k++)
        {
          double point[2] = { line->points[k].x, line->points[k].y };

          if (k == i || run->len == 0)
            g_array_append_vals (run, point, 1);
        }
      if (out && run->len > 0)
        {
          cell_add_points (cell, klass, line, (const double *) run->data, run->len);
          g_array_set_size (run, 0);
        }
    }
}

static SmBasemapLevel *
cell_new (const SmBasemapLevel *level,
          const Box            *box)
{
  SmBasemapLevel *cell = g_new0 (SmBasemapLevel, 1);

  for (guint c = 0; c < SM_BASEMAP_N_CLASSES; c++)
    {
      cell->paths[c] = g_array_new (FALSE, FALSE, sizeof (SmBasemapPath));
      for (guint i = 0; i < level->paths[c]->len; i++)
        {
          const SmBasemapPath *path = &g_array_index (level->paths[c], SmBasemapPath, i);

          if (path_misses (path, box))
            continue;
          if (c > SM_BASEMAP_URBAN)
            cell_add_line (cell, c, path, box);
          else
            {
              g_autoptr (GArray) ring = clip_ring (path, box);

              if (ring->len > 2)
                cell_add_points (cell, c, path, (const double *) ring->data, ring->len);
            }
        }
    }
  return cell;
}

/* The level's data for a tile: all of it, or the cell that the tile lies in.
 * Cells stay as long as the painter; there are at most as many as places
 * people have looked at. */
static const SmBasemapLevel *
painter_find_paths (SmBasemapPainter *self,
                    guint             zoom,
                    guint             x,
                    guint             y)
{
  guint number = sm_basemap_find_level (self->basemap, zoom);
  const SmBasemapLevel *level = sm_basemap_get_level (self->basemap, number);
  SmBasemapLevel *cell;
  guint cell_zoom = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cell_zooms) && cell_zooms[i] <= zoom; i++)
    {
      gint64 key;
      double size;
      Box box;

      cell_zoom = cell_zooms[i];
      key = (gint64) number << 60 | (gint64) cell_zoom << 52 |
            (gint64) (x >> (zoom - cell_zoom)) << 26 | y >> (zoom - cell_zoom);
      cell = g_hash_table_lookup (self->cells, &key);
      if (cell == NULL)
        {
          size = 4294967296.0 / (1u << cell_zoom);
          box.x0 = (x >> (zoom - cell_zoom)) * size - size / 32;
          box.y0 = (y >> (zoom - cell_zoom)) * size - size / 32;
          box.x1 = box.x0 + size + size / 16;
          box.y1 = box.y0 + size + size / 16;
          /* From the cell above, which is there already, not from the world. */
          cell = cell_new (level, &box);
          g_hash_table_insert (self->cells, g_memdup2 (&key, sizeof key), cell);
        }
      level = cell;
    }
  return level;
}

static void
tile_add_points (Tile         *tile,
                 const double *xy,
                 guint         n,
                 gboolean      closed)
{
  double last_x = -1e9, last_y = -1e9;

  for (guint i = 0; i < n; i++)
    {
      double x = (xy[2 * i] - tile->left) * tile->scale;
      double y = (xy[2 * i + 1] - tile->top) * tile->scale;

      if (i > 0 && i + 1 < n && fabs (x - last_x) < NEAR && fabs (y - last_y) < NEAR)
        continue;
      if (i == 0)
        cairo_move_to (tile->cr, x, y);
      else
        cairo_line_to (tile->cr, x, y);
      last_x = x;
      last_y = y;
    }
  if (closed && n > 0)
    cairo_close_path (tile->cr);
}

static void
tile_add_path (Tile                *tile,
               const SmBasemapPath *path,
               gboolean             closed)
{
  double width = (path->high.x - path->low.x) * tile->scale;
  double height = (path->high.y - path->low.y) * tile->scale;

  if (path->zoom > tile->zoom || path_misses (path, &tile->seen) || (width < 1 && height < 1))
    return;
  if (closed && !path_is_inside (path, &tile->seen))
    {
      g_autoptr (GArray) ring = clip_ring (path, &tile->seen);

      tile_add_points (tile, (const double *) ring->data, ring->len, TRUE);
    }
  else
    {
      g_autofree double *xy = g_new (double, 2 * path->n);

      for (guint i = 0; i < path->n; i++)
        {
          xy[2 * i] = path->points[i].x;
          xy[2 * i + 1] = path->points[i].y;
        }
      tile_add_points (tile, xy, path->n, closed);
    }
}

static void
tile_add_lines (Tile                *tile,
                const SmBasemapPath *line)
{
  guint first = 0;

  /* Only the runs of a line that are seen. */
  for (guint i = 1; i <= line->n; i++)
    if (i == line->n || segment_misses (line->points[i - 1], line->points[i], &tile->seen))
      {
        SmBasemapPath run = *line;

        run.points += first;
        run.n = i - first;
        if (run.n > 1)
          tile_add_path (tile, &run, FALSE);
        first = i;
      }
}

static void
tile_add_class (Tile                 *tile,
                const SmBasemapLevel *level,
                SmBasemapClass        klass)
{
  for (guint i = 0; i < level->paths[klass]->len; i++)
    {
      const SmBasemapPath *path = &g_array_index (level->paths[klass], SmBasemapPath, i);

      if (path_misses (path, &tile->seen))
        continue;
      if (klass <= SM_BASEMAP_URBAN)
        tile_add_path (tile, path, TRUE);
      else
        tile_add_lines (tile, path);
    }
}

static void
set_colour (cairo_t       *cr,
            const GdkRGBA *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}

static void
tile_fill (Tile                 *tile,
           const SmBasemapLevel *level,
           SmBasemapClass        klass,
           const GdkRGBA        *fill,
           const GdkRGBA        *stroke)
{
  tile_add_class (tile, level, klass);
  set_colour (tile->cr, fill);
  cairo_fill_preserve (tile->cr);
  if (stroke != NULL)
    {
      set_colour (tile->cr, stroke);
      cairo_set_line_width (tile->cr, 1.0);
      cairo_stroke (tile->cr);
    }
  cairo_new_path (tile->cr);
}

static void
tile_stroke (Tile                 *tile,
             const SmBasemapLevel *level,
             SmBasemapClass        klass,
             const GdkRGBA        *colour,
             double                width)
{
  tile_add_class (tile, level, klass);
  set_colour (tile->cr, colour);
  cairo_set_line_width (tile->cr, width);
  cairo_stroke (tile->cr);
}

static void
painter_paint (SmBasemapPainter     *self,
               Tile                 *tile,
               const SmBasemapLevel *level)
{
  const SmMapTheme *theme = &self->theme;
  const double dashes[] = { 4, 3 };

  set_colour (tile->cr, &theme->water);
  cairo_paint (tile->cr);
  cairo_set_antialias (tile->cr, CAIRO_ANTIALIAS_FAST);
  cairo_set_fill_rule (tile->cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_line_join (tile->cr, CAIRO_LINE_JOIN_ROUND);

  tile_fill (tile, level, SM_BASEMAP_LAND, &theme->land, &theme->coast);
  /* Towns are coarse shapes with corners: far out they are a hint of where
   * people live, nearer they would look like something that means something. */
  if (tile->zoom >= 5 && tile->zoom < 7)
    tile_fill (tile, level, SM_BASEMAP_URBAN, &theme->urban, NULL);
  if (tile->zoom >= 4)
    tile_stroke (tile, level, SM_BASEMAP_RIVER, &theme->river, tile->zoom >= 7 ? 1.5 : 1.0);
  tile_fill (tile, level, SM_BASEMAP_LAKE, &theme->water, &theme->coast);
  tile_stroke (tile, level, SM_BASEMAP_PROVINCE, &theme->province, 1.0);
  if (!self->show_borders)
    return;
  tile_stroke (tile, level, SM_BASEMAP_BORDER, &theme->border, 1.3);
  cairo_set_dash (tile->cr, dashes, G_N_ELEMENTS (dashes), 0);
  tile_stroke (tile, level, SM_BASEMAP_DISPUTED, &theme->border, 1.3);
}

/**
 * sm_basemap_painter_draw:
 * @size: of the tile, in logical pixels
 * @scale: device pixels for each of them
 *
 * Returns: (transfer full): an image surface, opaque
 */
cairo_surface_t *
sm_basemap_painter_draw (SmBasemapPainter *self,
                         guint             zoom,
                         guint             x,
                         guint             y,
                         guint             size,
                         guint             scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (size * scale),
                                                         (int) (size * scale));
  double world = 4294967296.0 / (1u << zoom);
  double margin = world / size * MARGIN;
  const SmBasemapLevel *level;
  Tile tile = { 0 };

  cairo_surface_set_device_scale (surface, scale, scale);
  tile.cr = cairo_create (surface);
  tile.left = x * world;
  tile.top = y * world;
  tile.scale = size / world;
  tile.zoom = (float) zoom;
  tile.seen = (Box){ tile.left - margin, tile.top - margin, tile.left + world + margin,
                     tile.top + world + margin };
  g_mutex_lock (&self->lock);
  level = painter_find_paths (self, zoom, x, y);
  g_mutex_unlock (&self->lock);
  painter_paint (self, &tile, level);
  cairo_destroy (tile.cr);
  return surface;
}

SmBasemapPainter *
sm_basemap_painter_new (SmBasemap        *basemap,
                        const SmMapTheme *theme,
                        gboolean          show_borders)
{
  SmBasemapPainter *self = g_new0 (SmBasemapPainter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->basemap = sm_basemap_ref (basemap);
  self->theme = *theme;
  self->show_borders = show_borders;
  self->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, cell_free);
  g_mutex_init (&self->lock);
  return self;
}

SmBasemapPainter *
sm_basemap_painter_ref (SmBasemapPainter *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_basemap_painter_unref (SmBasemapPainter *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->cells, g_hash_table_unref);
  g_clear_pointer (&self->basemap, sm_basemap_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}
