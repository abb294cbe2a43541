/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-screen-grid.h"

#define CELL 32.f

struct _SmScreenGrid
{
  int columns, rows;
  guint *starts;   /* of each cell in @order; one more at the end */
  guint *order;    /* indices of the points, cell by cell */
  SmScreenPoint *points;
};

/* The cell of a point; -1 off the screen. */
static int
grid_cell (const SmScreenGrid *self,
           SmScreenPoint       point)
{
  int column = (int) (point.x / CELL);
  int row = (int) (point.y / CELL);

  if (!(point.x >= 0 && point.y >= 0) || column >= self->columns || row >= self->rows)
    return -1;
  return row * self->columns + column;
}

/**
 * sm_screen_grid_new:
 * @points: copied; those off the screen (or NAN) are not found later
 * @width: of the screen in pixels
 */
SmScreenGrid *
sm_screen_grid_new (const SmScreenPoint *points,
                    guint                n,
                    float                width,
                    float                height)
{
  SmScreenGrid *self = g_new0 (SmScreenGrid, 1);
  guint n_cells, sum = 0;

  self->columns = MAX (1, (int) (width / CELL) + 1);
  self->rows = MAX (1, (int) (height / CELL) + 1);
  n_cells = (guint) (self->columns * self->rows);
  self->points = g_memdup2 (points, n * sizeof *points);
  self->starts = g_new0 (guint, n_cells + 1);
  self->order = g_new (guint, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      int cell = grid_cell (self, points[i]);

      if (cell >= 0)
        self->starts[cell]++;
    }
  for (guint i = 0; i <= n_cells; i++)
    {
      sum += self->starts[i];
      self->starts[i] = sum;
    }
  /* From the end, so that each start moves down to where its cell begins. */
  for (guint i = n; i-- > 0;)
    {
      int cell = grid_cell (self, points[i]);

      if (cell >= 0)
        self->order[--self->starts[cell]] = i;
    }
  return self;
}

void
sm_screen_grid_free (SmScreenGrid *self)
{
  g_free (self->points);
  g_free (self->starts);
  g_free (self->order);
  g_free (self);
}

/**
 * sm_screen_grid_find:
 * @radius: how far from @x, @y a point may be
 * @priorities: (nullable): of each point; a higher one wins over a nearer one,
 *   as it is drawn on top
 *
 * Returns: the index of the point there, the nearest of equals; or -1
 */
int
sm_screen_grid_find (const SmScreenGrid *self,
                     float               x,
                     float               y,
                     float               radius,
                     const guint8       *priorities)
{
  int first_column = MAX (0, (int) ((x - radius) / CELL));
  int last_column = MIN (self->columns - 1, (int) ((x + radius) / CELL));
  int first_row = MAX (0, (int) ((y - radius) / CELL));
  int last_row = MIN (self->rows - 1, (int) ((y + radius) / CELL));
  int best = -1;
  float best_distance = radius * radius;

  for (int row = first_row; row <= last_row; row++)
    for (int column = first_column; column <= last_column; column++)
      {
        int cell = row * self->columns + column;

        for (guint k = self->starts[cell]; k < self->starts[cell + 1]; k++)
          {
            guint i = self->order[k];
            float dx = self->points[i].x - x, dy = self->points[i].y - y;
            float distance = dx * dx + dy * dy;
            int better = best >= 0 && priorities != NULL
                           ? (int) priorities[i] - (int) priorities[best]
                           : 0;

            if (distance > radius * radius || better < 0)
              continue;
            if (better > 0 || best < 0 || distance < best_distance)
              {
                best = (int) i;
                best_distance = distance;
              }
          }
      }
  return best;
}
