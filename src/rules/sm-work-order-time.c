/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-time-private.h"

#include "sm-alarm.h"
#include "sm-desks-private.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"
#include "sm-work-orders-private.h"

#include <string.h>

/* What time alone does to a work order: it is warned of, goes on to the next in line, and is
 * called off when what it was about is over and nobody had taken it. */

#define ALONE_FOR_NOTHING (10 * SM_MINUTE)

/** sm_work_order_alarm_is_active: Whether what it says is still so. */
gboolean
sm_work_order_alarm_is_active (const SmRow *alarm)
{
  guint state = sm_row_get_enum (alarm, SM_ALARM_STATE);

  return state == SM_ALARM_UNACKED || state == SM_ALARM_ACKED;
}

static gboolean
warn (SmRules      *rules,
      const SmRow  *before,
      gboolean     *out_did,
      GError      **error)
{
  static const guint fields[SM_WORK_ORDER_N_CLOCKS] = {
    [SM_WORK_ORDER_CLOCK_RESPONSE] = SM_WORK_ORDER_RESPONSE_WARNED,
    [SM_WORK_ORDER_CLOCK_RESTORE] = SM_WORK_ORDER_RESTORE_WARNED,
    [SM_WORK_ORDER_CLOCK_CLOSE] = SM_WORK_ORDER_CLOSE_WARNED,
  };
  gint64 now = sm_rules_now (rules);

  *out_did = FALSE;
  for (guint clock = SM_WORK_ORDER_CLOCK_RESPONSE; clock < SM_WORK_ORDER_N_CLOCKS; clock++)
    {
      g_autoptr (SmRow) order = NULL;
      g_autofree char *text = NULL;
      SmWorkOrderReading reading;
      guint percent;

      sm_work_order_read_clock (before, (SmWorkOrderClock) clock, now, &reading);
      percent = sm_work_order_warning (&reading);
      if (percent <= sm_row_get_int (before, fields[clock]))
        continue;
      *out_did = TRUE;
      order = sm_row_copy (before);
      sm_row_set_int (order, fields[clock], percent);
      text = g_strdup_printf ("%s %u", sm_work_order_clocks[clock], percent);
      return sm_work_order_put (rules, order, before, SM_WORK_ORDER_WARN, text, SM_UNKNOWN, error);
    }
  return TRUE;
}

/* How long it may wait to be confirmed is what it is now, not what it was when it was restored.
 * What was warned of by the old time is warned of again by the new one. */
static gboolean
judge_close (SmRules             *rules,
             const SmRow         *before,
             const SmWorkLimits  *limits,
             gboolean            *out_did,
             GError             **error)
{
  gint64 due = sm_row_get_int (before, SM_WORK_ORDER_RESTORED_AT)
               + sm_work_limits_us (limits, sm_row_get_text (before, SM_WORK_ORDER_KIND),
                                    SM_WORK_LIMIT_CLOSE);
  g_autoptr (SmActor) system = sm_actor_new_system ("service");
  g_autoptr (SmRow) order = NULL;
  g_autofree char *object = NULL;
  SmWorkOrderReading reading;

  *out_did = FALSE;
  if (sm_row_is_null (before, SM_WORK_ORDER_RESTORED_AT)
      || sm_row_is_null (before, SM_WORK_ORDER_CLOSE_DUE_AT)
      || sm_row_get_int (before, SM_WORK_ORDER_CLOSE_DUE_AT) == due)
    return TRUE;
  *out_did = TRUE;
  order = sm_row_copy (before);
  sm_row_set_int (order, SM_WORK_ORDER_CLOSE_DUE_AT, due);
  sm_work_order_read_clock (order, SM_WORK_ORDER_CLOCK_CLOSE, sm_rules_now (rules), &reading);
  sm_row_set_int (order, SM_WORK_ORDER_CLOSE_WARNED,
                  MIN (sm_row_get_int (before, SM_WORK_ORDER_CLOSE_WARNED),
                       sm_work_order_warning (&reading)));
  object = g_strdup_printf ("work_order/%" G_GINT64_FORMAT, sm_row_get_id (order));
  return sm_verb_put (rules, order, before, error)
         && sm_verb_audit (rules, system, "work_order.close_due", object, "done", before, order,
                           error);
}

static const SmRow *
roster_of (const SmDeskBook *book,
           gint64            desk_id,
           gint64            now)
{
  for (guint i = 0; i < book->roster->len; i++)
    {
      const SmRow *entry = book->roster->pdata[i];

      if (sm_row_get_int (entry, SM_ROSTER_ENTRY_DESK_ID) == desk_id
          && sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT) <= now
          && sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT) > now)
        return entry;
    }
  return NULL;
}

/* Each once, and none who is @but. */
static void
line_up (const char **line,
         guint       *n,
         const char  *person,
         const char  *but)
{
  if (person == NULL || g_strcmp0 (person, but) == 0)
    return;
  for (guint i = 0; i < *n; i++)
    if (strcmp (line[i], person) == 0)
      return;
  line[(*n)++] = person;
}

/* Returns: (transfer none) (nullable): who is to find somebody, by turns: the next in line, who
 * has the main desk, which always is somebody's, and last whose its own desk is, who sits before
 * it anyway */
static const char *
next_in_line (const SmDeskBook *book,
              const SmRow      *order,
              gint64            turn,
              gint64            now)
{
  gint64 desk_id = sm_row_get_int (order, SM_WORK_ORDER_DESK_ID);
  const SmRow *desk = sm_desks_get (book->desks, desk_id);
  const SmRow *main = sm_desks_get_main (book->desks, sm_row_get_int (order, SM_ROW_OPERATOR_ID));
  const SmRow *entry = roster_of (book, desk_id, now);
  const char *own = desk != NULL ? sm_row_get_text (desk, SM_DESK_ANSWERS) : NULL;
  const char *line[3];
  guint n = 0;

  if (entry != NULL)
    line_up (line, &n, sm_row_get_text (entry, SM_ROSTER_ENTRY_NEXT_IN_LINE), own);
  if (main != NULL)
    line_up (line, &n, sm_row_get_text (main, SM_DESK_ANSWERS), own);
  line_up (line, &n, own, NULL);
  return n > 0 ? line[turn % n] : NULL;
}

static gboolean
escalate (SmRules      *rules,
          const SmRow  *before,
          GError      **error)
{
  gint64 now = sm_rules_now (rules), n = sm_row_get_int (before, SM_WORK_ORDER_ESCALATIONS);
  SmDeskBook *book = sm_desk_book_get (rules, error);
  g_autoptr (SmRow) order = NULL;

  if (book == NULL)
    return FALSE;
  order = sm_row_copy (before);
  if (!sm_work_order_happens (order, SM_WORK_ORDER_ESCALATE, now, NULL))
    return TRUE;
  sm_row_set_int (order, SM_WORK_ORDER_ESCALATIONS, n + 1);
  sm_row_set_int (order, SM_WORK_ORDER_ESCALATED_AT, now);
  sm_row_set_text (order, SM_WORK_ORDER_ESCALATED_TO, next_in_line (book, before, n, now));
  return sm_work_order_put (rules, order, before, SM_WORK_ORDER_ESCALATE,
              sm_row_get_text (order, SM_WORK_ORDER_ESCALATED_TO), SM_UNKNOWN, error);
}

/* Whether what it was about has been over for a while, and nobody has taken it: one of safety
 * is not over until somebody has released it. */
static gboolean
is_for_nothing (SmRules      *rules,
                const SmRow  *order,
                gboolean     *out_is,
                GError      **error)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);
  g_autoptr (SmRow) alarm = NULL;

  *out_is = FALSE;
  if (g_strcmp0 (sm_row_get_text (order, SM_WORK_ORDER_SOURCE), "alarm") != 0
      || (state != SM_WORK_ORDER_STATE_UNACCEPTED && state != SM_WORK_ORDER_STATE_ASSIGNED))
    return TRUE;
  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_ALARM),
                        sm_row_get_int (order, SM_WORK_ORDER_ALARM_ID), &alarm, error))
    return FALSE;
  *out_is = alarm != NULL && !sm_work_order_alarm_is_active (alarm)
            && !sm_row_is_null (alarm, SM_ALARM_RETURNED_AT)
            && sm_rules_now (rules) - sm_row_get_int (alarm, SM_ALARM_RETURNED_AT)
                   > ALONE_FOR_NOTHING
            && (!sm_alarm_is_safety (alarm)
                || sm_row_get_enum (alarm, SM_ALARM_STATE) == SM_ALARM_NORMAL);
  return TRUE;
}

static gboolean
call_off (SmRules      *rules,
          const SmRow  *before,
          GError      **error)
{
  g_autoptr (SmRow) order = sm_row_copy (before);
  gint64 now = sm_rules_now (rules);

  if (!sm_work_order_happens (order, SM_WORK_ORDER_CANCEL, now, NULL))
    return TRUE;
  sm_row_set_int (order, SM_WORK_ORDER_CANCELLED_AT, now);
  sm_row_set_text (order, SM_WORK_ORDER_CANCEL_REASON, SM_WORK_ORDER_SERVICE_CANCELS);
  return sm_work_order_put (rules, order, before, SM_WORK_ORDER_CANCEL,
                            SM_WORK_ORDER_SERVICE_CANCELS, SM_UNKNOWN, error);
}

/**
 * sm_work_order_pass_time:
 * @order: one that is not over
 * @limits: as they are now
 * @reads: whether it is the turn of this one to have its alarm read
 *
 * At most one step.
 */
gboolean
sm_work_order_pass_time (SmRules             *rules,
                         const SmRow         *order,
                         const SmWorkLimits  *limits,
                         gboolean             reads,
                         GError             **error)
{
  gboolean is_for_nothing_now = FALSE, did = FALSE;

  if (reads && !is_for_nothing (rules, order, &is_for_nothing_now, error))
    return FALSE;
  if (is_for_nothing_now)
    return call_off (rules, order, error);
  /* One step of an order with each tick: @order is what it was before. */
  if (sm_work_order_is_alone (order, sm_rules_now (rules)))
    return escalate (rules, order, error);
  if (!judge_close (rules, order, limits, &did, error))
    return FALSE;
  if (did)
    return TRUE;
  return warn (rules, order, &did, error)
         && (did || !sm_work_order_is_overdue (order) || escalate (rules, order, error));
}
