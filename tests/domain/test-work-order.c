/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-certificate-need.h"
#include "sm-time.h"
#include "sm-work-order.h"

#define U SM_WORK_ORDER_STATE_UNACCEPTED
#define G SM_WORK_ORDER_STATE_ASSIGNED
#define A SM_WORK_ORDER_STATE_ACCEPTED
#define T SM_WORK_ORDER_STATE_TRAVELLING
#define S SM_WORK_ORDER_STATE_ON_SITE
#define P SM_WORK_ORDER_STATE_IN_PROGRESS
#define H SM_WORK_ORDER_STATE_ON_HOLD
#define C SM_WORK_ORDER_STATE_COMPLETED
#define F SM_WORK_ORDER_STATE_CONFIRMED
#define X SM_WORK_ORDER_STATE_CANCELLED
#define O SM_N_WORK_ORDER_STATES /* refused */

/* Every event in every state, written out by hand: from U, G, A, T, S, P, H, C, F, X. */
static const guint table[SM_WORK_ORDER_N_EVENTS][SM_N_WORK_ORDER_STATES] = {
  [SM_WORK_ORDER_ASSIGN] = { G, G, G, G, O, O, G, O, O, O },
  [SM_WORK_ORDER_ACCEPT] = { A, A, O, O, O, O, O, O, O, O },
  [SM_WORK_ORDER_REFUSE] = { O, U, O, O, O, O, O, O, O, O },
  [SM_WORK_ORDER_SPEAK] = { U, G, A, T, S, P, H, O, O, O },
  [SM_WORK_ORDER_TRAVEL] = { O, O, T, O, O, O, O, O, O, O },
  [SM_WORK_ORDER_ARRIVE] = { O, O, S, S, O, O, O, O, O, O },
  [SM_WORK_ORDER_START] = { O, O, P, O, P, O, O, O, O, O },
  [SM_WORK_ORDER_HOLD] = { O, O, O, O, O, H, O, O, O, O },
  [SM_WORK_ORDER_RESUME] = { O, O, O, O, O, O, P, O, O, O },
  [SM_WORK_ORDER_COMPLETE] = { O, O, O, O, O, C, O, O, O, O },
  [SM_WORK_ORDER_CONFIRM] = { O, O, O, O, O, O, O, F, O, O },
  [SM_WORK_ORDER_REJECT] = { O, O, O, O, O, O, O, P, O, O },
  [SM_WORK_ORDER_CANCEL] = { X, X, X, X, X, X, X, O, O, O },
  [SM_WORK_ORDER_URGE] = { U, G, A, T, S, P, H, C, O, O },
  [SM_WORK_ORDER_PIN] = { O, G, A, T, S, P, H, O, O, O },
  [SM_WORK_ORDER_UNPIN] = { O, G, A, T, S, P, H, C, O, O },
  [SM_WORK_ORDER_FOLLOW_UP] = { O, O, O, O, O, P, H, C, F, O },
  [SM_WORK_ORDER_NOTE_DOWN] = { U, G, A, T, S, P, H, C, O, O },
  [SM_WORK_ORDER_USE_PART] = { O, O, A, T, S, P, H, C, O, O },
  [SM_WORK_ORDER_PHOTO] = { U, G, A, T, S, P, H, C, O, O },
  [SM_WORK_ORDER_CREATE] = { O, O, O, O, O, O, O, O, O, O },
  [SM_WORK_ORDER_JOIN] = { U, G, A, T, S, P, H, C, O, O },
  [SM_WORK_ORDER_RESTORE] = { U, G, A, T, S, P, H, C, O, O },
  [SM_WORK_ORDER_RECUR] = { U, G, A, T, S, P, H, C, O, O },
  [SM_WORK_ORDER_WARN] = { U, G, A, T, S, P, H, C, O, O },
  [SM_WORK_ORDER_ESCALATE] = { U, G, A, T, S, P, H, C, O, O },
  [SM_WORK_ORDER_GATHER] = { U, G, A, T, S, P, H, C, F, X },
};

static void
test_every_step (void)
{
  for (guint event = 0; event < SM_WORK_ORDER_N_EVENTS; event++)
    for (guint state = 0; state < SM_N_WORK_ORDER_STATES; state++)
      {
        SmWorkOrderState next;
        gboolean ok = sm_work_order_next (state, event, &next);

        if (ok != (table[event][state] != O) || (ok && next != table[event][state]))
          g_error ("%s in %s leads to %s", sm_work_order_events[event],
                   sm_work_order_states[state], ok ? sm_work_order_states[next] : "nothing");
      }
}

static void
test_unknown_state (void)
{
  SmWorkOrderState next;

  for (guint event = 0; event < SM_WORK_ORDER_N_EVENTS; event++)
    g_assert_false (sm_work_order_next ((SmWorkOrderState) SM_ENUM_UNKNOWN, event, &next));
}

static SmRow *
make_order (void)
{
  SmRow *order = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));

  sm_row_set_text (order, SM_WORK_ORDER_STATE, "unaccepted");
  sm_row_set_int (order, SM_WORK_ORDER_FIRST_SIGN_AT, 0);
  sm_row_set_int (order, SM_WORK_ORDER_CREATED_AT, 2 * SM_MINUTE);
  sm_row_set_int (order, SM_WORK_ORDER_REPORT_DUE_AT, SM_WORK_ORDER_REPORT_US);
  sm_row_set_int (order, SM_WORK_ORDER_RESPONSE_DUE_AT, 17 * SM_MINUTE);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_DUE_AT, SM_WORK_ORDER_RESTORE_US);
  sm_row_set_int (order, SM_WORK_ORDER_ESCALATIONS, 0);
  sm_row_set_int (order, SM_WORK_ORDER_HELD_S, 0);
  return order;
}

static void
assert_warning (const SmRow      *order,
                SmWorkOrderClock  clock,
                gint64            now,
                guint             percent)
{
  SmWorkOrderReading reading;

  sm_work_order_read_clock (order, clock, now, &reading);
  g_assert_cmpuint (sm_work_order_warning (&reading), ==, percent);
  g_assert_cmpint (reading.is_late, ==, reading.due != SM_UNKNOWN && now > reading.due);
}

static void
test_clocks (void)
{
  g_autoptr (SmRow) order = make_order ();
  SmWorkOrderReading reading;

  sm_work_order_read_clock (order, SM_WORK_ORDER_CLOCK_REPORT, SM_DAY, &reading);
  g_assert_cmpint (reading.used_us, ==, 2 * SM_MINUTE);
  g_assert_false (reading.is_late);
  assert_warning (order, SM_WORK_ORDER_CLOCK_RESPONSE, 2 * SM_MINUTE, 0);
  assert_warning (order, SM_WORK_ORDER_CLOCK_RESPONSE, 9 * SM_MINUTE + 30 * SM_SECOND - 1, 0);
  assert_warning (order, SM_WORK_ORDER_CLOCK_RESPONSE, 9 * SM_MINUTE + 30 * SM_SECOND, 50);
  assert_warning (order, SM_WORK_ORDER_CLOCK_RESPONSE, 14 * SM_MINUTE, 80);
  assert_warning (order, SM_WORK_ORDER_CLOCK_RESPONSE, 17 * SM_MINUTE, 100);
  assert_warning (order, SM_WORK_ORDER_CLOCK_RESPONSE, 17 * SM_MINUTE + 1, 100);
  /* It does not serve yet: nothing waits to be closed. */
  assert_warning (order, SM_WORK_ORDER_CLOCK_CLOSE, SM_DAY, 0);
}

static void
test_clock_stops (void)
{
  g_autoptr (SmRow) order = make_order ();
  SmWorkOrderReading reading;

  sm_row_set_int (order, SM_WORK_ORDER_RESPONDED_AT, 18 * SM_MINUTE);
  sm_work_order_read_clock (order, SM_WORK_ORDER_CLOCK_RESPONSE, SM_DAY, &reading);
  g_assert_cmpint (reading.used_us, ==, 16 * SM_MINUTE);
  g_assert_true (reading.is_late);
  g_assert_cmpuint (sm_work_order_warning (&reading), ==, 0);
  sm_row_set_int (order, SM_WORK_ORDER_CANCELLED_AT, SM_HOUR);
  sm_work_order_read_clock (order, SM_WORK_ORDER_CLOCK_RESTORE, SM_DAY, &reading);
  g_assert_cmpint (reading.used_us, ==, SM_HOUR);
  g_assert_false (reading.is_late);
}

/* Only a person's own time rests: nothing else has a pause. */
static void
test_held (void)
{
  g_autoptr (SmRow) order = make_order ();

  sm_row_set_int (order, SM_WORK_ORDER_HELD_S, 60);
  g_assert_cmpint (sm_work_order_held_us (order, SM_DAY), ==, SM_MINUTE);
  sm_row_set_int (order, SM_WORK_ORDER_HELD_AT, SM_HOUR);
  g_assert_cmpint (sm_work_order_held_us (order, SM_HOUR + SM_MINUTE), ==, 2 * SM_MINUTE);
  assert_warning (order, SM_WORK_ORDER_CLOCK_RESTORE, 6 * SM_HOUR, 50);
}

static void
test_alone (void)
{
  g_autoptr (SmRow) order = make_order ();

  g_assert_false (sm_work_order_is_alone (order, 17 * SM_MINUTE - 1));
  g_assert_true (sm_work_order_is_alone (order, 17 * SM_MINUTE));
  sm_row_set_int (order, SM_WORK_ORDER_ESCALATED_AT, 17 * SM_MINUTE);
  g_assert_false (sm_work_order_is_alone (order, 31 * SM_MINUTE));
  g_assert_true (sm_work_order_is_alone (order, 32 * SM_MINUTE));
  /* That it is given to somebody is not that somebody has it. */
  sm_row_set_text (order, SM_WORK_ORDER_STATE, "assigned");
  g_assert_true (sm_work_order_is_alone (order, 32 * SM_MINUTE));
  /* A company is nobody. */
  sm_row_set_text (order, SM_WORK_ORDER_STATE, "accepted");
  g_assert_true (sm_work_order_is_alone (order, 32 * SM_MINUTE));
  sm_row_set_int (order, SM_WORK_ORDER_ENGINEER_ID, 7);
  g_assert_false (sm_work_order_is_alone (order, SM_DAY));
  /* What is planned for tomorrow is not looked for today. */
  sm_row_set_text (order, SM_WORK_ORDER_STATE, "unaccepted");
  sm_row_set_int (order, SM_WORK_ORDER_PLANNED_AT, SM_DAY);
  g_assert_false (sm_work_order_is_alone (order, SM_DAY));
}

/* What is bad is looked for as long as nobody has it, though not as often; all else not for ever. */
static void
test_still_alone (void)
{
  g_autoptr (SmRow) order = make_order ();

  sm_row_set_int (order, SM_WORK_ORDER_ESCALATED_AT, SM_HOUR);
  sm_row_set_int (order, SM_WORK_ORDER_ESCALATIONS, SM_WORK_ORDER_MAX_ESCALATIONS);
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL, 3);
  g_assert_false (sm_work_order_is_alone (order, SM_DAY));
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL, 2);
  g_assert_false (sm_work_order_is_alone (order, 2 * SM_HOUR - 1));
  g_assert_true (sm_work_order_is_alone (order, 2 * SM_HOUR));
}

/* Once for each clock that it breaks, if nobody else has heard of it since. */
static void
test_overdue (void)
{
  g_autoptr (SmRow) order = make_order ();
  gint64 due = 12 * SM_HOUR;

  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_DUE_AT, due);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_WARNED, 100);
  g_assert_false (sm_work_order_is_overdue (order));
  sm_row_set_text (order, SM_WORK_ORDER_STATE, "in_progress");
  sm_row_set_int (order, SM_WORK_ORDER_ENGINEER_ID, 7);
  g_assert_true (sm_work_order_is_overdue (order));
  sm_row_set_int (order, SM_WORK_ORDER_ESCALATED_AT, due + SM_SECOND);
  g_assert_false (sm_work_order_is_overdue (order));
  sm_row_set_int (order, SM_WORK_ORDER_ESCALATED_AT, due - SM_HOUR);
  g_assert_true (sm_work_order_is_overdue (order));
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_WARNED, 80);
  g_assert_false (sm_work_order_is_overdue (order));
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_WARNED, 100);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORED_AT, due + SM_HOUR);
  g_assert_false (sm_work_order_is_overdue (order));
}

static void
assert_due (const char *code,
            int         level,
            gboolean    is_due)
{
  static const guint aside[] = { SM_ALARM_PARENT_ID, SM_ALARM_SHELVED_UNTIL };
  g_autoptr (SmRow) alarm = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  sm_row_set_text (alarm, SM_ALARM_CODE, code);
  sm_row_set_text (alarm, SM_ALARM_STATE, "unacked");
  sm_row_set_int (alarm, SM_ALARM_LEVEL, level);
  g_assert_cmpint (sm_work_order_is_due (alarm), ==, is_due);
  for (gsize i = 0; i < G_N_ELEMENTS (aside); i++)
    {
      sm_row_set_int (alarm, aside[i], 1);
      g_assert_false (sm_work_order_is_due (alarm));
      sm_row_set_null (alarm, aside[i]);
    }
  sm_row_set_text (alarm, SM_ALARM_SUPPRESSED_BY, "window/1");
  g_assert_false (sm_work_order_is_due (alarm));
  sm_row_set_null (alarm, SM_ALARM_SUPPRESSED_BY);
  sm_row_set_text (alarm, SM_ALARM_STATE, "returned_unacked");
  g_assert_false (sm_work_order_is_due (alarm));
}

static void
test_due (void)
{
  assert_due ("swap-robot-fault", 2, TRUE);
  assert_due ("station-smoke", 1, TRUE);
  assert_due ("pile-fault", 2, TRUE);
  assert_due ("pile-fault", 3, FALSE);
  assert_due ("battery-smoke", 1, TRUE);
  assert_due ("vehicle-stranded", 2, TRUE);
  assert_due ("vehicle-motor-fault", 2, FALSE); /* the fleet's workshop sees to it */
  assert_due ("station-silent", 2, FALSE);      /* first somebody calls there */
  assert_due ("window-overran", 2, FALSE);
}

/* What is under high voltage, in a pack, or puts out a fire; not what is only looked at. */
static void
test_certificate (void)
{
  static const struct
  {
    const char *work, *code;
    SmNounId noun;
    guint kind;
    const char *needed;
  } cases[] = {
    { "repair", "pile-insulation", SM_NOUN_PILE, SM_ENUM_UNKNOWN, "high_voltage" },
    { "repair", "pile-weak-signal", SM_NOUN_PILE, SM_ENUM_UNKNOWN, NULL },
    { "repair", "reported-does_not_charge", SM_NOUN_PILE, SM_ENUM_UNKNOWN, "high_voltage" },
    { "repair", "reported-payment", SM_NOUN_PILE, SM_ENUM_UNKNOWN, NULL },
    { "inspection", NULL, SM_NOUN_PILE, SM_ENUM_UNKNOWN, NULL },
    { "maintenance", NULL, SM_NOUN_EQUIPMENT, SM_EQUIPMENT_KIND_TRANSFORMER, "high_voltage" },
    { "repair", "battery-bms-fault", SM_NOUN_BATTERY, SM_ENUM_UNKNOWN, "battery" },
    { "repair", "battery-mismatch", SM_NOUN_BATTERY, SM_ENUM_UNKNOWN, NULL },
    { "repair", "vehicle-hv-interlock", SM_NOUN_VEHICLE, SM_ENUM_UNKNOWN, "high_voltage" },
    { "rescue", "vehicle-stranded", SM_NOUN_VEHICLE, SM_ENUM_UNKNOWN, NULL },
    { "repair", "station-fire-system-off", SM_NOUN_STATION, SM_ENUM_UNKNOWN, "fire_safety" },
    { "repair", "swap-robot-fault", SM_NOUN_EQUIPMENT, SM_EQUIPMENT_KIND_SWAP_ROBOT, NULL },
    { NULL, NULL, SM_NOUN_EQUIPMENT, SM_EQUIPMENT_KIND_FIRE_SYSTEM, "fire_safety" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (sm_certificate_needed (cases[i].work, cases[i].code, cases[i].noun,
                                            cases[i].kind), ==, cases[i].needed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/work-order/every-step", test_every_step);
  g_test_add_func ("/domain/work-order/unknown-state", test_unknown_state);
  g_test_add_func ("/domain/work-order/clocks", test_clocks);
  g_test_add_func ("/domain/work-order/clock-stops", test_clock_stops);
  g_test_add_func ("/domain/work-order/held", test_held);
  g_test_add_func ("/domain/work-order/alone", test_alone);
  g_test_add_func ("/domain/work-order/still-alone", test_still_alone);
  g_test_add_func ("/domain/work-order/overdue", test_overdue);
  g_test_add_func ("/domain/work-order/due", test_due);
  g_test_add_func ("/domain/work-order/certificate", test_certificate);
  return g_test_run ();
}
