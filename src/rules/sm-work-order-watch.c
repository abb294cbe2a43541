/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-watch.h"

#include "sm-alarm.h"
#include "sm-record-table.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-work-limits-change.h"
#include "sm-work-order-table.h"
#include "sm-work-order-time-private.h"
#include "sm-work-orders-private.h"

#include <string.h>

/*
 * What alarms, trade and time do to work orders.  Alarms are looked at with the tick, as they
 * are by then: what came and went within a second is nobody's work.
 */

/* So many with each tick; the rest with the next. */
#define MAX_AT_ONCE 200

/* --- steps that the service takes --- */

/** sm_work_order_put: A step that the service takes, with what it says of it. */
gboolean
sm_work_order_put (SmRules           *rules,
                   SmRow             *order,
                   const SmRow       *before,
                   SmWorkOrderEvent   event,
                   const char        *text,
                   gint64             reference,
                   GError           **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("service");
  SmWorkOrderSaid said = { NULL, SM_UNKNOWN, text, reference };
  g_autofree char *act = g_strdup_printf ("work_order.%s", sm_work_order_events[event]);
  g_autofree char *object = NULL;

  if (!sm_work_order_write (rules, order, before, event, &said, error))
    return FALSE;
  object = g_strdup_printf ("work_order/%" G_GINT64_FORMAT, sm_row_get_id (order));
  return sm_verb_audit (rules, system, act, object, "done", before, order, error);
}

static gboolean
restore (SmRules      *rules,
         const SmRow  *before,
         gint64        at,
         const char   *proof,
         GError      **error)
{
  g_autoptr (SmRow) order = sm_row_copy (before);

  if (!sm_work_order_happens (order, SM_WORK_ORDER_RESTORE, at, NULL))
    return TRUE;
  sm_row_set_int (order, SM_WORK_ORDER_RESTORED_AT, at);
  sm_row_set_text (order, SM_WORK_ORDER_RESTORE_PROOF, proof);
  sm_row_set_int (order, SM_WORK_ORDER_CLOSE_DUE_AT,
                  at + sm_work_limits_find (rules, order, SM_WORK_LIMIT_CLOSE));
  sm_row_set_int (order, SM_WORK_ORDER_CLOSE_WARNED, 0);
  return sm_work_order_put (rules, order, before, SM_WORK_ORDER_RESTORE, proof, SM_UNKNOWN, error);
}

/* --- what comes again and again --- */

static SmRow *
make_problem (SmRules          *rules,
              const GPtrArray  *like,
              GError          **error)
{
  static const guint pairs[][2] = {
    { SM_PROBLEM_CODE, SM_WORK_ORDER_CODE },
    { SM_PROBLEM_TARGET_NOUN, SM_WORK_ORDER_TARGET_NOUN },
    { SM_PROBLEM_TARGET_LABEL, SM_WORK_ORDER_TARGET_LABEL },
  };
  const SmNoun *noun = sm_noun_get (SM_NOUN_PROBLEM_RECORD);
  const SmRow *newest = like->pdata[0], *oldest = like->pdata[like->len - 1];
  gint64 last = sm_record_last_id (sm_rules_get_connection (rules), noun, error);
  SmRow *problem = last >= 0 ? sm_row_new (noun) : NULL;

  if (problem == NULL)
    return NULL;
  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    sm_row_set_int (problem, i, sm_row_get_int (newest, i));
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    sm_row_set_text (problem, pairs[i][0], sm_row_get_text (newest, pairs[i][1]));
  sm_row_take_text (problem, SM_PROBLEM_NUMBER,
                    g_strdup_printf ("PR%05" G_GINT64_FORMAT, last + 1));
  sm_row_set_text (problem, SM_PROBLEM_STATE, "open");
  sm_row_set_int (problem, SM_PROBLEM_LEVEL, sm_row_get_int (newest, SM_WORK_ORDER_LEVEL));
  sm_row_set_int (problem, SM_PROBLEM_TARGET_ID, sm_row_get_int (newest, SM_WORK_ORDER_TARGET_ID));
  sm_row_set_int (problem, SM_PROBLEM_STATION_ID,
                  sm_row_get_int (newest, SM_WORK_ORDER_STATION_ID));
  sm_row_set_int (problem, SM_PROBLEM_EQUIPMENT_ID,
                  sm_row_get_int (newest, SM_WORK_ORDER_EQUIPMENT_ID));
  sm_row_set_int (problem, SM_PROBLEM_FIRST_SIGN_AT,
                  sm_row_get_int (oldest, SM_WORK_ORDER_FIRST_SIGN_AT));
  sm_row_set_int (problem, SM_PROBLEM_OPENED_AT, sm_rules_now (rules));
  return problem;
}

/* How many do not belong to @problem yet. */
static guint
count_others (const GPtrArray *like,
              const SmRow     *problem)
{
  guint n = 0;

  for (guint i = 0; i < like->len; i++)
    n += problem == NULL
         || sm_row_get_int (like->pdata[i], SM_WORK_ORDER_PROBLEM_ID) != sm_row_get_id (problem);
  return n;
}

/**
 * sm_work_order_gather:
 * @order: which has just been made, or whose fault has just come back
 *
 * The third fault of its kind in 30 days is a problem, which owns all their orders, were it one.
 */
gboolean
sm_work_order_gather (SmRules      *rules,
                      const SmRow  *order,
                      GError      **error)
{
  gint64 since = sm_rules_now (rules) - SM_WORK_ORDER_PROBLEM_US;
  g_autoptr (GPtrArray) like = NULL;
  g_autoptr (SmRow) old = NULL;
  g_autoptr (SmRow) problem = NULL;
  gint64 n_faults;

  if (sm_row_is_null (order, SM_WORK_ORDER_CODE))
    return TRUE;
  if (!sm_work_order_table_count_faults (sm_rules_get_connection (rules), order, since, &n_faults,
                                         error))
    return FALSE;
  if (n_faults < SM_WORK_ORDER_PROBLEM_AT)
    return TRUE;
  like = sm_work_order_table_list_like (sm_rules_get_connection (rules), order, since, error);
  if (like == NULL || like->len == 0)
    return like != NULL;
  if (!sm_work_order_table_find_problem (sm_rules_get_connection (rules), order, &old, error))
    return FALSE;
  if (old != NULL && count_others (like, old) == 0)
    return TRUE;
  problem = old != NULL ? sm_row_copy (old) : make_problem (rules, like, error);
  if (problem == NULL)
    return FALSE;
  sm_row_set_int (problem, SM_PROBLEM_ORDERS,
                  (old != NULL ? sm_row_get_int (old, SM_PROBLEM_ORDERS) : 0)
                      + count_others (like, old));
  if (!sm_verb_put (rules, problem, old, error))
    return FALSE;
  for (guint i = 0; i < like->len; i++)
    {
      g_autoptr (SmRow) part = sm_row_copy (like->pdata[i]);

      if (sm_row_get_int (part, SM_WORK_ORDER_PROBLEM_ID) == sm_row_get_id (problem))
        continue;
      sm_row_set_int (part, SM_WORK_ORDER_PROBLEM_ID, sm_row_get_id (problem));
      if (!sm_work_order_put (rules, part, like->pdata[i], SM_WORK_ORDER_GATHER,
                              sm_row_get_text (problem, SM_PROBLEM_NUMBER), sm_row_get_id (problem),
                              error))
        return FALSE;
    }
  return TRUE;
}

/* --- from an alarm --- */

/**
 * sm_work_order_recur:
 * @reference: the alarm that says so, or %SM_UNKNOWN
 *
 * It does not serve after all: the clock goes on as if it had never stopped.
 */
gboolean
sm_work_order_recur (SmRules      *rules,
                     const SmRow  *before,
                     gint64        reference,
                     GError      **error)
{
  g_autoptr (SmRow) order = sm_row_copy (before);
  gint64 now = sm_rules_now (rules);

  if (sm_work_order_has_held (before, now)
      || !sm_work_order_happens (order, SM_WORK_ORDER_RECUR, now, NULL))
    return TRUE;
  sm_row_set_null (order, SM_WORK_ORDER_RESTORED_AT);
  sm_row_set_null (order, SM_WORK_ORDER_RESTORE_PROOF);
  sm_row_set_null (order, SM_WORK_ORDER_CLOSE_DUE_AT);
  sm_row_set_int (order, SM_WORK_ORDER_RECURRED_AT, now);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_VOIDS,
                  sm_row_get_int (before, SM_WORK_ORDER_RESTORE_VOIDS) + 1);
  return sm_work_order_put (rules, order, before, SM_WORK_ORDER_RECUR, NULL, reference, error)
         && sm_work_order_gather (rules, order, error);
}

/**
 * sm_work_order_adopt:
 *
 * Says that the alarm is of this order, in the alarm and beside it.
 */
gboolean
sm_work_order_adopt (SmRules      *rules,
                     const SmRow  *order,
                     const SmRow  *alarm,
                     GError      **error)
{
  g_autoptr (SmRow) owned = sm_row_copy (alarm);

  sm_row_set_int (owned, SM_ALARM_WORK_ORDER_ID, sm_row_get_id (order));
  return sm_work_order_table_add_alarm (sm_rules_get_connection (rules), sm_row_get_id (order),
                                        sm_row_get_id (alarm), error)
         && sm_verb_put (rules, owned, alarm, error);
}

/** sm_work_order_is_for_later: Whether somebody is to come, but not yet. */
gboolean
sm_work_order_is_for_later (const SmRow *order,
                            gint64       now)
{
  return !sm_row_is_null (order, SM_WORK_ORDER_PLANNED_AT)
         && sm_row_get_int (order, SM_WORK_ORDER_PLANNED_AT) > now;
}

/** sm_work_order_bring_forward: Somebody was to come again next week, and it is broken today:
 * that is when it is needed. */
void
sm_work_order_bring_forward (SmRules *rules,
                             SmRow   *order,
                             gint64   first_sign_at)
{
  gint64 now = sm_rules_now (rules);

  if (!sm_work_order_is_for_later (order, now))
    return;
  sm_row_set_int (order, SM_WORK_ORDER_PLANNED_AT, now);
  sm_row_set_int (order, SM_WORK_ORDER_FIRST_SIGN_AT, first_sign_at);
  sm_row_set_int (order, SM_WORK_ORDER_RESPONSE_DUE_AT,
                  now + sm_work_limits_find (rules, order, SM_WORK_LIMIT_RESPONSE));
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_DUE_AT,
                  first_sign_at + sm_work_limits_find (rules, order, SM_WORK_LIMIT_RESTORE));
  sm_row_set_int (order, SM_WORK_ORDER_RESPONSE_WARNED, 0);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_WARNED, 0);
}

/**
 * sm_work_order_join:
 * @before: the order, which is not over
 *
 * One cause, one order: the alarm is of it, too.  One that is over by now says nothing of
 * whether what was mended serves.
 */
gboolean
sm_work_order_join (SmRules      *rules,
                    const SmRow  *before,
                    const SmRow  *alarm,
                    GError      **error)
{
  g_autoptr (SmRow) order = sm_row_copy (before);
  gint64 level = sm_row_get_int (alarm, SM_ALARM_LEVEL);

  if (sm_work_order_alarm_is_active (alarm) || sm_row_is_null (before, SM_WORK_ORDER_ALARM_ID))
    sm_row_set_int (order, SM_WORK_ORDER_ALARM_ID, sm_row_get_id (alarm));
  sm_row_set_int (order, SM_WORK_ORDER_ALARM_COUNT,
                  sm_row_get_int (before, SM_WORK_ORDER_ALARM_COUNT) + 1);
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL,
                  MIN (level, sm_row_get_int (before, SM_WORK_ORDER_LEVEL)));
  if (sm_work_order_alarm_is_active (alarm))
    sm_work_order_bring_forward (rules, order, sm_row_get_int (alarm, SM_ALARM_RAISED_AT));
  return sm_work_order_put (rules, order, before, SM_WORK_ORDER_JOIN,
                            sm_row_get_text (alarm, SM_ALARM_CODE), sm_row_get_id (alarm), error)
         && (sm_row_is_null (order, SM_WORK_ORDER_RESTORED_AT)
             || !sm_work_order_alarm_is_active (alarm) || sm_work_order_recur (rules, order, sm_row_get_id (alarm), error))
         && sm_work_order_adopt (rules, order, alarm, error)
         && sm_work_order_gather (rules, order, error);
}

/* What was mended, and is back within a day, is not a new fault: its clock goes on. */
static gboolean
carry_on (SmRules  *rules,
          SmRow    *order,
          GError  **error)
{
  gint64 now = sm_rules_now (rules);
  g_autoptr (GPtrArray) like
      = sm_work_order_table_list_like (sm_rules_get_connection (rules), order,
                                       now - SM_WORK_ORDER_PROBLEM_US, error);
  const SmRow *last = like != NULL && like->len > 0 ? like->pdata[0] : NULL;

  if (last == NULL || sm_row_is_null (last, SM_WORK_ORDER_RESTORED_AT)
      || now - sm_row_get_int (last, SM_WORK_ORDER_RESTORED_AT) > SM_WORK_ORDER_VOID_US)
    return like != NULL;
  sm_row_set_int (order, SM_WORK_ORDER_PARENT_ID, sm_row_get_id (last));
  sm_row_copy_field (order, last, SM_WORK_ORDER_FIRST_SIGN_AT);
  sm_row_copy_field (order, last, SM_WORK_ORDER_RESTORE_DUE_AT);
  sm_row_set_int (order, SM_WORK_ORDER_RECURRED_AT, now);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_VOIDS,
                  sm_row_get_int (last, SM_WORK_ORDER_RESTORE_VOIDS) + 1);
  return TRUE;
}

static gboolean
take_up (SmRules      *rules,
         const SmRow  *alarm,
         GError      **error)
{
  gboolean is_back = !sm_row_is_null (alarm, SM_ALARM_WORK_ORDER_ID);
  gint64 first_sign_at = is_back ? sm_rules_now (rules) : sm_row_get_int (alarm, SM_ALARM_RAISED_AT);
  g_autoptr (SmRow) order = sm_work_order_draft (rules, alarm, first_sign_at, error);
  g_autoptr (SmRow) open = NULL;

  if (order == NULL)
    return FALSE;
  sm_row_set_text (order, SM_WORK_ORDER_KIND,
                   g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_CODE), "vehicle-stranded") == 0
                       ? "rescue"
                       : "repair");
  sm_row_set_text (order, SM_WORK_ORDER_SOURCE, "alarm");
  if (!sm_work_order_of_alarm (rules, order, alarm, error)
      || !sm_work_order_find_open (rules, order, &open, error))
    return FALSE;
  if (open != NULL)
    return sm_work_order_join (rules, open, alarm, error);
  return carry_on (rules, order, error)
         && sm_work_order_put (rules, order, NULL, SM_WORK_ORDER_CREATE,
                               sm_row_get_text (alarm, SM_ALARM_CODE), sm_row_get_id (alarm), error)
         && sm_work_order_adopt (rules, order, alarm, error)
         && sm_work_order_gather (rules, order, error);
}

static guint
equipment_kind (SmRules     *rules,
                const SmRow *order)
{
  gint64 id = sm_row_get_int (order, SM_WORK_ORDER_EQUIPMENT_ID);
  g_autoptr (SmRow) equipment = NULL;

  if (id == SM_UNKNOWN
      || !sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_EQUIPMENT), id,
                           &equipment, NULL)
      || equipment == NULL)
    return SM_ENUM_UNKNOWN;
  return sm_row_get_enum (equipment, SM_EQUIPMENT_KIND);
}

/* What the alarm means for the order that it has. */
static gboolean
follow (SmRules      *rules,
        const SmRow  *order,
        const SmRow  *alarm,
        GError      **error)
{
  gboolean is_restored = !sm_row_is_null (order, SM_WORK_ORDER_RESTORED_AT);

  if (sm_work_order_alarm_is_active (alarm))
    return !is_restored || sm_work_order_recur (rules, order, sm_row_get_id (alarm), error);
  if (is_restored || sm_row_is_null (alarm, SM_ALARM_RETURNED_AT)
      || sm_work_order_needs_trade (order, equipment_kind (rules, order)))
    return TRUE;
  return restore (rules, order, sm_row_get_int (alarm, SM_ALARM_RETURNED_AT), "returned", error);
}

/* Whether who called it off, or confirmed it, knew of this: not of what served again by then, or
 * was over by itself.  An alarm that nobody acknowledged comes back as the same one. */
static gboolean
was_known (const SmRow *order,
           const SmRow *alarm)
{
  return sm_row_get_int (alarm, SM_ALARM_RAISED_AT)
             <= sm_row_get_int (order, SM_WORK_ORDER_STATE_SINCE)
         && sm_row_is_null (order, SM_WORK_ORDER_RESTORED_AT)
         && g_strcmp0 (sm_row_get_text (order, SM_WORK_ORDER_CANCEL_REASON),
                       SM_WORK_ORDER_SERVICE_CANCELS)
                != 0;
}

/* It held for a day, and nobody has confirmed it yet: that is no reason to overlook what breaks. */
static gboolean
is_another (SmRules     *rules,
            const SmRow *order,
            const SmRow *alarm)
{
  return sm_work_order_alarm_is_active (alarm)
         && sm_work_order_has_held (order, sm_rules_now (rules));
}

static gboolean
look_at (SmRules  *rules,
         gint64    alarm_id,
         GError  **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) order = NULL;
  gint64 order_id;

  if (!sm_service_find (connection, sm_noun_get (SM_NOUN_ALARM), alarm_id, &alarm, error))
    return FALSE;
  if (alarm == NULL)
    return TRUE;
  order_id = sm_row_get_int (alarm, SM_ALARM_WORK_ORDER_ID);
  if (order_id != SM_UNKNOWN
      && !sm_service_find (connection, sm_noun_get (SM_NOUN_WORK_ORDER), order_id, &order, error))
    return FALSE;
  if (order != NULL && !sm_work_order_is_over (order) && !is_another (rules, order, alarm))
    return follow (rules, order, alarm, error);
  if (order != NULL && was_known (order, alarm))
    return TRUE;
  return !sm_work_order_is_due (alarm) || take_up (rules, alarm, error);
}

static gboolean
look_at_alarms (SmRules  *rules,
                GError  **error)
{
  GArray *alarms = rules->work_orders->alarms;
  guint n = MIN (alarms->len, MAX_AT_ONCE);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) now = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  g_array_append_vals (now, alarms->data, n);
  for (guint i = 0; i < n; i++)
    if (g_hash_table_add (seen, &g_array_index (now, gint64, i))
        && !look_at (rules, g_array_index (now, gint64, i), error))
      return FALSE;
  g_array_remove_range (alarms, 0, n);
  return TRUE;
}

/* Those that were raised before the service knew of orders, or that it had no time for. */
static gboolean
begin (SmRules  *rules,
       GError  **error)
{
  g_autoptr (GPtrArray) open = NULL;

  if (rules->work_orders->is_begun)
    return TRUE;
  open = sm_service_list_open_alarms (sm_rules_get_connection (rules), error);
  for (guint i = 0; open != NULL && i < open->len; i++)
    sm_work_orders_note (rules, open->pdata[i]);
  rules->work_orders->is_begun = open != NULL;
  return open != NULL;
}

/* --- each second --- */

static gboolean
do_all (SmRules  *rules,
        GError  **error)
{
  SmOpenWork *book = rules->work_orders;
  g_autoptr (GPtrArray) open = NULL;
  SmWorkLimits limits;
  guint first;

  if (!look_at_alarms (rules, error) || !sm_work_orders_refresh (rules, error)
      || !sm_work_limits_load (rules, &limits, error))
    return FALSE;
  open = sm_open_work_dup (book);
  first = book->turn < open->len ? book->turn : 0;
  for (guint i = 0; i < open->len; i++)
    if (!sm_work_order_pass_time (rules, open->pdata[i], &limits,
                                  i >= first && i < first + MAX_AT_ONCE, error))
      return FALSE;
  book->turn = first + MAX_AT_ONCE;
  return TRUE;
}

/* Most seconds have nothing for it, and begin no transaction. */
static gboolean
has_something (SmRules *rules)
{
  const SmOpenWork *book = rules->work_orders;

  return book->alarms->len > 0 || !book->is_read || book->open->len > 0;
}

/** sm_work_orders_tick: Looks at alarms that took a step, and at what time does to the orders. */
gboolean
sm_work_orders_tick (SmRules  *rules,
                     GError  **error)
{
  if (!begin (rules, error))
    return FALSE;
  if (!has_something (rules))
    return TRUE;
  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (do_all (rules, error))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  rules->work_orders->is_read = FALSE;
  return FALSE;
}

/* --- trade --- */

/* Whether a swap or session shows that what is worked on serves again. */
static gboolean
is_by_it (const SmRow *order,
          const SmRow *trade)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (order, SM_WORK_ORDER_TARGET_NOUN));
  gint64 id = sm_row_get_int (order, SM_WORK_ORDER_TARGET_ID);

  switch (noun != NULL ? noun->id : SM_N_NOUNS)
    {
    case SM_NOUN_LANE:
      return sm_row_get_int (trade, SM_ORDER_LANE_ID) == id;
    case SM_NOUN_PILE:
      return sm_row_get_int (trade, SM_ORDER_PILE_ID) == id;
    case SM_NOUN_CONNECTOR:
      return sm_row_get_int (trade, SM_ORDER_CONNECTOR_ID) == id;
    default:
      return sm_row_get_int (order, SM_WORK_ORDER_STATION_ID)
             == sm_row_get_int (trade, SM_ORDER_STATION_ID);
    }
}

/* It counts from when the fault was over, or work on it had begun. */
static gboolean
began_after (SmRules      *rules,
             const SmRow  *order,
             gint64        began,
             gboolean     *out_is,
             GError      **error)
{
  gint64 since = MAX (sm_row_get_int (order, SM_WORK_ORDER_FIRST_SIGN_AT),
                      sm_row_get_int (order, SM_WORK_ORDER_RECURRED_AT));
  g_autoptr (SmRow) alarm = NULL;

  *out_is = FALSE;
  if (sm_row_is_null (order, SM_WORK_ORDER_ALARM_ID))
    {
      *out_is = !sm_row_is_null (order, SM_WORK_ORDER_STARTED_AT)
                && began > sm_row_get_int (order, SM_WORK_ORDER_STARTED_AT);
      return TRUE;
    }
  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_ALARM),
                        sm_row_get_int (order, SM_WORK_ORDER_ALARM_ID), &alarm, error))
    return FALSE;
  *out_is = alarm != NULL && !sm_work_order_alarm_is_active (alarm)
            && began >= MAX (since, sm_row_get_int (alarm, SM_ALARM_RETURNED_AT));
  return TRUE;
}

/**
 * sm_work_orders_prove:
 * @trade: an order of a swap or a charge, written
 *
 * The first good one after the fault is what proves that it serves again.
 */
gboolean
sm_work_orders_prove (SmRules      *rules,
                      const SmRow  *trade,
                      GError      **error)
{
  gint64 began = sm_row_is_null (trade, SM_ORDER_STARTED_AT)
                     ? sm_row_get_int (trade, SM_ORDER_CREATED_AT)
                     : sm_row_get_int (trade, SM_ORDER_STARTED_AT);
  g_autoptr (GPtrArray) open = NULL;

  if (sm_row_get_enum (trade, SM_ORDER_PROCESS) != SM_ORDER_PROCESS_COMPLETED
      || !sm_row_is_null (trade, SM_ORDER_ABNORMAL))
    return TRUE;
  if (!sm_work_orders_refresh (rules, error))
    return FALSE;
  open = sm_open_work_dup (rules->work_orders);
  for (guint i = 0; i < open->len; i++)
    {
      const SmRow *order = open->pdata[i];
      gboolean is_proof;

      if (!sm_row_is_null (order, SM_WORK_ORDER_RESTORED_AT) || !is_by_it (order, trade))
        continue;
      if (!sm_work_order_needs_trade (order, equipment_kind (rules, order)))
        continue;
      if (!began_after (rules, order, began, &is_proof, error)
          || (is_proof
              && !restore (rules, order, sm_row_get_int (trade, SM_ORDER_ENDED_AT),
                           sm_row_get_text (trade, SM_ORDER_NUMBER), error)))
        return FALSE;
    }
  return TRUE;
}
