/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-dispatch.h"

/*
 * All orders at once: the assignment problem, solved exactly by shortest augmenting paths
 * (Kuhn and Munkres, in the form of Jonker and Volgenant).  Rows are orders, columns the free
 * places of engineers, and each row can also stay without any.  What comes first in a
 * SmDispatchSum is weighed so heavily that all of the next together cannot outweigh it.
 */

/* Three days: what takes longer counts as this, and what nobody goes to a minute more. */
#define HORIZON_MIN (3 * 24 * 60)
#define DAY_MIN (24 * 60)
#define NEVER (G_MAXINT64 / 4)

typedef struct
{
  guint engineer, place;
} Column;

typedef struct
{
  guint n_rows, n_columns;
  gint64 *costs;    /* by row, then by column; NEVER: barred */
  gint64 *without;  /* what it costs that nobody goes, by row */
  gint64 *u, *v;    /* the dual of each row and column */
  int *column_of;   /* -1: without */
  int *row_of;      /* -1: free */
  /* of one search */
  gint64 *distance; /* to each column */
  int *from;        /* the row by which it was reached */
  guint *open;      /* columns that were not visited yet */
  guint *visited;
} Problem;

/**
 * sm_dispatch_cost:
 * @candidate: (nullable): who goes; %NULL: nobody does
 * @out: (out caller-allocates): what that costs
 */
void
sm_dispatch_cost (const SmDispatchOrder     *order,
                  const SmDispatchCandidate *candidate,
                  SmDispatchSum             *out)
{
  gboolean has_clock = order->level <= 2 && order->due_us != SM_UNKNOWN;
  gint64 weight = CLAMP (order->weight, 1, SM_DISPATCH_MOST_WEIGHT);

  *out = (SmDispatchSum){ has_clock, (HORIZON_MIN + 1) * weight, 0 };
  if (candidate == NULL)
    return;
  out->late = has_clock && candidate->is_late;
  out->weighted = CLAMP ((candidate->restore_s + 59) / 60, 0, HORIZON_MIN) * weight;
  out->travel_min = MIN ((candidate->travel_s + 59) / 60, DAY_MIN);
}

static void
add (SmDispatchSum       *sum,
     const SmDispatchSum *other)
{
  sum->late += other->late;
  sum->weighted += other->weighted;
  sum->travel_min += other->travel_min;
}

/* --- the search --- */

static void
problem_init (Problem *self,
              guint    n_rows,
              guint    n_columns)
{
  guint n = MAX (n_columns, 1);

  *self = (Problem){ .n_rows = n_rows, .n_columns = n_columns };
  self->costs = g_new (gint64, (gsize) MAX (n_rows, 1) * n);
  self->without = g_new0 (gint64, MAX (n_rows, 1));
  self->u = g_new0 (gint64, MAX (n_rows, 1));
  self->v = g_new0 (gint64, n);
  self->column_of = g_new (int, MAX (n_rows, 1));
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
  g_free (self->costs);
  g_free (self->without);
  g_free (self->u);
  g_free (self->v);
  g_free (self->column_of);
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

static void
solve (Problem *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      self->u[i] = self->without[i];
      for (guint c = 0; c < self->n_columns; c++)
        self->u[i] = MIN (self->u[i], self->costs[(gsize) i * self->n_columns + c] - self->v[c]);
      place_row (self, i);
    }
}

/* --- orders and engineers --- */

/* What is pinned takes the first places of who has it; Returns: (transfer full): by engineer */
static guint *
pin (const SmDispatchPlan     *plan,
     const SmDispatchOrder    *orders,
     guint                     n_orders,
     const SmDispatchEngineer *engineers,
     guint                     n_engineers,
     SmDispatchChoice         *choices)
{
  guint *taken = g_new0 (guint, MAX (n_engineers, 1));

  for (guint i = 0; i < n_orders; i++)
    {
      guint engineer = (guint) orders[i].pinned_to;

      choices[i].engineer = -1;
      if (orders[i].pinned_to < 0 || engineer >= n_engineers)
        continue;
      choices[i].engineer = orders[i].pinned_to;
      choices[i].place = taken[engineer]++;
      sm_dispatch_look (plan, &orders[i], engineers, engineer, choices[i].place,
                        &choices[i].candidate);
    }
  return taken;
}

static GArray *
list_columns (const SmDispatchEngineer *engineers,
              guint                     n_engineers,
              const guint              *taken,
              guint                     n_rows)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Column));

  for (guint e = 0; e < n_engineers; e++)
    for (guint place = taken[e];
         engineers[e].n_jobs + place < engineers[e].places && place - taken[e] < n_rows; place++)
      {
        Column column = { e, place };

        g_array_append_val (columns, column);
      }
  return columns;
}

static GArray *
list_rows (const SmDispatchChoice *choices,
           guint                   n_orders)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n_orders && rows->len < SM_DISPATCH_MOST_ORDERS; i++)
    if (choices[i].engineer < 0)
      g_array_append_val (rows, i);
  return rows;
}

/* What is first weighs more than all that is next of all orders together. */
static gint64
weigh (const SmDispatchSum *cost,
       const SmDispatchSum *most)
{
  return (cost->late * (most->weighted + 1) + cost->weighted) * (most->travel_min + 1)
         + cost->travel_min;
}

static void
fill (Problem                  *problem,
      const SmDispatchPlan     *plan,
      const SmDispatchOrder    *orders,
      const GArray             *rows,
      const SmDispatchEngineer *engineers,
      const GArray             *columns)
{
  SmDispatchSum most = { 0, 0, (gint64) rows->len * DAY_MIN }, cost;

  for (guint i = 0; i < rows->len; i++)
    {
      sm_dispatch_cost (&orders[g_array_index (rows, guint, i)], NULL, &cost);
      most.weighted += cost.weighted;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const SmDispatchOrder *order = &orders[g_array_index (rows, guint, i)];
      gint64 *costs = problem->costs + (gsize) i * columns->len;
      SmDispatchCandidate candidate;

      sm_dispatch_cost (order, NULL, &cost);
      problem->without[i] = weigh (&cost, &most);
      for (guint c = 0; c < columns->len; c++)
        {
          const Column *column = &g_array_index (columns, Column, c);

          /* The way is the same for all places of an engineer, and the dearest to reckon. */
          if (c == 0 || column->engineer != candidate.engineer)
            sm_dispatch_look (plan, order, engineers, column->engineer, column->place, &candidate);
          else
            sm_dispatch_look_later (plan, order, engineers, column->place, &candidate);
          sm_dispatch_cost (order, &candidate, &cost);
          costs[c] = candidate.bars != 0 ? NEVER : weigh (&cost, &most);
        }
    }
}

static void
choose (const SmDispatchPlan     *plan,
        const SmDispatchOrder    *orders,
        const SmDispatchEngineer *engineers,
        const GArray             *rows,
        const GArray             *columns,
        SmDispatchChoice         *choices)
{
  Problem problem;

  problem_init (&problem, rows->len, columns->len);
  fill (&problem, plan, orders, rows, engineers, columns);
  solve (&problem);
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);
      const Column *column;

      if (problem.column_of[i] < 0)
        continue;
      column = &g_array_index (columns, Column, problem.column_of[i]);
      choices[row].engineer = (int) column->engineer;
      choices[row].place = column->place;
      sm_dispatch_look (plan, &orders[row], engineers, column->engineer, column->place,
                        &choices[row].candidate);
    }
  problem_clear (&problem);
}

/**
 * sm_dispatch_assign:
 * @orders: of more than %SM_DISPATCH_MOST_ORDERS that are not pinned, the last stay without
 * @out_sum: (out) (optional): what all of it costs
 *
 * Gives every order to somebody, so that the sum is the least there is: pinned ones stay with
 * who has them, and nobody gets more than their places.
 *
 * Returns: (transfer full): of #SmDispatchChoice, one for each order
 */
GArray *
sm_dispatch_assign (const SmDispatchPlan     *plan,
                    const SmDispatchOrder    *orders,
                    guint                     n_orders,
                    const SmDispatchEngineer *engineers,
                    guint                     n_engineers,
                    SmDispatchSum            *out_sum)
{
  GArray *choices = g_array_new (FALSE, TRUE, sizeof (SmDispatchChoice));
  SmDispatchSum sum = { 0 };
  g_autofree guint *taken = NULL;
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) columns = NULL;

  g_array_set_size (choices, n_orders);
  taken = pin (plan, orders, n_orders, engineers, n_engineers, (gpointer) choices->data);
  rows = list_rows ((gpointer) choices->data, n_orders);
  columns = list_columns (engineers, n_engineers, taken, rows->len);
  choose (plan, orders, engineers, rows, columns, (gpointer) choices->data);
  for (guint i = 0; i < n_orders; i++)
    {
      const SmDispatchChoice *choice = &g_array_index (choices, SmDispatchChoice, i);
      SmDispatchSum cost;

      sm_dispatch_cost (&orders[i], choice->engineer < 0 ? NULL : &choice->candidate, &cost);
      add (&sum, &cost);
    }
  if (out_sum != NULL)
    *out_sum = sum;
  return choices;
}
