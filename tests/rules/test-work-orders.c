/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "work.h"

#include "sm-work-limits-change.h"

/* A person's order, from its beginning to its end. */

static void
test_life (void)
{
  g_autoptr (Work) w = work_new ();
  gint64 id = work_create (w, NULL);
  SmWorkOrderAct rain = work_because ("rain"), grinds = work_because ("it still grinds"),
                 good = work_done ("permanent"), pin = work_nothing;
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) stock = NULL;

  work_begin (w, id);
  work_act (w, w->ed, id, SM_WORK_ORDER_HOLD, &rain, "on_hold");
  fixture_pass (w->f, 600);
  work_act (w, w->ed, id, SM_WORK_ORDER_RESUME, &work_nothing, "in_progress");
  pin.part_id = w->part;
  pin.quantity = 2;
  work_act (w, w->ed, id, SM_WORK_ORDER_USE_PART, &pin, "in_progress");
  work_assert_refused (w, w->ed, id, SM_WORK_ORDER_USE_PART, &pin, "part-not-in-stock");
  /* What lies in Anna's van does not lie in Eddy's. */
  pin.part_id = work_add_part (w, w->anna);
  work_assert_refused (w, w->ed, id, SM_WORK_ORDER_USE_PART, &pin, "invalid");
  work_act (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &good, "completed");
  work_assert_refused (w, w->olga, id, SM_WORK_ORDER_CONFIRM, &work_nothing, "permission-missing");
  work_act (w, w->mia, id, SM_WORK_ORDER_REJECT, &grinds, "in_progress");
  work_act (w, w->mia, id, SM_WORK_ORDER_COMPLETE, &good, "completed");
  work_assert_refused (w, w->mia, id, SM_WORK_ORDER_CONFIRM, &work_nothing, "second-person-needed");
  work_act (w, w->max, id, SM_WORK_ORDER_CONFIRM, &work_nothing, "confirmed");
  work_assert_story (w, id, "create assign accept travel arrive start hold resume use_part "
                            "complete reject complete confirm");
  order = work_look (w, SM_NOUN_WORK_ORDER, id);
  stock = work_look (w, SM_NOUN_PART, w->part);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_HELD_S), ==, 600);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_REJECTIONS), ==, 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_IS_WARRANTY), ==, 1);
  g_assert_cmpint (sm_row_get_int (stock, SM_PART_QUANTITY), ==, 0);
}

static void
test_refusals (void)
{
  g_autoptr (Work) w = work_new ();
  gint64 id = work_create (w, NULL);
  SmWorkOrderAct to_anna = work_nothing, future = work_because ("x"), ill = work_because ("ill");

  to_anna.engineer_id = w->anna;
  future.claimed_at = sm_clock_now (w->f->network) + SM_HOUR;
  work_assert_refused (w, w->ed, id, SM_WORK_ORDER_ASSIGN, &to_anna, "permission-missing");
  work_assert_refused (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &work_nothing, "invalid");
  work_assert_refused (w, w->mia, id, SM_WORK_ORDER_START, &work_nothing, "work-order-state");
  work_act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &to_anna, "assigned");
  work_assert_refused (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &work_nothing, "work-order-not-yours");
  work_assert_refused (w, w->mia, id, SM_WORK_ORDER_REFUSE, &work_nothing, "invalid");
  work_assert_refused (w, w->mia, id, SM_WORK_ORDER_REFUSE, &future, "invalid");
  work_act (w, w->mia, id, SM_WORK_ORDER_REFUSE, &ill, "unaccepted");
  work_act (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &work_nothing, "accepted");
  work_assert_refused (w, w->olga, id, SM_WORK_ORDER_CANCEL, &ill, "permission-missing");
  work_act (w, w->mia, id, SM_WORK_ORDER_CANCEL, &ill, "cancelled");
  work_assert_refused (w, w->mia, id, SM_WORK_ORDER_URGE, &work_nothing, "work-order-state");
}

/* To take one for somebody else is to give it out; and a company's is its own people's. */
static void
test_not_for_others (void)
{
  g_autoptr (Work) w = work_new ();
  gint64 id = work_create (w, NULL);
  SmWorkOrderAct for_anna = work_nothing, for_eddy = work_nothing, to_company = work_nothing;
  g_autoptr (SmActor) agent = fixture_make_person (5, "agent", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) nobodys = fixture_make_person (6, "agent", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) other = fixture_make_person (7, "agent", SM_SCOPE_ALL, 0);
  SmRow *company = sm_row_new (sm_noun_get (SM_NOUN_ORGANISATION));

  other->scope->organisation_id = 4711;
  for_anna.engineer_id = w->anna;
  for_eddy.engineer_id = w->eddy;
  work_assert_refused (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &for_anna, "work-order-not-yours");
  work_act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &for_eddy, "assigned");
  work_assert_refused (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &for_anna, "work-order-not-yours");
  sm_row_take_text (company, SM_ORGANISATION_NAME, sm_name_new ("Mend", "修"));
  sm_row_set_text (company, SM_ORGANISATION_KIND, "agent");
  sm_row_set_text (company, SM_ORGANISATION_STATE, "approved");
  to_company.organisation_id = fixture_fill (w->f, company);
  agent->scope->organisation_id = to_company.organisation_id;
  work_act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &to_company, "assigned");
  work_assert_refused (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &work_nothing, "work-order-not-yours");
  work_assert_refused (w, agent, id, SM_WORK_ORDER_ACCEPT, &for_anna, "work-order-not-yours");
  work_assert_refused (w, nobodys, id, SM_WORK_ORDER_ACCEPT, &work_nothing, "work-order-not-yours");
  work_assert_refused (w, other, id, SM_WORK_ORDER_ACCEPT, &work_nothing, "not-found");
  work_act (w, agent, id, SM_WORK_ORDER_ACCEPT, &work_nothing, "accepted");
}

/* A company that took it is nobody: the next in line hears of it, and one of its own people,
 * whom it names, has it then; nobody can take it from a person so. */
static void
test_company_names_one (void)
{
  g_autoptr (Work) w = work_new ();
  gint64 id = work_create (w, NULL);
  g_autoptr (SmActor) agent = fixture_make_person (5, "agent", SM_SCOPE_ALL, 0);
  SmRow *company = sm_row_new (sm_noun_get (SM_NOUN_ORGANISATION));
  SmRow *hers = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));
  SmWorkOrderAct to_company = work_nothing, to_her = work_nothing;
  g_autoptr (SmRow) order = NULL;

  sm_row_take_text (company, SM_ORGANISATION_NAME, sm_name_new ("Mend", "修"));
  sm_row_set_text (company, SM_ORGANISATION_KIND, "agent");
  sm_row_set_text (company, SM_ORGANISATION_STATE, "approved");
  to_company.organisation_id = fixture_fill (w->f, company);
  agent->scope->organisation_id = to_company.organisation_id;
  sm_row_set_text (hers, SM_ENGINEER_NAME, "Hanna");
  sm_row_set_int (hers, SM_ENGINEER_ORGANISATION_ID, to_company.organisation_id);
  to_her.engineer_id = fixture_fill (w->f, hers);
  work_act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &to_company, "assigned");
  work_act (w, agent, id, SM_WORK_ORDER_ACCEPT, &work_nothing, "accepted");
  for (guint i = 0; i < 4; i++)
    fixture_pass (w->f, 4 * 60);
  order = work_look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS), ==, 1);
  work_act (w, agent, id, SM_WORK_ORDER_ACCEPT, &to_her, "accepted");
  g_clear_pointer (&order, sm_row_unref);
  order = work_look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_ASSIGNEE), ==, "Hanna");
  work_assert_refused (w, w->mia, id, SM_WORK_ORDER_ACCEPT, &to_her, "work-order-state");
  for (guint i = 0; i < 5; i++)
    fixture_pass (w->f, 4 * 60);
  g_clear_pointer (&order, sm_row_unref);
  order = work_look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS), ==, 1);
}

/* A company's acceptance stops no clock, nor does a person's who has spoken with nobody. */
static void
test_response (void)
{
  g_autoptr (Work) w = work_new ();
  gint64 id = work_create (w, NULL);
  SmWorkOrderAct to_anna = work_nothing;
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) after = NULL;

  to_anna.engineer_id = w->anna;
  work_act (w, w->mia, id, SM_WORK_ORDER_ACCEPT, &to_anna, "accepted");
  before = work_look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_true (sm_row_is_null (before, SM_WORK_ORDER_RESPONDED_AT));
  fixture_pass (w->f, 60);
  work_act (w, w->mia, id, SM_WORK_ORDER_SPEAK, &work_nothing, "accepted");
  after = work_look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpint (sm_row_get_int (after, SM_WORK_ORDER_RESPONDED_AT)
                       - sm_row_get_int (after, SM_WORK_ORDER_CREATED_AT), ==, SM_MINUTE);
}

/* What nobody may open without a certificate. */
static SmRow *
ask_to_open (Work *w)
{
  const SmWorkOrderRequest wanted
      = { "manual", "repair", SM_UNKNOWN, "equipment", w->robot, NULL, SM_UNKNOWN, "open it", NULL,
          NULL, NULL, "high_voltage", NULL, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN };

  return work_ask (w, w->mia, &wanted, NULL);
}

static void
test_certificate (void)
{
  g_autoptr (Work) w = work_new ();
  g_autoptr (SmRow) order = ask_to_open (w);
  SmRow *certificate = sm_row_new (sm_noun_get (SM_NOUN_CERTIFICATE));
  SmWorkOrderAct given = work_nothing, all_the_same = work_because ("nobody else within 200 km");
  SmWorkOrderAct blank = work_because (" ");
  gint64 id = sm_row_get_id (order);

  given.engineer_id = blank.engineer_id = all_the_same.engineer_id = w->eddy;
  work_assert_refused (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &given, "certificate-missing");
  sm_row_set_int (certificate, SM_CERTIFICATE_ENGINEER_ID, w->eddy);
  sm_row_set_text (certificate, SM_CERTIFICATE_KIND, "high_voltage");
  sm_row_set_int (certificate, SM_CERTIFICATE_EXPIRES_AT, sm_clock_now (w->f->network) + SM_DAY);
  fixture_fill (w->f, certificate);
  work_act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &given, "assigned");
  fixture_pass (w->f, 86400);
  work_assert_refused (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &given, "certificate-expired");
  work_assert_refused (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &blank, "certificate-expired");
  work_act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &all_the_same, "assigned");
  /* Whoever sends somebody all the same has answered for it: they take it as it is. */
  work_act (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &work_nothing, "accepted");
}

/* Nobody does for themselves what they may not do, whatever they say. */
static void
test_own_override (void)
{
  g_autoptr (Work) w = work_new ();
  g_autoptr (SmRow) order = ask_to_open (w);
  SmWorkOrderAct i_can = work_because ("I have always done it");

  work_assert_refused (w, w->ed, sm_row_get_id (order), SM_WORK_ORDER_ACCEPT, &work_nothing,
                       "certificate-missing");
  work_assert_refused (w, w->ed, sm_row_get_id (order), SM_WORK_ORDER_ACCEPT, &i_can,
                       "certificate-missing");
}

/* Nobody has to think of it: what is worked on, and what is wrong with it, says what is needed. */
static void
test_needed (void)
{
  g_autoptr (Work) w = work_new ();
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));
  gint64 module;
  SmWorkOrderAct given = work_nothing;
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) robots = NULL;

  sm_row_set_int (row, SM_EQUIPMENT_STATION_ID, w->trade->stations[0]);
  sm_row_set_text (row, SM_EQUIPMENT_KIND, "charger_module");
  sm_row_set_text (row, SM_EQUIPMENT_SN, "MODULE1");
  sm_row_take_text (row, SM_EQUIPMENT_NAME, sm_name_new ("Module", "模块"));
  module = fixture_fill (w->f, row);
  order = work_try_create (w, w->olga, "charger-module-fault", module, NULL);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_CERTIFICATE), ==, "high_voltage");
  given.engineer_id = w->eddy;
  work_assert_refused (w, w->mia, sm_row_get_id (order), SM_WORK_ORDER_ASSIGN, &given,
                       "certificate-missing");
  robots = work_try_create (w, w->olga, WORK_CODE, w->robot, NULL);
  g_assert_true (sm_row_is_null (robots, SM_WORK_ORDER_CERTIFICATE));
}

/* What is mended for now has to have a date on which somebody comes again. */
static void
test_temporary (void)
{
  g_autoptr (Work) w = work_new ();
  gint64 id = work_create (w, NULL);
  SmWorkOrderAct for_now = work_done ("temporary"), again = work_because ("a new pin"), late;
  g_autoptr (SmRow) order = NULL;

  work_begin (w, id);
  work_act (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "completed");
  work_assert_refused (w, w->max, id, SM_WORK_ORDER_CONFIRM, &work_nothing, "follow-up-missing");
  late = again;
  late.follow_up_at = sm_clock_now (w->f->network) - SM_DAY;
  work_assert_refused (w, w->max, id, SM_WORK_ORDER_FOLLOW_UP, &late, "invalid");
  again.follow_up_at = sm_clock_now (w->f->network) + 7 * SM_DAY;
  work_act (w, w->max, id, SM_WORK_ORDER_FOLLOW_UP, &again, "completed");
  work_assert_refused (w, w->max, id, SM_WORK_ORDER_FOLLOW_UP, &again, "follow-up-exists");
  work_act (w, w->max, id, SM_WORK_ORDER_CONFIRM, &work_nothing, "confirmed");
  order = work_look (w, SM_NOUN_WORK_ORDER, id + 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_PARENT_ID), ==, id);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_STATE), ==, "unaccepted");
}

/* The engineer says it with the completion; a phone may have had no network until it was past. */
static void
test_promised (void)
{
  g_autoptr (Work) w = work_new ();
  gint64 id = work_create (w, NULL), now;
  SmWorkOrderAct for_now = work_done ("temporary"), good = work_because ("looked at it");
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) next = NULL;

  work_begin (w, id);
  now = sm_clock_now (w->f->network);
  for_now.follow_up_at = now + 400 * SM_DAY;
  work_assert_refused (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "invalid");
  for_now.follow_up_at = now - SM_HOUR;
  work_assert_refused (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "invalid");
  for_now.claimed_at = now - 2 * SM_HOUR;
  work_act (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "completed");
  order = work_look (w, SM_NOUN_WORK_ORDER, id);
  next = work_look (w, SM_NOUN_WORK_ORDER, id + 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_FOLLOW_UP_ID), ==, id + 1);
  g_assert_cmpint (sm_row_get_int (next, SM_WORK_ORDER_PARENT_ID), ==, id);
  g_assert_cmpint (sm_row_get_int (next, SM_WORK_ORDER_PLANNED_AT), ==,
                   sm_row_get_int (order, SM_WORK_ORDER_FOLLOW_UP_AT));
  g_assert_cmpint (sm_row_get_int (next, SM_WORK_ORDER_PLANNED_AT), >, now);
  g_assert_cmpint (sm_row_get_int (next, SM_WORK_ORDER_PLANNED_AT), <=, now + SM_HOUR);
  /* Done again, once: nobody comes twice. */
  work_act (w, w->max, id, SM_WORK_ORDER_REJECT, &good, "in_progress");
  for_now.claimed_at = SM_UNKNOWN;
  for_now.follow_up_at = now + SM_DAY;
  work_act (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "completed");
  g_assert_null (work_look (w, SM_NOUN_WORK_ORDER, id + 2));
  work_act (w, w->max, id, SM_WORK_ORDER_CONFIRM, &work_nothing, "confirmed");
}

/* Nobody takes it: warned at half and at four fifths of the time, then the next in line. */
static void
test_alone (void)
{
  g_autoptr (Work) w = work_new ();
  gint64 id = work_create (w, NULL);
  g_autoptr (SmRow) order = NULL;

  fixture_pass (w->f, 7 * 60);
  work_assert_story (w, id, "create");
  fixture_pass (w->f, 60);
  work_assert_story (w, id, "create warn");
  fixture_pass (w->f, 5 * 60);
  work_assert_story (w, id, "create warn warn");
  fixture_pass (w->f, 2 * 60);
  fixture_pass (w->f, 1);
  work_assert_story (w, id, "create warn warn escalate warn");
  order = work_look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_RESPONSE_WARNED), ==, 100);
  for (guint i = 0; i < 30; i++)
    fixture_pass (w->f, 16 * 60);
  g_clear_pointer (&order, sm_row_unref);
  order = work_look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS), ==,
                   SM_WORK_ORDER_MAX_ESCALATIONS);
}

/* Who has it has spoken with nobody: the roster hears of that, too, and once. */
static void
test_overdue (void)
{
  g_autoptr (Work) w = work_new ();
  gint64 id = work_create (w, NULL);

  work_act (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &work_nothing, "accepted");
  fixture_pass (w->f, 14 * 60);
  fixture_pass (w->f, 60);
  fixture_pass (w->f, 1);
  fixture_pass (w->f, 1);
  fixture_pass (w->f, 16 * 60);
  fixture_pass (w->f, 1);
  work_assert_story (w, id, "create accept warn warn escalate");
}

typedef struct
{
  SmActor *actor;
  SmWorkLimits changes;
} Limiting;

static gpointer
do_limit (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Limiting *limiting = data;
  SmWorkLimits limits;

  sm_work_limits_change (rules, limiting->actor, 1, &limiting->changes, &limits, error);
  return NULL;
}

/* Each kind of order has its own times; those that are there keep what they were made with. */
static void
test_limits (void)
{
  g_autoptr (Work) w = work_new ();
  gint64 first = work_create (w, NULL), second;
  Limiting limiting = { .actor = w->mia };
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) after = NULL;

  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    limiting.changes.minutes[i] = SM_UNKNOWN;
  limiting.changes.minutes[SM_WORK_LIMIT_RESPONSE] = 30;
  limiting.changes.minutes[SM_WORK_LIMIT_RESTORE] = 240;
  fixture_write (w->f, do_limit, &limiting);
  g_assert_cmpuint (fixture_audit (w->f, "work_order_limits", "done"), ==, 1);
  second = work_create (w, NULL);
  before = work_look (w, SM_NOUN_WORK_ORDER, first);
  after = work_look (w, SM_NOUN_WORK_ORDER, second);
  g_assert_cmpint (sm_row_get_int (before, SM_WORK_ORDER_RESPONSE_DUE_AT), ==,
                   sm_row_get_int (before, SM_WORK_ORDER_CREATED_AT) + 15 * SM_MINUTE);
  g_assert_cmpint (sm_row_get_int (after, SM_WORK_ORDER_RESPONSE_DUE_AT), ==,
                   sm_row_get_int (after, SM_WORK_ORDER_CREATED_AT) + 30 * SM_MINUTE);
  g_assert_cmpint (sm_row_get_int (after, SM_WORK_ORDER_RESTORE_DUE_AT), ==,
                   sm_row_get_int (after, SM_WORK_ORDER_FIRST_SIGN_AT) + 4 * SM_HOUR);
  /* Half of the time that it has. */
  fixture_pass (w->f, 8 * 60);
  work_assert_story (w, first, "create warn");
  work_assert_story (w, second, "create");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/work-orders/life", test_life);
  g_test_add_func ("/rules/work-orders/refusals", test_refusals);
  g_test_add_func ("/rules/work-orders/not-for-others", test_not_for_others);
  g_test_add_func ("/rules/work-orders/company-names-one", test_company_names_one);
  g_test_add_func ("/rules/work-orders/response", test_response);
  g_test_add_func ("/rules/work-orders/certificate", test_certificate);
  g_test_add_func ("/rules/work-orders/own-override", test_own_override);
  g_test_add_func ("/rules/work-orders/needed", test_needed);
  g_test_add_func ("/rules/work-orders/temporary", test_temporary);
  g_test_add_func ("/rules/work-orders/promised", test_promised);
  g_test_add_func ("/rules/work-orders/alone", test_alone);
  g_test_add_func ("/rules/work-orders/overdue", test_overdue);
  g_test_add_func ("/rules/work-orders/limits", test_limits);
  return g_test_run ();
}
