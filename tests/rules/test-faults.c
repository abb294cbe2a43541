/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-faults.h"

#include <math.h>

typedef struct
{
  SmActor *actor;
  const SmFaultReport *fault;
  SmIngestResult result;
} Reporting;

static gpointer
do_report (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Reporting *reporting = data;

  sm_ingest_faults (rules, reporting->actor, reporting->fault, 1, &reporting->result, error);
  return NULL;
}

static SmIngestResult
report_fault (Fixture             *f,
              SmActor             *actor,
              const SmFaultReport *fault)
{
  Reporting reporting = { actor, fault, { 0 } };

  fixture_write (f, do_report, &reporting);
  return reporting.result;
}

static SmFaultReport
make_fault (Fixture *f,
            gint64   vehicle_id,
            gboolean is_raised)
{
  return (SmFaultReport){ .noun = SM_NOUN_VEHICLE, .id = vehicle_id, .code = "vehicle-brake",
                          .sender_code = "0x0D", .sender_text = "BRK FAIL", .is_raised = is_raised,
                          .at_us = sm_clock_now (f->network), .value = NAN, .limit_value = NAN };
}

static void
test_raise_and_return (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  SmFaultReport fault;
  g_auto (SmIngestResult) result = { 0 };
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) after = NULL;

  fixture_report (f, id, 50, 30);
  fault = make_fault (f, id, TRUE);
  result = report_fault (f, f->system, &fault);
  g_assert_cmpuint (result.accepted, ==, 1);
  alarm = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "vehicle-brake");
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, 2);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_SENDER_CODE), ==, "0x0D");
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_SENDER_TEXT), ==, "BRK FAIL");
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_SITUATION), ==, "driving");
  g_assert_cmpfloat (sm_row_get_real (alarm, SM_ALARM_RISK), ==, 4 * 5 * 5);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_VEHICLE_ID), ==, id);
  g_assert_true (sm_row_is_null (alarm, SM_ALARM_FIELD));

  fixture_reopen (f); /* a restart does not end what the device has not ended */
  fixture_pass (f, 10);
  fault = make_fault (f, id, FALSE);
  result = report_fault (f, f->system, &fault);
  after = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (after, SM_ALARM_STATE), ==, "returned_unacked");
}

/* A device whose clock was ahead can say all the same that it is over. */
static void
test_ahead (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  SmFaultReport fault = make_fault (f, id, TRUE);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) after = NULL;

  fault.at_us += SM_DAY;
  g_assert_cmpuint (report_fault (f, f->system, &fault).ahead, ==, 1);
  g_assert_cmpuint (report_fault (f, f->system, &fault).repeated, ==, 1);
  alarm = fixture_only_alarm (f);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_RAISED_AT), ==, sm_clock_now (f->network));
  fixture_pass (f, 10);
  fault = make_fault (f, id, FALSE);
  g_assert_cmpuint (report_fault (f, f->system, &fault).accepted, ==, 1);
  after = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (after, SM_ALARM_STATE), ==, "returned_unacked");
}

static void
test_once (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  SmFaultReport fault = make_fault (f, id, TRUE);
  SmFaultReport older = fault;
  g_auto (SmIngestResult) result = { 0 };
  g_autoptr (SmRow) alarm = NULL;

  report_fault (f, f->system, &fault);
  result = report_fault (f, f->system, &fault);
  g_assert_cmpuint (result.repeated, ==, 1);
  older.at_us -= SM_MINUTE;
  older.is_raised = FALSE;
  result = report_fault (f, f->system, &older);
  g_assert_cmpuint (result.late, ==, 1);
  alarm = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_STATE), ==, "unacked");
}

static void
test_refusals (void)
{
  static const char *const reasons[] = { "unknown-object", "unknown-code", "unknown-code",
                                         "unknown-object" };
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", 7);
  gint64 other = 8;
  g_autoptr (SmActor) gateway = sm_actor_new (SM_ACTOR_DEVICE, 1, "g", "g", "gateway",
                                              sm_scope_new (SM_SCOPE_FLEETS, &other, 1), 1);
  SmFaultReport faults[] = { make_fault (f, 999, TRUE), make_fault (f, id, TRUE),
                             make_fault (f, id, TRUE), make_fault (f, id, TRUE) };

  faults[1].code = "no-such-code";
  faults[2].code = "vehicle-silent"; /* nobody says that of himself */
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_auto (SmIngestResult) result = report_fault (f, i == 3 ? gateway : f->system, &faults[i]);

      g_assert_cmpuint (result.accepted, ==, 0);
      g_assert_cmpstr (g_array_index (result.rejected, SmReportRejection, 0).slug, ==, reasons[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/faults/raise-and-return", test_raise_and_return);
  g_test_add_func ("/rules/faults/ahead", test_ahead);
  g_test_add_func ("/rules/faults/once", test_once);
  g_test_add_func ("/rules/faults/refusals", test_refusals);
  return g_test_run ();
}
