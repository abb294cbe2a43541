/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-columns.h"

#include "sm-countdown.h"
#include "sm-time.h"
#include "sm-work-order-cells.h"
#include "sm-work-order-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* --- clocks --- */

/* Which clock a column is of: its field is when that ends. */
static SmWorkOrderClock
clock_of (const SmTableColumn *column)
{
  switch (column->field)
    {
    case SM_WORK_ORDER_REPORT_DUE_AT:
      return SM_WORK_ORDER_CLOCK_REPORT;
    case SM_WORK_ORDER_RESPONSE_DUE_AT:
      return SM_WORK_ORDER_CLOCK_RESPONSE;
    case SM_WORK_ORDER_RESTORE_DUE_AT:
      return SM_WORK_ORDER_CLOCK_RESTORE;
    default:
      return SM_WORK_ORDER_CLOCK_CLOSE;
    }
}

/* Returns: whether it has begun and ends at some time */
static gboolean
read_clock (const SmTableColumn *column,
            SmItem              *item,
            SmOps               *ops,
            SmWorkOrderReading  *out_reading)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops)));

  sm_work_order_read_clock (sm_item_get_row (item), clock_of (column), now, out_reading);
  return out_reading->from != SM_UNKNOWN && out_reading->due != SM_UNKNOWN;
}

/* What is left, while it runs. */
static double
left (const SmTableColumn *column,
      SmItem              *item,
      gpointer             ops)
{
  SmWorkOrderReading reading;

  if (!read_clock (column, item, ops, &reading) || reading.stopped_at != SM_UNKNOWN)
    return NAN;
  return (double) (reading.due - reading.from - reading.used_us) / SM_SECOND;
}

static char *
left_text (const SmTableColumn *column,
           SmItem              *item,
           gpointer             ops)
{
  gboolean is_late;
  char *text = sm_work_order_clock_state (ops, sm_item_get_row (item), clock_of (column), &is_late);

  return text != NULL ? text : g_strdup ("–");
}

/* How long it took, when it is stopped. */
static double
took (const SmTableColumn *column,
      SmItem              *item,
      gpointer             ops)
{
  SmWorkOrderReading reading;

  if (!read_clock (column, item, ops, &reading) || reading.stopped_at == SM_UNKNOWN)
    return NAN;
  return (double) reading.used_us / SM_SECOND;
}

/* What is late is said to be. */
static char *
took_text (const SmTableColumn *column,
           SmItem              *item,
           gpointer             ops)
{
  g_autofree char *length = NULL;
  SmWorkOrderReading reading;

  if (!read_clock (column, item, ops, &reading) || reading.stopped_at == SM_UNKNOWN)
    return g_strdup ("–");
  length = sm_countdown_text (reading.used_us);
  if (reading.is_late)
    /* Translators: %s is a length of time that was longer than it may be */
    return g_strdup_printf (C_ ("work order clock", "%s, too long"), length);
  return g_steal_pointer (&length);
}

#define MINUTES (1 / 60.0)
#define HIDDEN SM_COLUMN_HIDDEN
#define FIXED SM_COLUMN_UNSORTED

const SmTableColumn sm_work_order_columns[] = {
  { "level", N_ ("Level"), NULL, SM_WORK_ORDER_LEVEL, SM_COLUMN_LEVEL, 0, 5 },
  { "title", N_ ("What is the matter"), NULL, SM_WORK_ORDER_CODE, SM_COLUMN_PRIMARY, 0, 18, 0,
    sm_work_order_title_text },
  { "place", N_ ("Where"), NULL, SM_WORK_ORDER_STATION_ID, 0, 0, 16, 0, sm_work_order_place_text },
  { "state", N_ ("State"), NULL, SM_WORK_ORDER_STATE, 0, 0, 12 },
  { "who", N_ ("Who has it"), NULL, SM_WORK_ORDER_ASSIGNEE, 0, 0, 9, 0, sm_work_order_who_text },
  { "response", N_ ("Response"), "min", SM_WORK_ORDER_RESPONSE_DUE_AT, 0, 1, 19, MINUTES, left_text,
    left },
  { "restore", N_ ("Restore"), "min", SM_WORK_ORDER_RESTORE_DUE_AT, 0, 1, 16, MINUTES, left_text,
    left },
  { "close", N_ ("Close"), "min", SM_WORK_ORDER_CLOSE_DUE_AT, 0, 1, 16, MINUTES, left_text, left },
  { "report", N_ ("Report"), "min", SM_WORK_ORDER_REPORT_DUE_AT, HIDDEN, 1, 16, MINUTES, left_text,
    left },
  { "number", N_ ("Number"), NULL, SM_WORK_ORDER_NUMBER, 0, 0, 14 },
  { "kind", N_ ("Kind"), NULL, SM_WORK_ORDER_KIND, HIDDEN, 0, 10 },
  { "source", N_ ("Reported by way of"), NULL, SM_WORK_ORDER_SOURCE, HIDDEN, 0, 10 },
  { "state_since", N_ ("So since"), NULL, SM_WORK_ORDER_STATE_SINCE, HIDDEN, 0, 19 },
  { "first_sign", N_ ("First sign"), NULL, SM_WORK_ORDER_FIRST_SIGN_AT, HIDDEN, 0, 19 },
  { "created", N_ ("Opened"), NULL, SM_WORK_ORDER_CREATED_AT, HIDDEN, 0, 19 },
  { "created_by", N_ ("Opened by"), NULL, SM_WORK_ORDER_CREATED_BY, HIDDEN, 0, 12 },
  { "response_due", N_ ("Response due"), NULL, SM_WORK_ORDER_RESPONSE_DUE_AT, HIDDEN, 0, 19 },
  { "restore_due", N_ ("Restore due"), NULL, SM_WORK_ORDER_RESTORE_DUE_AT, HIDDEN, 0, 19 },
  { "forecast", N_ ("Expected to serve again"), NULL, SM_WORK_ORDER_FORECAST_AT, HIDDEN, 0, 19 },
  { "eta", N_ ("Expected there"), NULL, SM_WORK_ORDER_ETA, HIDDEN, 0, 19 },
  { "risk", N_ ("Risk"), NULL, SM_WORK_ORDER_RISK, HIDDEN, 0, 6 },
  { "alarms", N_ ("Alarms"), NULL, SM_WORK_ORDER_ALARM_COUNT, HIDDEN, 0, 6 },
  { "voids", N_ ("Came again"), NULL, SM_WORK_ORDER_RESTORE_VOIDS, HIDDEN, 0, 6 },
  { "urges", N_ ("Urged"), NULL, SM_WORK_ORDER_URGES, HIDDEN, 0, 6 },
  { "refusals", N_ ("Refused"), NULL, SM_WORK_ORDER_REFUSALS, HIDDEN, 0, 6 },
  { "escalated_to", N_ ("Escalated to"), NULL, SM_WORK_ORDER_ESCALATED_TO, HIDDEN, 0, 12 },
  { "hold_reason", N_ ("Why on hold"), NULL, SM_WORK_ORDER_HOLD_REASON, HIDDEN, 0, 20 },
  { "note", N_ ("Note"), NULL, SM_WORK_ORDER_NOTE, HIDDEN, 0, 24 },
};
const guint sm_n_work_order_columns = G_N_ELEMENTS (sm_work_order_columns);

const SmTableColumn sm_work_order_history_columns[] = {
  { "level", N_ ("Level"), NULL, SM_WORK_ORDER_LEVEL, SM_COLUMN_LEVEL | FIXED, 0, 5 },
  { "number", N_ ("Number"), NULL, SM_WORK_ORDER_NUMBER, FIXED, 0, 14 },
  { "title", N_ ("What is the matter"), NULL, SM_WORK_ORDER_CODE, SM_COLUMN_PRIMARY | FIXED, 0, 24,
    0, sm_work_order_title_text },
  { "place", N_ ("Where"), NULL, SM_WORK_ORDER_STATION_ID, FIXED, 0, 22, 0,
    sm_work_order_place_text },
  { "state", N_ ("State"), NULL, SM_WORK_ORDER_STATE, FIXED, 0, 12 },
  { "who", N_ ("Who has it"), NULL, SM_WORK_ORDER_ASSIGNEE, FIXED, 0, 14, 0,
    sm_work_order_who_text },
  { "created", N_ ("Opened"), NULL, SM_WORK_ORDER_CREATED_AT, FIXED, 0, 19 },
  { "response", N_ ("Response"), "min", SM_WORK_ORDER_RESPONSE_DUE_AT, FIXED, 1, 14, MINUTES,
    took_text, took },
  { "restore", N_ ("Restore"), "min", SM_WORK_ORDER_RESTORE_DUE_AT, FIXED, 1, 14, MINUTES, took_text,
    took },
  { "close", N_ ("Close"), "min", SM_WORK_ORDER_CLOSE_DUE_AT, FIXED | HIDDEN, 1, 14, MINUTES,
    took_text, took },
  { "report", N_ ("Report"), "min", SM_WORK_ORDER_REPORT_DUE_AT, FIXED | HIDDEN, 1, 14, MINUTES,
    took_text, took },
  { "fix", N_ ("Repair"), NULL, SM_WORK_ORDER_FIX, FIXED, 0, 10 },
  { "cause", N_ ("Cause"), NULL, SM_WORK_ORDER_CAUSE, FIXED, 0, 20 },
  { "action", N_ ("What was done"), NULL, SM_WORK_ORDER_ACTION, FIXED | HIDDEN, 0, 20 },
  { "kind", N_ ("Kind"), NULL, SM_WORK_ORDER_KIND, FIXED | HIDDEN, 0, 10 },
  { "source", N_ ("Reported by way of"), NULL, SM_WORK_ORDER_SOURCE, FIXED | HIDDEN, 0, 10 },
  { "first_sign", N_ ("First sign"), NULL, SM_WORK_ORDER_FIRST_SIGN_AT, FIXED | HIDDEN, 0, 19 },
  { "restored", N_ ("Served again"), NULL, SM_WORK_ORDER_RESTORED_AT, FIXED | HIDDEN, 0, 19 },
  { "proof", N_ ("Proof"), NULL, SM_WORK_ORDER_RESTORE_PROOF, FIXED | HIDDEN, 0, 16 },
  { "completed_by", N_ ("Completed by"), NULL, SM_WORK_ORDER_COMPLETED_BY, FIXED | HIDDEN, 0, 12 },
  { "completed", N_ ("Completed"), NULL, SM_WORK_ORDER_COMPLETED_AT, FIXED | HIDDEN, 0, 19 },
  { "confirmed_by", N_ ("Confirmed by"), NULL, SM_WORK_ORDER_CONFIRMED_BY, FIXED | HIDDEN, 0, 12 },
  { "confirmed", N_ ("Confirmed"), NULL, SM_WORK_ORDER_CONFIRMED_AT, FIXED | HIDDEN, 0, 19 },
  { "cancel_reason", N_ ("Why called off"), NULL, SM_WORK_ORDER_CANCEL_REASON, FIXED | HIDDEN, 0,
    20 },
  { "alarms", N_ ("Alarms"), NULL, SM_WORK_ORDER_ALARM_COUNT, FIXED | HIDDEN, 0, 6 },
  { "voids", N_ ("Came again"), NULL, SM_WORK_ORDER_RESTORE_VOIDS, FIXED | HIDDEN, 0, 6 },
  { "rejections", N_ ("Rejected"), NULL, SM_WORK_ORDER_REJECTIONS, FIXED | HIDDEN, 0, 6 },
  { "refusals", N_ ("Refused"), NULL, SM_WORK_ORDER_REFUSALS, FIXED | HIDDEN, 0, 6 },
  { "urges", N_ ("Urged"), NULL, SM_WORK_ORDER_URGES, FIXED | HIDDEN, 0, 6 },
};
const guint sm_n_work_order_history_columns = G_N_ELEMENTS (sm_work_order_history_columns);
