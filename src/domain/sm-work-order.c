/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order.h"

#include "sm-alarm.h"
#include "sm-fault-code.h"
#include "sm-time.h"

#include <string.h>

const char *const sm_work_order_events[] = {
  [SM_WORK_ORDER_ASSIGN] = "assign",
  [SM_WORK_ORDER_ACCEPT] = "accept",
  [SM_WORK_ORDER_REFUSE] = "refuse",
  [SM_WORK_ORDER_SPEAK] = "speak",
  [SM_WORK_ORDER_TRAVEL] = "travel",
  [SM_WORK_ORDER_ARRIVE] = "arrive",
  [SM_WORK_ORDER_START] = "start",
  [SM_WORK_ORDER_HOLD] = "hold",
  [SM_WORK_ORDER_RESUME] = "resume",
  [SM_WORK_ORDER_COMPLETE] = "complete",
  [SM_WORK_ORDER_CONFIRM] = "confirm",
  [SM_WORK_ORDER_REJECT] = "reject",
  [SM_WORK_ORDER_CANCEL] = "cancel",
  [SM_WORK_ORDER_URGE] = "urge",
  [SM_WORK_ORDER_PIN] = "pin",
  [SM_WORK_ORDER_UNPIN] = "unpin",
  [SM_WORK_ORDER_FOLLOW_UP] = "follow_up",
  [SM_WORK_ORDER_NOTE_DOWN] = "note",
  [SM_WORK_ORDER_USE_PART] = "use_part",
  [SM_WORK_ORDER_PHOTO] = "photo",
  [SM_WORK_ORDER_CREATE] = "create",
  [SM_WORK_ORDER_JOIN] = "join",
  [SM_WORK_ORDER_RESTORE] = "restore",
  [SM_WORK_ORDER_RECUR] = "recur",
  [SM_WORK_ORDER_WARN] = "warn",
  [SM_WORK_ORDER_ESCALATE] = "escalate",
  [SM_WORK_ORDER_GATHER] = "gather",
  [SM_WORK_ORDER_N_EVENTS] = NULL,
};

const char *const sm_work_order_clocks[] = { "report", "response", "restore", "close", NULL };

/* --- its life --- */

#define BIT(state) (1u << SM_WORK_ORDER_STATE_##state)
#define NOBODYS BIT (UNACCEPTED)
#define GIVEN BIT (ASSIGNED)
#define BEFORE_WORK (BIT (ACCEPTED) | BIT (TRAVELLING) | BIT (ON_SITE))
#define AT_WORK (BIT (IN_PROGRESS) | BIT (ON_HOLD))
#define BEFORE_END (NOBODYS | GIVEN | BEFORE_WORK | AT_WORK)
#define OPEN (BEFORE_END | BIT (COMPLETED))
#define STAYS SM_N_WORK_ORDER_STATES

/* From which states each may happen, and to which one it leads. */
static const struct
{
  guint from;
  guint to;
} steps[SM_WORK_ORDER_N_EVENTS] = {
  [SM_WORK_ORDER_ASSIGN] = { NOBODYS | GIVEN | BIT (ACCEPTED) | BIT (TRAVELLING) | BIT (ON_HOLD),
                             SM_WORK_ORDER_STATE_ASSIGNED },
  [SM_WORK_ORDER_ACCEPT] = { NOBODYS | GIVEN, SM_WORK_ORDER_STATE_ACCEPTED },
  [SM_WORK_ORDER_REFUSE] = { GIVEN, SM_WORK_ORDER_STATE_UNACCEPTED },
  [SM_WORK_ORDER_SPEAK] = { BEFORE_END, STAYS },
  [SM_WORK_ORDER_TRAVEL] = { BIT (ACCEPTED), SM_WORK_ORDER_STATE_TRAVELLING },
  [SM_WORK_ORDER_ARRIVE] = { BIT (ACCEPTED) | BIT (TRAVELLING), SM_WORK_ORDER_STATE_ON_SITE },
  /* Much is mended from afar: nobody has to be there. */
  [SM_WORK_ORDER_START] = { BIT (ACCEPTED) | BIT (ON_SITE), SM_WORK_ORDER_STATE_IN_PROGRESS },
  [SM_WORK_ORDER_HOLD] = { BIT (IN_PROGRESS), SM_WORK_ORDER_STATE_ON_HOLD },
  [SM_WORK_ORDER_RESUME] = { BIT (ON_HOLD), SM_WORK_ORDER_STATE_IN_PROGRESS },
  [SM_WORK_ORDER_COMPLETE] = { BIT (IN_PROGRESS), SM_WORK_ORDER_STATE_COMPLETED },
  [SM_WORK_ORDER_CONFIRM] = { BIT (COMPLETED), SM_WORK_ORDER_STATE_CONFIRMED },
  [SM_WORK_ORDER_REJECT] = { BIT (COMPLETED), SM_WORK_ORDER_STATE_IN_PROGRESS },
  [SM_WORK_ORDER_CANCEL] = { BEFORE_END, SM_WORK_ORDER_STATE_CANCELLED },
  [SM_WORK_ORDER_URGE] = { OPEN, STAYS },
  [SM_WORK_ORDER_PIN] = { BEFORE_END & ~NOBODYS, STAYS },
  [SM_WORK_ORDER_UNPIN] = { OPEN & ~NOBODYS, STAYS },
  [SM_WORK_ORDER_FOLLOW_UP] = { BIT (IN_PROGRESS) | BIT (ON_HOLD) | BIT (COMPLETED)
                                    | BIT (CONFIRMED), STAYS },
  [SM_WORK_ORDER_NOTE_DOWN] = { OPEN, STAYS },
  [SM_WORK_ORDER_USE_PART] = { BEFORE_WORK | AT_WORK | BIT (COMPLETED), STAYS },
  [SM_WORK_ORDER_PHOTO] = { OPEN, STAYS },
  [SM_WORK_ORDER_CREATE] = { 0, SM_WORK_ORDER_STATE_UNACCEPTED },
  [SM_WORK_ORDER_JOIN] = { OPEN, STAYS },
  [SM_WORK_ORDER_RESTORE] = { OPEN, STAYS },
  [SM_WORK_ORDER_RECUR] = { OPEN, STAYS },
  [SM_WORK_ORDER_WARN] = { OPEN, STAYS },
  [SM_WORK_ORDER_ESCALATE] = { OPEN, STAYS },
  [SM_WORK_ORDER_GATHER] = { OPEN | BIT (CONFIRMED) | BIT (CANCELLED), STAYS },
};

/**
 * sm_work_order_next:
 *
 * Returns: FALSE when @event cannot happen in @state
 */
gboolean
sm_work_order_next (SmWorkOrderState   state,
                    SmWorkOrderEvent   event,
                    SmWorkOrderState  *out_next)
{
  g_return_val_if_fail (event < SM_WORK_ORDER_N_EVENTS, FALSE);

  if (state >= SM_N_WORK_ORDER_STATES || (steps[event].from & (1u << state)) == 0)
    return FALSE;
  *out_next = steps[event].to != STAYS ? (SmWorkOrderState) steps[event].to : state;
  return TRUE;
}

/**
 * sm_work_order_may:
 *
 * Likewise of an order.  A company that took it has not said who goes: one of its people can
 * still accept it.
 */
gboolean
sm_work_order_may (const SmRow       *order,
                   SmWorkOrderEvent   event,
                   SmWorkOrderState  *out_next)
{
  SmWorkOrderState state = (SmWorkOrderState) sm_row_get_enum (order, SM_WORK_ORDER_STATE);

  if (event == SM_WORK_ORDER_ACCEPT && state == SM_WORK_ORDER_STATE_ACCEPTED
      && sm_row_is_null (order, SM_WORK_ORDER_ENGINEER_ID))
    {
      *out_next = state;
      return TRUE;
    }
  return sm_work_order_next (state, event, out_next);
}

/** sm_work_order_is_over: Whether it is confirmed or cancelled. */
gboolean
sm_work_order_is_over (const SmRow *order)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);

  return state == SM_WORK_ORDER_STATE_CONFIRMED || state == SM_WORK_ORDER_STATE_CANCELLED;
}

/** sm_work_order_is_owned: Whether a person has accepted it: a company is nobody. */
gboolean
sm_work_order_is_owned (const SmRow *order)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);

  return state >= SM_WORK_ORDER_STATE_ACCEPTED && !sm_row_is_null (order, SM_WORK_ORDER_ENGINEER_ID);
}

/**
 * sm_work_order_has_held:
 *
 * Returns: whether it has served again for so long that what breaks now is another fault
 */
gboolean
sm_work_order_has_held (const SmRow *order,
                        gint64       now)
{
  return !sm_row_is_null (order, SM_WORK_ORDER_RESTORED_AT)
         && now - sm_row_get_int (order, SM_WORK_ORDER_RESTORED_AT) > SM_WORK_ORDER_VOID_US;
}

/** sm_work_order_is_alone: Whether nobody has owned it for so long that somebody has to hear of it. */
gboolean
sm_work_order_is_alone (const SmRow *order,
                        gint64       now)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);
  gint64 since = MAX (sm_row_get_int (order, SM_WORK_ORDER_CREATED_AT),
                      MAX (sm_row_get_int (order, SM_WORK_ORDER_PLANNED_AT),
                           sm_row_get_int (order, SM_WORK_ORDER_ESCALATED_AT)));
  gboolean is_early
      = sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS) < SM_WORK_ORDER_MAX_ESCALATIONS;

  return state <= SM_WORK_ORDER_STATE_ACCEPTED && !sm_work_order_is_owned (order)
         && now - since >= (is_early ? SM_WORK_ORDER_ALONE_US : SM_WORK_ORDER_STILL_ALONE_US)
         && (is_early || sm_row_get_int (order, SM_WORK_ORDER_LEVEL) <= 2);
}

/**
 * sm_work_order_is_overdue:
 *
 * Returns: whether it has been warned of that all of its time is up, to respond or to restore,
 *   and nobody but who has it has heard of it since
 */
gboolean
sm_work_order_is_overdue (const SmRow *order)
{
  static const struct
  {
    guint due, stopped, warned;
  } clocks[] = {
    { SM_WORK_ORDER_RESPONSE_DUE_AT, SM_WORK_ORDER_RESPONDED_AT, SM_WORK_ORDER_RESPONSE_WARNED },
    { SM_WORK_ORDER_RESTORE_DUE_AT, SM_WORK_ORDER_RESTORED_AT, SM_WORK_ORDER_RESTORE_WARNED },
  };

  if (!sm_work_order_is_owned (order) || sm_work_order_is_over (order))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (clocks); i++)
    if (sm_row_is_null (order, clocks[i].stopped)
        && sm_row_get_int (order, clocks[i].warned) >= 100
        && sm_row_get_int (order, SM_WORK_ORDER_ESCALATED_AT)
               < sm_row_get_int (order, clocks[i].due))
      return TRUE;
  return FALSE;
}

/* --- its clocks --- */

/**
 * sm_work_order_read_clock:
 * @now: by the network's clock
 * @out: (out caller-allocates)
 */
void
sm_work_order_read_clock (const SmRow         *order,
                          SmWorkOrderClock     clock,
                          gint64               now,
                          SmWorkOrderReading  *out)
{
  static const struct
  {
    guint from, due, stopped;
  } fields[SM_WORK_ORDER_N_CLOCKS] = {
    { SM_WORK_ORDER_FIRST_SIGN_AT, SM_WORK_ORDER_REPORT_DUE_AT, SM_WORK_ORDER_CREATED_AT },
    { SM_WORK_ORDER_CREATED_AT, SM_WORK_ORDER_RESPONSE_DUE_AT, SM_WORK_ORDER_RESPONDED_AT },
    { SM_WORK_ORDER_FIRST_SIGN_AT, SM_WORK_ORDER_RESTORE_DUE_AT, SM_WORK_ORDER_RESTORED_AT },
    { SM_WORK_ORDER_RESTORED_AT, SM_WORK_ORDER_CLOSE_DUE_AT, SM_WORK_ORDER_CONFIRMED_AT },
  };
  gint64 end;

  g_return_if_fail (clock < SM_WORK_ORDER_N_CLOCKS);

  out->from = sm_row_get_int (order, fields[clock].from);
  out->due = sm_row_get_int (order, fields[clock].due);
  /* What came back is reported anew, though the clock of its restoring goes on. */
  if (clock == SM_WORK_ORDER_CLOCK_REPORT && out->due != SM_UNKNOWN)
    out->from = out->due - SM_WORK_ORDER_REPORT_US;
  out->stopped_at = sm_row_get_int (order, fields[clock].stopped);
  /* What is called off is not waited for any more. */
  if (out->stopped_at == SM_UNKNOWN)
    out->stopped_at = sm_row_get_int (order, SM_WORK_ORDER_CANCELLED_AT);
  end = out->stopped_at != SM_UNKNOWN ? out->stopped_at : now;
  out->used_us = out->from != SM_UNKNOWN ? MAX (end - out->from, 0) : 0;
  out->is_late = out->from != SM_UNKNOWN && out->due != SM_UNKNOWN && end > out->due;
}

/** sm_work_order_warning: Returns: how much of its time is up, if it runs: 0, 50, 80 or 100 percent */
guint
sm_work_order_warning (const SmWorkOrderReading *reading)
{
  gint64 whole = reading->due - reading->from;

  if (reading->from == SM_UNKNOWN || reading->due == SM_UNKNOWN
      || reading->stopped_at != SM_UNKNOWN)
    return 0;
  if (reading->used_us >= whole)
    return 100;
  return reading->used_us >= whole / 10 * 8 ? 80 : reading->used_us >= whole / 2 ? 50 : 0;
}

/** sm_work_order_held_us: For how long work rested for reasons that are not the person's. */
gint64
sm_work_order_held_us (const SmRow *order,
                       gint64       now)
{
  gint64 held_at = sm_row_get_int (order, SM_WORK_ORDER_HELD_AT);

  return sm_row_get_int (order, SM_WORK_ORDER_HELD_S) * SM_SECOND
         + (held_at != SM_UNKNOWN ? MAX (now - held_at, 0) : 0);
}

/* --- where it comes from, and what ends it --- */

/* What is heard from nobody is first looked into from the desk, and what may be swapped or
 * charged away needs nobody to drive there. */
static gboolean
is_for_somebody (const SmFaultCode *code)
{
  if (code == NULL)
    return TRUE;
  if (code->origin != SM_FAULT_OF_DEVICE)
    return code->is_safety;
  switch (code->noun)
    {
    case SM_NOUN_STATION:
    case SM_NOUN_LANE:
    case SM_NOUN_BAY:
    case SM_NOUN_PILE:
    case SM_NOUN_CONNECTOR:
    case SM_NOUN_EQUIPMENT:
      return TRUE;
    default:
      return code->level == 1 || code->is_safety || strcmp (code->code, "vehicle-stranded") == 0;
    }
}

/**
 * sm_work_order_is_due:
 * @alarm: open
 *
 * Returns: whether somebody has to go there, by its risk: no part of another, not put aside
 */
gboolean
sm_work_order_is_due (const SmRow *alarm)
{
  guint state = sm_row_get_enum (alarm, SM_ALARM_STATE);

  return (state == SM_ALARM_UNACKED || state == SM_ALARM_ACKED)
         && sm_row_get_int (alarm, SM_ALARM_LEVEL) <= 2
         && sm_row_is_null (alarm, SM_ALARM_PARENT_ID)
         && sm_row_is_null (alarm, SM_ALARM_SUPPRESSED_BY)
         && sm_row_is_null (alarm, SM_ALARM_SHELVED_UNTIL)
         && sm_row_is_null (alarm, SM_ALARM_OUT_OF_SERVICE_APPROVED_BY)
         && is_for_somebody (sm_fault_code_find (sm_row_get_text (alarm, SM_ALARM_CODE)));
}

/**
 * sm_work_order_needs_trade:
 * @equipment_kind: SmEquipmentKind, or %SM_ENUM_UNKNOWN
 *
 * Returns: whether only a swap or a session proves that it serves again; of all else it is
 *   that the condition is over
 */
gboolean
sm_work_order_needs_trade (const SmRow *order,
                           guint        equipment_kind)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (order, SM_WORK_ORDER_TARGET_NOUN));

  switch (noun != NULL ? noun->id : SM_N_NOUNS)
    {
    case SM_NOUN_STATION:
    case SM_NOUN_LANE:
    case SM_NOUN_PILE:
    case SM_NOUN_CONNECTOR:
      return TRUE;
    case SM_NOUN_EQUIPMENT:
      return equipment_kind == SM_EQUIPMENT_KIND_SWAP_ROBOT
             || equipment_kind == SM_EQUIPMENT_KIND_CHARGER_MODULE;
    default:
      return FALSE;
    }
}
