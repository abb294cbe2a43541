/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-engineer-line.h"

#include "sm-time.h"
#include "sm-work-order.h"

/* Of what nobody has said how long it takes. */
#define USUAL_WORK SM_HOUR
#define LEAST (5 * SM_MINUTE)

G_DEFINE_FINAL_TYPE (SmEngineerLine, sm_engineer_line, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
sm_engineer_line_finalize (GObject *object)
{
  SmEngineerLine *self = SM_ENGINEER_LINE (object);

  g_free (self->name);
  g_free (self->detail);
  g_array_unref (self->blocks);
  g_array_unref (self->shifts);

  G_OBJECT_CLASS (sm_engineer_line_parent_class)->finalize (object);
}

static void
sm_engineer_line_class_init (SmEngineerLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_engineer_line_finalize;
  signals[CHANGED] = g_signal_new ("changed", SM_TYPE_ENGINEER_LINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_engineer_line_init (SmEngineerLine *self)
{
  self->blocks = g_array_new (FALSE, FALSE, sizeof (SmEngineerBlock));
  self->shifts = g_array_new (FALSE, FALSE, sizeof (SmEngineerShift));
}

SmEngineerLine *
sm_engineer_line_new (gint64 engineer_id)
{
  SmEngineerLine *self = g_object_new (SM_TYPE_ENGINEER_LINE, NULL);

  self->engineer_id = engineer_id;
  return self;
}

/* --- when --- */

static gint64
first_known (const SmRow *order,
             const guint *fields,
             guint        n)
{
  for (guint i = 0; i < n; i++)
    if (!sm_row_is_null (order, fields[i]))
      return sm_row_get_int (order, fields[i]);
  return SM_UNKNOWN;
}

static gint64
get_work_us (const SmRow *order)
{
  gint64 seconds = sm_row_get_int (order, SM_WORK_ORDER_WORK_S);

  return seconds > 0 && seconds < 7 * SM_DAY / SM_SECOND ? seconds * SM_SECOND : USUAL_WORK;
}

/* What is not begun lies ahead, where it was planned, or now. */
static void
plan (const SmRow     *order,
      gint64           now,
      SmEngineerBlock *block)
{
  static const guint begins[] = { SM_WORK_ORDER_PLANNED_AT, SM_WORK_ORDER_ETA };
  gint64 from = first_known (order, begins, G_N_ELEMENTS (begins));

  block->kind = SM_ENGINEER_BLOCK_PLANNED;
  block->from = from != SM_UNKNOWN ? from : now;
  block->to = block->from + get_work_us (order);
}

/**
 * sm_engineer_block_read:
 * @now: network time
 *
 * Returns: whether somebody has, had or will have @order, and when
 */
gboolean
sm_engineer_block_read (const SmRow     *order,
                        gint64           now,
                        SmEngineerBlock *out_block)
{
  static const guint begins[] = { SM_WORK_ORDER_TRAVELLING_AT, SM_WORK_ORDER_STARTED_AT,
                                  SM_WORK_ORDER_ACCEPTED_AT, SM_WORK_ORDER_ASSIGNED_AT };
  static const guint ends[] = { SM_WORK_ORDER_COMPLETED_AT, SM_WORK_ORDER_CANCELLED_AT };
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);
  gint64 end = first_known (order, ends, G_N_ELEMENTS (ends));
  SmEngineerBlock block = { .order_id = sm_row_get_id (order),
                            .level = (guint) CLAMP (sm_row_get_int (order, SM_WORK_ORDER_LEVEL), 1,
                                                    4) };

  if (sm_row_is_null (order, SM_WORK_ORDER_ENGINEER_ID))
    return FALSE;
  block.from = first_known (order, begins, G_N_ELEMENTS (begins));
  block.to = end;
  block.kind = SM_ENGINEER_BLOCK_DONE;
  if (state <= SM_WORK_ORDER_STATE_ACCEPTED)
    plan (order, now, &block);
  else if (state <= SM_WORK_ORDER_STATE_ON_HOLD)
    {
      block.kind = SM_ENGINEER_BLOCK_RUNNING;
      block.to = now;
    }
  if (block.from == SM_UNKNOWN || block.to == SM_UNKNOWN)
    return FALSE;
  block.to = MAX (block.to, block.from + LEAST);
  *out_block = block;
  return TRUE;
}

/* --- a line --- */

static int
compare_begins (gconstpointer a,
                gconstpointer b)
{
  const SmEngineerBlock *first = a, *second = b;

  if (first->from != second->from)
    return first->from < second->from ? -1 : 1;
  return (first->order_id > second->order_id) - (first->order_id < second->order_id);
}

/* Each into the first row that is free by then. */
static void
stack_up (GArray *blocks)
{
  gint64 free_from[SM_ENGINEER_ROWS] = { G_MININT64, G_MININT64, G_MININT64 };

  g_array_sort (blocks, compare_begins);
  for (guint i = 0; i < blocks->len; i++)
    {
      SmEngineerBlock *block = &g_array_index (blocks, SmEngineerBlock, i);
      guint row = 0;

      while (row + 1 < SM_ENGINEER_ROWS && free_from[row] > block->from)
        row++;
      block->row = row;
      free_from[row] = MAX (free_from[row], block->to);
    }
}

static gboolean
is_same (const GArray *a,
         const GArray *b,
         gsize         size)
{
  return a->len == b->len && memcmp (a->data, b->data, a->len * size) == 0;
}

/** sm_engineer_line_take: Takes what it shows from now on, all of it (transfer full). */
void
sm_engineer_line_take (SmEngineerLine *self,
                       char           *name,
                       char           *detail,
                       GArray         *blocks,
                       GArray         *shifts)
{
  gboolean is_changed;

  g_return_if_fail (SM_IS_ENGINEER_LINE (self));

  stack_up (blocks);
  is_changed = g_strcmp0 (name, self->name) != 0 || g_strcmp0 (detail, self->detail) != 0
               || !is_same (blocks, self->blocks, sizeof (SmEngineerBlock))
               || !is_same (shifts, self->shifts, sizeof (SmEngineerShift));
  g_free (self->name);
  g_free (self->detail);
  g_array_unref (self->blocks);
  g_array_unref (self->shifts);
  self->name = name;
  self->detail = detail;
  self->blocks = blocks;
  self->shifts = shifts;
  if (is_changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/** sm_engineer_line_find: Returns: the index of the block of an order, or -1 */
int
sm_engineer_line_find (SmEngineerLine *self,
                       gint64          order_id)
{
  for (guint i = 0; i < self->blocks->len; i++)
    if (g_array_index (self->blocks, SmEngineerBlock, i).order_id == order_id)
      return (int) i;
  return -1;
}
