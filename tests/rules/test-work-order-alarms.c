/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "work.h"

/* Orders of alarms: made by themselves, restored, and back. */

static void
test_alarm (void)
{
  g_autoptr (Work) w = work_new ();
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) alarm = NULL;

  work_say (w, WORK_CODE, TRUE);
  order = work_look (w, SM_NOUN_WORK_ORDER, 1);
  alarm = fixture_only_alarm (w->f);
  g_assert_nonnull (order);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_WORK_ORDER_ID), ==, 1);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_SOURCE), ==, "alarm");
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_SKILL), ==, "swap_robot");
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_FIRST_SIGN_AT), ==,
                   sm_row_get_int (alarm, SM_ALARM_RAISED_AT));
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_CREATED_AT), <=,
                   sm_row_get_int (order, SM_WORK_ORDER_FIRST_SIGN_AT) + 5 * SM_SECOND);
  g_assert_nonnull (strstr (sm_row_get_text (order, SM_WORK_ORDER_SNAPSHOT), WORK_CODE));
  /* The same by hand is that one. */
  g_assert_cmpint (work_create (w, WORK_CODE), ==, 1);
  fixture_reopen (w->f);
  fixture_pass (w->f, 5);
  work_assert_story (w, 1, "create");
}

/* An alarm of which somebody asks for an order that is there already is of that order. */
static void
test_joins (void)
{
  g_autoptr (Work) w = work_new ();
  SmWorkOrderRequest wanted
      = { "manual", "repair", 1, NULL, SM_UNKNOWN, NULL, SM_UNKNOWN, NULL, NULL, NULL, NULL, NULL,
          NULL, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN };
  gint64 id = work_create (w, "swap-robot-position");
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) alarm = NULL;

  work_say (w, "swap-robot-position", TRUE);
  alarm = fixture_only_alarm (w->f);
  wanted.alarm_id = sm_row_get_id (alarm);
  order = work_ask (w, w->olga, &wanted, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sm_row_get_id (order), ==, id);
  g_clear_pointer (&alarm, sm_row_unref);
  alarm = fixture_only_alarm (w->f);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_WORK_ORDER_ID), ==, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ALARM_ID), ==, sm_row_get_id (alarm));
  work_assert_story (w, id, "create join");
}

/* Somebody was to come again next week, but what was mended for now breaks today. */
static void
test_breaks_before (void)
{
  g_autoptr (Work) w = work_new ();
  SmWorkOrderAct for_now = work_done ("temporary"), again = work_because ("a new pin");
  gint64 id = work_create (w, WORK_CODE), now;
  g_autoptr (SmRow) order = NULL;

  work_begin (w, id);
  work_act (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "completed");
  again.follow_up_at = sm_clock_now (w->f->network) + 7 * SM_DAY;
  work_act (w, w->max, id, SM_WORK_ORDER_FOLLOW_UP, &again, "completed");
  work_act (w, w->max, id, SM_WORK_ORDER_CONFIRM, &again, "confirmed");
  fixture_pass (w->f, 86400);
  now = sm_clock_now (w->f->network);
  work_say (w, WORK_CODE, TRUE);
  order = work_look (w, SM_NOUN_WORK_ORDER, id + 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ALARM_COUNT), ==, 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_PLANNED_AT), <=, now + SM_MINUTE);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_RESPONSE_DUE_AT), <=, now + 16 * SM_MINUTE);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_RESTORE_DUE_AT), <=, now + 13 * SM_HOUR);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS), ==, 0);
  fixture_pass (w->f, 16 * 60);
  g_clear_pointer (&order, sm_row_unref);
  order = work_look (w, SM_NOUN_WORK_ORDER, id + 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS), ==, 1);
}

/* Restored by the first good swap, void when it is back: the same clock goes on. */
static void
test_restore (void)
{
  g_autoptr (Work) w = work_new ();
  g_autoptr (SmRow) proven = NULL;
  g_autoptr (SmRow) back = NULL;
  SmWorkOrderAct good = work_done ("permanent");

  fixture_pass (w->f, 3600);
  work_say (w, WORK_CODE, TRUE);
  work_begin (w, 1);
  work_say (w, WORK_CODE, FALSE);
  work_act (w, w->ed, 1, SM_WORK_ORDER_COMPLETE, &good, "completed");
  work_assert_refused (w, w->max, 1, SM_WORK_ORDER_CONFIRM, &work_nothing,
                       "work-order-not-restored");
  fixture_pass (w->f, 1800);
  work_swap (w, "GOOD1");
  proven = work_look (w, SM_NOUN_WORK_ORDER, 1);
  g_assert_cmpstr (sm_row_get_text (proven, SM_WORK_ORDER_RESTORE_PROOF), ==, "GOOD1");
  fixture_pass (w->f, 3600);
  work_say (w, WORK_CODE, TRUE);
  back = work_look (w, SM_NOUN_WORK_ORDER, 1);
  g_assert_true (sm_row_is_null (back, SM_WORK_ORDER_RESTORED_AT));
  g_assert_cmpint (sm_row_get_int (back, SM_WORK_ORDER_RESTORE_VOIDS), ==, 1);
  g_assert_cmpint (sm_row_get_int (back, SM_WORK_ORDER_RESTORE_DUE_AT), ==,
                   sm_row_get_int (proven, SM_WORK_ORDER_RESTORE_DUE_AT));
  work_say (w, WORK_CODE, FALSE);
  fixture_pass (w->f, 1800);
  work_swap (w, "GOOD2");
  work_act (w, w->max, 1, SM_WORK_ORDER_CONFIRM, &work_nothing, "confirmed");
  /* Once more, and nobody ever acknowledged it: the same alarm, another order, the same clock. */
  fixture_pass (w->f, 3600);
  work_say (w, WORK_CODE, TRUE);
  g_clear_pointer (&back, sm_row_unref);
  back = work_look (w, SM_NOUN_WORK_ORDER, 2);
  g_assert_nonnull (back);
  g_assert_cmpint (sm_row_get_int (back, SM_WORK_ORDER_PARENT_ID), ==, 1);
  g_assert_cmpint (sm_row_get_int (back, SM_WORK_ORDER_RESTORE_VOIDS), ==, 2);
  g_assert_cmpint (sm_row_get_int (back, SM_WORK_ORDER_RESTORE_DUE_AT), ==,
                   sm_row_get_int (proven, SM_WORK_ORDER_RESTORE_DUE_AT));
}

/* It held for a day, and nobody has confirmed it yet: what breaks then is another fault, with an
 * order of its own. */
static void
test_held (void)
{
  g_autoptr (Work) w = work_new ();
  SmWorkOrderAct good = work_done ("permanent");
  g_autoptr (SmRow) first = NULL;
  g_autoptr (SmRow) second = NULL;
  g_autoptr (SmRow) alarm = NULL;
  gint64 now;

  fixture_pass (w->f, 3600);
  work_say (w, WORK_CODE, TRUE);
  work_begin (w, 1);
  work_say (w, WORK_CODE, FALSE);
  fixture_pass (w->f, 1800);
  work_swap (w, "GOOD1");
  work_act (w, w->ed, 1, SM_WORK_ORDER_COMPLETE, &good, "completed");
  fixture_pass (w->f, 25 * 3600);
  now = sm_clock_now (w->f->network);
  work_say (w, WORK_CODE, TRUE);
  first = work_look (w, SM_NOUN_WORK_ORDER, 1);
  second = work_look (w, SM_NOUN_WORK_ORDER, 2);
  alarm = fixture_only_alarm (w->f);
  g_assert_nonnull (second);
  g_assert_cmpint (sm_row_get_int (second, SM_WORK_ORDER_PARENT_ID), ==, 1);
  g_assert_cmpint (sm_row_get_int (second, SM_WORK_ORDER_RESTORE_VOIDS), ==, 0);
  g_assert_cmpint (sm_row_get_int (second, SM_WORK_ORDER_FIRST_SIGN_AT), >=, now);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_WORK_ORDER_ID), ==, 2);
  g_assert_false (sm_row_is_null (first, SM_WORK_ORDER_RESTORED_AT));
  g_assert_cmpint (sm_row_get_int (first, SM_WORK_ORDER_ALARM_COUNT), ==, 1);
  /* By hand it is the new one, too. */
  g_assert_cmpint (work_create (w, WORK_CODE), ==, 2);
  work_act (w, w->max, 1, SM_WORK_ORDER_CONFIRM, &work_nothing, "confirmed");
  work_assert_state (w, 2, "unaccepted");
}

/* Likewise when somebody reports it. */
static void
test_held_by_hand (void)
{
  g_autoptr (Work) w = work_new ();
  SmWorkOrderAct good = work_done ("permanent");
  g_autoptr (SmRow) second = NULL;

  fixture_pass (w->f, 3600);
  work_say (w, WORK_CODE, TRUE);
  work_begin (w, 1);
  work_say (w, WORK_CODE, FALSE);
  fixture_pass (w->f, 1800);
  work_swap (w, "GOOD1");
  work_act (w, w->ed, 1, SM_WORK_ORDER_COMPLETE, &good, "completed");
  fixture_pass (w->f, 25 * 3600);
  g_assert_cmpint (work_create (w, WORK_CODE), ==, 2);
  second = work_look (w, SM_NOUN_WORK_ORDER, 2);
  g_assert_cmpint (sm_row_get_int (second, SM_WORK_ORDER_PARENT_ID), ==, 1);
  work_say (w, WORK_CODE, TRUE);
  work_assert_story (w, 2, "create join");
}

/* What was mended for now, and is back as another alarm, is the order that was mended: not the
 * visit that is to come because of it. */
static void
test_back_before_visit (void)
{
  g_autoptr (Work) w = work_new ();
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) visit = NULL;
  g_autoptr (SmRow) acked = NULL;
  SmWorkOrderAct for_now = work_done ("temporary");

  work_say (w, WORK_CODE, TRUE);
  work_begin (w, 1);
  acked = fixture_acknowledge (w->f, w->mia, "0190a000-0000-7000-8000-000000000001", 1, 2, 1, NULL,
                               NULL, NULL);
  g_assert_nonnull (acked);
  work_say (w, WORK_CODE, FALSE);
  for_now.follow_up_at = sm_clock_now (w->f->network) + 7 * SM_DAY;
  work_act (w, w->ed, 1, SM_WORK_ORDER_COMPLETE, &for_now, "completed");
  fixture_pass (w->f, 600);
  work_swap (w, "GOOD1");
  fixture_pass (w->f, 600);
  work_say (w, WORK_CODE, TRUE);
  order = work_look (w, SM_NOUN_WORK_ORDER, 1);
  visit = work_look (w, SM_NOUN_WORK_ORDER, 2);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ALARM_ID), ==, 2);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_RESTORE_VOIDS), ==, 1);
  g_assert_cmpint (sm_row_get_int (visit, SM_WORK_ORDER_ALARM_COUNT), ==, 0);
}

/* What is over before anybody takes it keeps nobody busy. */
static void
test_over_by_itself (void)
{
  g_autoptr (Work) w = work_new ();
  g_autoptr (SmRow) order = NULL;

  work_say (w, WORK_CODE, TRUE);
  work_say (w, WORK_CODE, FALSE);
  fixture_pass (w->f, 300);
  work_assert_state (w, 1, "unaccepted");
  fixture_pass (w->f, 400);
  work_assert_state (w, 1, "cancelled");
  order = work_look (w, SM_NOUN_WORK_ORDER, 1);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_CANCEL_REASON), ==, "over-by-itself");
}

/* What an alarm is of may be gone, or of a later version: nothing says how long its kind has, and
 * what is planned still has to be there by then. */
static void
test_of_what_is_gone (void)
{
  g_autoptr (Work) w = work_new ();
  SmRow *alarm = sm_row_new (sm_noun_get (SM_NOUN_ALARM));
  gint64 now = sm_clock_now (w->f->network);
  SmWorkOrderRequest wanted
      = { "manual", "repair", 0, NULL, SM_UNKNOWN, NULL, SM_UNKNOWN, NULL, NULL, NULL, NULL, NULL,
          NULL, SM_UNKNOWN, now + SM_DAY, SM_UNKNOWN };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = NULL;

  sm_row_set_text (alarm, SM_ALARM_CODE, WORK_CODE);
  sm_row_set_int (alarm, SM_ALARM_LEVEL, 3);
  sm_row_set_text (alarm, SM_ALARM_STATE, "unacked");
  sm_row_set_text (alarm, SM_ALARM_SOURCE_NOUN, "equipment");
  sm_row_set_int (alarm, SM_ALARM_SOURCE_ID, 4711);
  sm_row_set_int (alarm, SM_ALARM_COUNT, 1);
  sm_row_set_int (alarm, SM_ALARM_OCCURRENCE, 1);
  sm_row_set_int (alarm, SM_ALARM_RAISED_AT, now);
  wanted.alarm_id = fixture_fill (w->f, alarm);
  order = work_ask (w, w->mia, &wanted, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_RESTORE_DUE_AT), ==,
                   wanted.planned_at + SM_WORK_ORDER_RESTORE_US);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/work-orders/alarm", test_alarm);
  g_test_add_func ("/rules/work-orders/joins", test_joins);
  g_test_add_func ("/rules/work-orders/breaks-before", test_breaks_before);
  g_test_add_func ("/rules/work-orders/restore", test_restore);
  g_test_add_func ("/rules/work-orders/held", test_held);
  g_test_add_func ("/rules/work-orders/held-by-hand", test_held_by_hand);
  g_test_add_func ("/rules/work-orders/back-before-visit", test_back_before_visit);
  g_test_add_func ("/rules/work-orders/over-by-itself", test_over_by_itself);
  g_test_add_func ("/rules/work-orders/of-what-is-gone", test_of_what_is_gone);
  return g_test_run ();
}
