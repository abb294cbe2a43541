/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cluster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WORLD_SIZE 4294967296.0

/**
 * sm_cluster_grid_new:
 * @left: the world's x at the left edge of the window
 * @scale: pixels per world unit
 * @width: of the window in pixels; a cell more is counted on every side
 * @cell: how wide a cell should be, in pixels; it is met to a factor of sqrt 2
 */
SmClusterGrid
sm_cluster_grid_new (double left,
                     double top,
                     double scale,
                     double width,
                     double height,
                     double cell)
{
  SmClusterGrid self = { .left = left, .top = top, .scale = scale };
  double size, x0, y0, x1, y1;

  self.shift = (guint) CLAMP (lround (log2 (cell / scale)), 1, 31);
  size = (double) (1u << self.shift);
  x0 = CLAMP (floor (left / size) - 1, 0, WORLD_SIZE / size - 1);
  y0 = CLAMP (floor (top / size) - 1, 0, WORLD_SIZE / size - 1);
  x1 = CLAMP (floor ((left + width / scale) / size) + 1, x0, WORLD_SIZE / size - 1);
  y1 = CLAMP (floor ((top + height / scale) / size) + 1, y0, WORLD_SIZE / size - 1);
  self.column0 = (guint32) x0;
  self.row0 = (guint32) y0;
  self.columns = (guint) (x1 - x0) + 1;
  self.rows = (guint) (y1 - y0) + 1;
  return self;
}

/**
 * sm_cluster_grid_count:
 * @xy: pairs of world coordinates; {0, 0} means an unknown position
 * @kinds: of each point, below %SM_CLUSTER_KINDS
 * @out_cells: room for columns * rows clusters; empty ones have n = 0
 * @out_cell_of: each point's cell, or %SM_CLUSTER_NO_CELL outside the window
 */
void
sm_cluster_grid_count (const SmClusterGrid *self,
                       const guint32       *xy,
                       const guint8        *kinds,
                       guint                n,
                       SmCluster           *out_cells,
                       guint               *out_cell_of)
{
  guint n_cells = self->columns * self->rows;

  memset (out_cells, 0, n_cells * sizeof *out_cells);
  for (guint i = 0; i < n; i++)
    {
      guint32 x = xy[2 * i], y = xy[2 * i + 1];
      guint column = (x >> self->shift) - self->column0;
      guint row = (y >> self->shift) - self->row0;
      SmCluster *cell;

      out_cell_of[i] = SM_CLUSTER_NO_CELL;
      if (column >= self->columns || row >= self->rows || (x == 0 && y == 0))
        continue;
      out_cell_of[i] = row * self->columns + column;
      cell = &out_cells[out_cell_of[i]];
      cell->n++;
      cell->counts[kinds[i]]++;
      cell->x += (float) ((x - self->left) * self->scale);
      cell->y += (float) ((y - self->top) * self->scale);
    }
  for (guint i = 0; i < n_cells; i++)
    if (out_cells[i].n > 0)
      {
        out_cells[i].x /= (float) out_cells[i].n;
        out_cells[i].y /= (float) out_cells[i].n;
      }
}

static int
compare_y (const void *a,
           const void *b)
{
  const SmCluster *one = a, *other = b;

  return (one->y > other->y) - (one->y < other->y);
}

static void
cluster_add (SmCluster       *into,
             SmCluster       *from,
             SmClusterRadius  radius)
{
  float share = (float) from->n / (float) (into->n + from->n);

  into->x += (from->x - into->x) * share;
  into->y += (from->y - into->y) * share;
  into->n += from->n;
  for (guint k = 0; k < SM_CLUSTER_KINDS; k++)
    into->counts[k] += from->counts[k];
  into->radius = radius (into->n);
  from->n = 0;
}

/* One round over clusters sorted by y.  Returns: how many were taken in */
static guint
merge_round (SmCluster       *clusters,
             guint            n,
             float            gap,
             float            reach,
             SmClusterRadius  radius)
{
  guint merged = 0;

  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n && clusters[i].n > 0; k++)
      {
        SmCluster *a = &clusters[i], *b = &clusters[k];
        float dx = b->x - a->x, dy = b->y - a->y;
        float near = a->radius + b->radius + gap;

        if (dy > reach)
          break;
        if (b->n == 0 || dx * dx + dy * dy >= near * near)
          continue;
        if (a->n >= b->n)
          cluster_add (a, b, radius);
        else
          cluster_add (b, a, radius);
        merged++;
      }
  return merged;
}

/**
 * sm_clusters_merge:
 * @clusters: those with n = 0 are dropped
 * @gap: pixels that have to be free between two
 * @radius: how large a cluster of so many is drawn
 *
 * Joins clusters whose glyphs would touch until none do; nobody gets lost.
 *
 * Returns: how many there are now, at the beginning of @clusters
 */
guint
sm_clusters_merge (SmCluster       *clusters,
                   guint            n,
                   float            gap,
                   SmClusterRadius  radius)
{
  guint merged;

  do
    {
      float reach = 0;
      guint kept = 0;

      for (guint i = 0; i < n; i++)
        if (clusters[i].n > 0)
          {
            clusters[kept] = clusters[i];
            clusters[kept].radius = radius (clusters[kept].n);
            reach = MAX (reach, 2 * clusters[kept].radius + gap);
            kept++;
          }
      n = kept;
      qsort (clusters, n, sizeof *clusters, compare_y);
      merged = merge_round (clusters, n, gap, reach, radius);
    }
  while (merged > 0);
  return n;
}

/* The first cluster that begins within the distance of a point, or none. */
static guint
find_seed (GHashTable    *newest,
           GArray        *seeds,
           GArray        *older,
           const guint32 *xy,
           guint          point,
           double         distance)
{
  double cell = MAX (distance, 1);
  gint64 column = (gint64) (xy[2 * point] / cell), row = (gint64) (xy[2 * point + 1] / cell);
  guint best = SM_CLUSTER_NO_CELL;

  for (gint64 k = 0; k < 9; k++)
    {
      gint64 key = (column + k % 3 - 1) << 32 | (row + k / 3 - 1);
      guint next = GPOINTER_TO_UINT (g_hash_table_lookup (newest, &key));

      for (; next != 0; next = g_array_index (older, guint, next - 1))
        {
          guint seed = g_array_index (seeds, guint, next - 1);
          double dx = (double) xy[2 * seed] - xy[2 * point];
          double dy = (double) xy[2 * seed + 1] - xy[2 * point + 1];

          if (dx * dx + dy * dy <= distance * distance)
            best = MIN (best, next - 1);
        }
    }
  return best;
}

/**
 * sm_clusters_by_distance:
 * @xy: pairs of world coordinates
 * @distance: in world units; a point joins the first cluster that begins so near
 * @out_cluster_of: each point's cluster
 *
 * For things that stand still: it depends on nothing but the points and their
 * order, not on what is on the screen.
 *
 * Returns: how many clusters there are
 */
guint
sm_clusters_by_distance (const guint32 *xy,
                         guint          n,
                         double         distance,
                         guint         *out_cluster_of)
{
  g_autoptr (GHashTable) newest = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) seeds = g_array_new (FALSE, FALSE, sizeof (guint)); /* points, by cluster */
  g_autoptr (GArray) older = g_array_new (FALSE, FALSE, sizeof (guint)); /* cluster + 1 */
  double cell = MAX (distance, 1);

  for (guint i = 0; i < n; i++)
    {
      gint64 key = (gint64) (xy[2 * i] / cell) << 32 | (gint64) (xy[2 * i + 1] / cell);
      guint cluster = find_seed (newest, seeds, older, xy, i, distance);

      if (cluster == SM_CLUSTER_NO_CELL)
        {
          guint before = GPOINTER_TO_UINT (g_hash_table_lookup (newest, &key));

          cluster = seeds->len;
          g_array_append_val (seeds, i);
          g_array_append_val (older, before);
          g_hash_table_replace (newest, g_memdup2 (&key, sizeof key),
                                GUINT_TO_POINTER (cluster + 1));
        }
      out_cluster_of[i] = cluster;
    }
  return seeds->len;
}
