/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-clock.h"

#include "sm-time.h"

/** sm_work_order_is_open: Whether something is still to be done about it; so is what this version does not know. */
gboolean
sm_work_order_is_open (const SmRow *order)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);

  return state != SM_WORK_ORDER_STATE_CONFIRMED && state != SM_WORK_ORDER_STATE_CANCELLED;
}

static const struct
{
  guint began;
  guint due;
  guint stopped;
} fields[SM_N_WORK_CLOCKS] = {
  [SM_WORK_CLOCK_REPORT] = { SM_WORK_ORDER_FIRST_SIGN_AT, SM_WORK_ORDER_REPORT_DUE_AT,
                             SM_WORK_ORDER_CREATED_AT },
  [SM_WORK_CLOCK_RESPONSE] = { SM_WORK_ORDER_CREATED_AT, SM_WORK_ORDER_RESPONSE_DUE_AT,
                               SM_WORK_ORDER_RESPONDED_AT },
  [SM_WORK_CLOCK_RESTORE] = { SM_WORK_ORDER_FIRST_SIGN_AT, SM_WORK_ORDER_RESTORE_DUE_AT,
                              SM_WORK_ORDER_RESTORED_AT },
  [SM_WORK_CLOCK_CLOSE] = { SM_WORK_ORDER_RESTORED_AT, SM_WORK_ORDER_CLOSE_DUE_AT,
                            SM_WORK_ORDER_CONFIRMED_AT },
};

static gint64
get_time (const SmRow *order,
          guint        field)
{
  return sm_row_is_null (order, field) ? SM_UNKNOWN : sm_row_get_int (order, field);
}

/**
 * sm_work_clock_read:
 *
 * Returns: FALSE while @clock has not begun, or what would end it is not known
 */
gboolean
sm_work_clock_read (const SmRow *order,
                    SmWorkClock  clock,
                    SmWorkSpan  *out_span)
{
  SmWorkSpan span;

  g_return_val_if_fail (order != NULL && clock < SM_N_WORK_CLOCKS, FALSE);

  span.began_at = get_time (order, fields[clock].began);
  span.due_at = get_time (order, fields[clock].due);
  span.stopped_at = get_time (order, fields[clock].stopped);
  if (span.began_at == SM_UNKNOWN || span.due_at == SM_UNKNOWN)
    return FALSE;
  /* Nobody waits any more for what was called off. */
  if (span.stopped_at == SM_UNKNOWN)
    span.stopped_at = get_time (order, SM_WORK_ORDER_CANCELLED_AT);
  *out_span = span;
  return TRUE;
}

/** sm_work_clock_next: Returns: FALSE when no clock runs; else the one that ends, or ended, first */
gboolean
sm_work_clock_next (const SmRow *order,
                    SmWorkClock *out_clock,
                    SmWorkSpan  *out_span)
{
  gboolean is_found = FALSE;

  for (SmWorkClock clock = 0; clock < SM_N_WORK_CLOCKS; clock++)
    {
      SmWorkSpan span;

      if (!sm_work_clock_read (order, clock, &span) || span.stopped_at != SM_UNKNOWN
          || (is_found && span.due_at >= out_span->due_at))
        continue;
      *out_clock = clock;
      *out_span = span;
      is_found = TRUE;
    }
  return is_found;
}

/**
 * sm_work_order_compare:
 *
 * Whose clock ends first is first: what is overdue stands above what is not, and that
 * does not change while time goes on.
 */
int
sm_work_order_compare (const SmRow *a,
                       const SmRow *b)
{
  SmWorkClock clock;
  SmWorkSpan p, q;
  gint64 due_a = sm_work_clock_next (a, &clock, &p) ? p.due_at : G_MAXINT64;
  gint64 due_b = sm_work_clock_next (b, &clock, &q) ? q.due_at : G_MAXINT64;
  gint64 level_a = sm_row_get_int (a, SM_WORK_ORDER_LEVEL);
  gint64 level_b = sm_row_get_int (b, SM_WORK_ORDER_LEVEL);
  gint64 id_a = sm_row_get_id (a), id_b = sm_row_get_id (b);

  if (due_a != due_b)
    return due_a < due_b ? -1 : 1;
  if (level_a != level_b)
    return level_a < level_b ? -1 : 1;
  return (id_a > id_b) - (id_a < id_b);
}
