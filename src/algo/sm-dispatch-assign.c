/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-dispatch.h"

#include "sm-assignment.h"

/*
 * All orders at once: rows are orders, columns the free places of engineers.  What comes first
 * in a SmDispatchSum is weighed so heavily that all of the next together cannot outweigh it.
 */

/* Three days: what takes longer counts as this, and what nobody goes to a minute more. */
#define HORIZON_MIN (3 * 24 * 60)
#define DAY_MIN (24 * 60)

typedef struct
{
  guint engineer, place;
} Column;

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
fill (gint64                   *costs_of_all,
      gint64                   *without,
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
      gint64 *costs = costs_of_all + (gsize) i * columns->len;
      SmDispatchCandidate candidate;

      sm_dispatch_cost (order, NULL, &cost);
      without[i] = weigh (&cost, &most);
      for (guint c = 0; c < columns->len; c++)
        {
          const Column *column = &g_array_index (columns, Column, c);

          /* The way is the same for all places of an engineer, and the dearest to reckon. */
          if (c == 0 || column->engineer != candidate.engineer)
            sm_dispatch_look (plan, order, engineers, column->engineer, column->place, &candidate);
          else
            sm_dispatch_look_later (plan, order, engineers, column->place, &candidate);
          sm_dispatch_cost (order, &candidate, &cost);
          costs[c] = candidate.bars != 0 ? SM_ASSIGNMENT_NEVER : weigh (&cost, &most);
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
  g_autofree gint64 *costs = g_new (gint64, (gsize) MAX (rows->len, 1) * MAX (columns->len, 1));
  g_autofree gint64 *without = g_new (gint64, MAX (rows->len, 1));
  g_autofree int *column_of = g_new (int, MAX (rows->len, 1));

  fill (costs, without, plan, orders, rows, engineers, columns);
  sm_assignment_solve (costs, without, rows->len, columns->len, column_of);
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);
      const Column *column;

      if (column_of[i] < 0)
        continue;
      column = &g_array_index (columns, Column, column_of[i]);
      choices[row].engineer = (int) column->engineer;
      choices[row].place = column->place;
      sm_dispatch_look (plan, &orders[row], engineers, column->engineer, column->place,
                        &choices[row].candidate);
    }
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
