/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-assignment.h"

/*
 * Shortest augmenting paths (Kuhn and Munkres, in the form of Jonker and Volgenant): rows come
 * one after the other, and each moves those before it along where that is better for all.
 */

#define NEVER SM_ASSIGNMENT_NEVER

typedef struct
{
  guint n_rows, n_columns;
  const gint64 *costs;   /* by row, then by column; NEVER: barred */
  const gint64 *without; /* what it costs that nobody goes, by row */
  gint64 *u, *v;         /* the dual of each row and column */
  int *column_of;        /* -1: without */
  int *row_of;           /* -1: free */
  /* of one search */
  gint64 *distance; /* to each column */
  int *from;        /* the row by which it was reached */
  guint *open;      /* columns that were not visited yet */
  guint *visited;
} Problem;

static void
problem_init (Problem *self)
{
  guint n_rows = self->n_rows, n_columns = self->n_columns;
  guint n = MAX (n_columns, 1);

  self->u = g_new0 (gint64, MAX (n_rows, 1));
  self->v = g_new0 (gint64, n);
  self->row_of = g_new (int, n);
  self->distance = g_new (gint64, n);
  self->from = g_new (int, n);
  self->open = g_new (guint, n);
  self->visited = g_new (guint, n);
  for (guint i = 0; i < n_rows; i++)
    self->column_of[i] = -1;
  for (guint c = 0; c < n_columns; c++)
    self->row_of[c] = -1;
}

static void
problem_clear (Problem *self)
{
  g_free (self->u);
  g_free (self->v);
  g_free (self->row_of);
  g_free (self->distance);
  g_free (self->from);
  g_free (self->open);
  g_free (self->visited);
}

/* Gives the columns along the path to the rows that reached them, from the last to @first. */
static void
flip (Problem *self,
      int      column,
      guint    first)
{
  while (column >= 0)
    {
      int row = self->from[column];
      int next = self->column_of[row];

      self->row_of[column] = row;
      self->column_of[row] = column;
      if ((guint) row == first)
        return;
      column = next;
    }
}

/* Takes over the distances of a search that ended @length away into the duals. */
static void
settle (Problem *self,
        guint    first,
        guint    n_visited,
        gint64   length)
{
  self->u[first] += length;
  for (guint i = 0; i < n_visited; i++)
    {
      guint column = self->visited[i];
      gint64 rest = length - self->distance[column];

      self->v[column] -= rest;
      self->u[self->row_of[column]] += rest;
    }
}

/* Looks from @row, which is @length away, at all that is open; Returns: place in open of the
 * nearest, or -1 */
static int
reach (Problem *self,
       guint    row,
       gint64   length,
       guint    n_open)
{
  const gint64 *costs = self->costs + (gsize) row * self->n_columns;
  gint64 base = length - self->u[row], nearest = NEVER;
  int best = -1;

  for (guint i = 0; i < n_open; i++)
    {
      guint column = self->open[i];
      gint64 distance = base + costs[column] - self->v[column];

      if (costs[column] < NEVER && distance < self->distance[column])
        {
          self->distance[column] = distance;
          self->from[column] = (int) row;
        }
      if (self->distance[column] < nearest)
        {
          nearest = self->distance[column];
          best = (int) i;
        }
    }
  return best;
}

/* Finds a column for @first, moving others where that is better for all. */
static void
place_row (Problem *self,
           guint    first)
{
  gint64 dropped_at = NEVER, length = 0;
  guint n_open = self->n_columns, n_visited = 0, row = first, dropped = first;

  for (guint c = 0; c < n_open; c++)
    {
      self->open[c] = c;
      self->distance[c] = NEVER;
    }
  for (;;)
    {
      int at = reach (self, row, length, n_open);
      guint column;

      if (length + self->without[row] - self->u[row] < dropped_at)
        {
          dropped_at = length + self->without[row] - self->u[row];
          dropped = row;
        }
      if (at < 0 || dropped_at <= self->distance[self->open[at]])
        break;
      column = self->open[at];
      length = self->distance[column];
      if (self->row_of[column] < 0)
        {
          settle (self, first, n_visited, length);
          flip (self, (int) column, first);
          return;
        }
      self->open[at] = self->open[--n_open];
      self->visited[n_visited++] = column;
      row = (guint) self->row_of[column];
    }
  settle (self, first, n_visited, dropped_at);
  if (dropped == first)
    return;
  flip (self, self->column_of[dropped], first);
  self->column_of[dropped] = -1;
}

/**
 * sm_assignment_solve:
 * @costs: by row, then by column; %SM_ASSIGNMENT_NEVER: not that one
 * @without: what it costs that a row stays without any column
 * @out_columns: (array length=n_rows): the column of each row, -1: without
 *
 * Gives each row a column of its own, or none, so that the sum of what that costs is the least
 * there is.  The sum of all costs has to stay far below %SM_ASSIGNMENT_NEVER.
 */
void
sm_assignment_solve (const gint64 *costs,
                     const gint64 *without,
                     guint         n_rows,
                     guint         n_columns,
                     int          *out_columns)
{
  Problem problem = { .n_rows = n_rows,
                      .n_columns = n_columns,
                      .costs = costs,
                      .without = without,
                      .column_of = out_columns };

  problem_init (&problem);
  for (guint i = 0; i < n_rows; i++)
    {
      problem.u[i] = without[i];
      for (guint c = 0; c < n_columns; c++)
        problem.u[i] = MIN (problem.u[i], costs[(gsize) i * n_columns + c] - problem.v[c]);
      place_row (&problem, i);
    }
  problem_clear (&problem);
}
