/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-work-order-table.h"
#include "sm-work-orders-private.h"

/* Work orders of a time before anybody looked: nobody is told, and the timeline follows from
 * their times. */

/* In the order in which things happen to one. */
static const struct
{
  guint at;
  SmWorkOrderEvent event;
  SmWorkOrderState to;
} story[] = {
  { SM_WORK_ORDER_CREATED_AT, SM_WORK_ORDER_CREATE, SM_WORK_ORDER_STATE_UNACCEPTED },
  { SM_WORK_ORDER_ASSIGNED_AT, SM_WORK_ORDER_ASSIGN, SM_WORK_ORDER_STATE_ASSIGNED },
  { SM_WORK_ORDER_ACCEPTED_AT, SM_WORK_ORDER_ACCEPT, SM_WORK_ORDER_STATE_ACCEPTED },
  { SM_WORK_ORDER_SPOKEN_AT, SM_WORK_ORDER_SPEAK, SM_WORK_ORDER_STATE_ACCEPTED },
  { SM_WORK_ORDER_TRAVELLING_AT, SM_WORK_ORDER_TRAVEL, SM_WORK_ORDER_STATE_TRAVELLING },
  { SM_WORK_ORDER_ARRIVED_AT, SM_WORK_ORDER_ARRIVE, SM_WORK_ORDER_STATE_ON_SITE },
  { SM_WORK_ORDER_STARTED_AT, SM_WORK_ORDER_START, SM_WORK_ORDER_STATE_IN_PROGRESS },
  { SM_WORK_ORDER_HELD_AT, SM_WORK_ORDER_HOLD, SM_WORK_ORDER_STATE_ON_HOLD },
  { SM_WORK_ORDER_RESTORED_AT, SM_WORK_ORDER_RESTORE, SM_WORK_ORDER_STATE_IN_PROGRESS },
  { SM_WORK_ORDER_COMPLETED_AT, SM_WORK_ORDER_COMPLETE, SM_WORK_ORDER_STATE_COMPLETED },
  { SM_WORK_ORDER_CONFIRMED_AT, SM_WORK_ORDER_CONFIRM, SM_WORK_ORDER_STATE_CONFIRMED },
  { SM_WORK_ORDER_CANCELLED_AT, SM_WORK_ORDER_CANCEL, SM_WORK_ORDER_STATE_CANCELLED },
};

static const char *
who_did (const SmRow      *order,
         SmWorkOrderEvent  event)
{
  switch (event)
    {
    case SM_WORK_ORDER_CREATE:
      return sm_row_get_text (order, SM_WORK_ORDER_CREATED_BY);
    case SM_WORK_ORDER_ASSIGN:
      return sm_row_get_text (order, SM_WORK_ORDER_ASSIGNED_BY);
    case SM_WORK_ORDER_CONFIRM:
      return sm_row_get_text (order, SM_WORK_ORDER_CONFIRMED_BY);
    case SM_WORK_ORDER_RESTORE:
    case SM_WORK_ORDER_CANCEL:
      return NULL;
    default:
      return sm_row_get_text (order, SM_WORK_ORDER_ASSIGNEE);
    }
}

static const char *
what_was_said (const SmRow      *order,
               SmWorkOrderEvent  event)
{
  switch (event)
    {
    case SM_WORK_ORDER_CREATE:
      return sm_row_get_text (order, SM_WORK_ORDER_CODE);
    case SM_WORK_ORDER_HOLD:
      return sm_row_get_text (order, SM_WORK_ORDER_HOLD_REASON);
    case SM_WORK_ORDER_RESTORE:
      return sm_row_get_text (order, SM_WORK_ORDER_RESTORE_PROOF);
    case SM_WORK_ORDER_CANCEL:
      return sm_row_get_text (order, SM_WORK_ORDER_CANCEL_REASON);
    default:
      return NULL;
    }
}

static gint64
what_it_is_about (const SmRow      *order,
                  SmWorkOrderEvent  event)
{
  if (event == SM_WORK_ORDER_CREATE)
    return sm_row_get_int (order, SM_WORK_ORDER_ALARM_ID);
  return event == SM_WORK_ORDER_ASSIGN || event == SM_WORK_ORDER_ACCEPT
             ? sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID)
             : SM_UNKNOWN;
}

static gboolean
tell_story (SmRules      *rules,
            const SmRow  *order,
            GError      **error)
{
  const char *from = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (story); i++)
    {
      SmWorkOrderStep step = {
        .work_order_id = sm_row_get_id (order),
        .at = sm_row_get_int (order, story[i].at),
        .claimed_at = SM_UNKNOWN,
        .person = (char *) who_did (order, story[i].event),
        .event = (char *) sm_work_order_events[story[i].event],
        .from_state = (char *) from,
        .to_state = (char *) sm_work_order_states[story[i].to],
        .text = (char *) what_was_said (order, story[i].event),
        .reference = what_it_is_about (order, story[i].event),
      };

      if (step.at == SM_UNKNOWN)
        continue;
      if (!sm_work_order_table_add_step (sm_rules_get_connection (rules), &step, error))
        return FALSE;
      from = step.to_state;
    }
  return TRUE;
}

static void
set_dues (SmRow *order)
{
  gint64 first = sm_row_get_int (order, SM_WORK_ORDER_FIRST_SIGN_AT), last = first;
  gint64 planned = sm_row_get_int (order, SM_WORK_ORDER_PLANNED_AT);
  gint64 from = MAX (first, planned);

  sm_row_set_int (order, SM_WORK_ORDER_REPORT_DUE_AT, first + SM_WORK_ORDER_REPORT_US);
  sm_row_set_int (order, SM_WORK_ORDER_RESPONSE_DUE_AT,
                  MAX (sm_row_get_int (order, SM_WORK_ORDER_CREATED_AT), planned)
                      + SM_WORK_ORDER_RESPONSE_US);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_DUE_AT, from + SM_WORK_ORDER_RESTORE_US);
  if (!sm_row_is_null (order, SM_WORK_ORDER_RESTORED_AT))
    sm_row_set_int (order, SM_WORK_ORDER_CLOSE_DUE_AT,
                    sm_row_get_int (order, SM_WORK_ORDER_RESTORED_AT) + SM_WORK_ORDER_CLOSE_US);
  for (gsize i = 0; i < G_N_ELEMENTS (story); i++)
    if (story[i].event != SM_WORK_ORDER_RESTORE)
      last = MAX (last, sm_row_get_int (order, story[i].at));
  sm_row_set_int (order, SM_WORK_ORDER_STATE_SINCE, last);
}

static gboolean
name_assignee (SmRules  *rules,
               SmRow    *order,
               GError  **error)
{
  g_autoptr (SmRow) engineer = NULL;

  if (sm_row_is_null (order, SM_WORK_ORDER_ENGINEER_ID))
    return TRUE;
  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_ENGINEER),
                        sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID), &engineer, error))
    return FALSE;
  if (engineer == NULL)
    return sm_error_refuse_field (error, "/engineer_id", "unknown");
  sm_row_set_text (order, SM_WORK_ORDER_ASSIGNEE, sm_row_get_text (engineer, SM_ENGINEER_NAME));
  sm_row_set_int (order, SM_WORK_ORDER_ORGANISATION_ID,
                  sm_row_get_int (engineer, SM_ENGINEER_ORGANISATION_ID));
  if (!sm_row_is_null (order, SM_WORK_ORDER_ACCEPTED_AT))
    sm_row_set_text (order, SM_WORK_ORDER_ACCEPTED_BY,
                     sm_row_get_text (engineer, SM_ENGINEER_NAME));
  if (!sm_row_is_null (order, SM_WORK_ORDER_COMPLETED_AT))
    sm_row_set_text (order, SM_WORK_ORDER_COMPLETED_BY,
                     sm_row_get_text (engineer, SM_ENGINEER_NAME));
  return TRUE;
}

/* Alarms that are over are not looked at again because of it. */
static gboolean
own_alarm (SmRules      *rules,
           const SmRow  *order,
           const SmRow  *alarm,
           GError      **error)
{
  g_autoptr (SmRow) owned = NULL;

  if (alarm == NULL)
    return TRUE;
  owned = sm_row_copy (alarm);
  sm_row_set_int (owned, SM_ALARM_WORK_ORDER_ID, sm_row_get_id (order));
  return sm_service_db_put (rules->db, owned, NULL, sm_rules_machine_now (rules), error)
         && sm_work_order_table_add_alarm (sm_rules_get_connection (rules), sm_row_get_id (order),
                                           sm_row_get_id (alarm), error);
}

static gboolean
put_one (SmRules      *rules,
         const SmRow  *wanted,
         GError      **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (wanted, SM_WORK_ORDER_TARGET_NOUN));
  g_autoptr (SmRow) target = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) order = NULL;

  if (noun == NULL
      || !sm_service_find (connection, noun, sm_row_get_int (wanted, SM_WORK_ORDER_TARGET_ID),
                           &target, error))
    return noun != NULL ? FALSE : sm_error_refuse_field (error, "/target_noun", "invalid");
  if (target == NULL) /* it has been removed in between */
    return TRUE;
  if (!sm_row_is_null (wanted, SM_WORK_ORDER_ALARM_ID)
      && !sm_service_find (connection, sm_noun_get (SM_NOUN_ALARM),
                           sm_row_get_int (wanted, SM_WORK_ORDER_ALARM_ID), &alarm, error))
    return FALSE;
  order = sm_work_order_draft (rules, target, sm_row_get_int (wanted, SM_WORK_ORDER_FIRST_SIGN_AT),
                               error);
  if (order == NULL)
    return FALSE;
  for (guint i = 0; i < sm_row_get_noun (wanted)->n_fields; i++)
    if (i > SM_ROW_FLEET_ID && !sm_row_is_null (wanted, i))
      sm_row_copy_field (order, wanted, i);
  set_dues (order);
  return sm_work_order_aim (rules, order, target, error) && name_assignee (rules, order, error)
         && sm_verb_put (rules, order, NULL, error) && tell_story (rules, order, error)
         && own_alarm (rules, order, alarm, error)
         /* Of what came by an alarm, the next alarm asks. */
         && (alarm != NULL || sm_work_order_gather (rules, order, error));
}

/**
 * sm_work_orders_put_past:
 * @orders: of SmRow: with what they are about, their state, their times and whose they are
 *
 * What was done before anybody looked, and what had been begun by then.
 */
gboolean
sm_work_orders_put_past (SmRules    *rules,
                         SmActor    *actor,
                         GPtrArray  *orders,
                         GError    **error)
{
  gboolean ok = TRUE;

  if (orders->len == 0)
    return TRUE;
  if (!sm_actor_require (actor, "station.import", error) || !sm_rules_begin (rules, error))
    return FALSE;
  for (guint i = 0; ok && i < orders->len; i++)
    ok = put_one (rules, orders->pdata[i], error);
  if (ok)
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}
