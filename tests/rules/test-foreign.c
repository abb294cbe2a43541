/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-foreign.h"

typedef struct
{
  SmActor *actor;
  SmForeignReport report;
  SmIngestResult result;
  gboolean is_good;
} Saying;

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Saying *saying = data;
  g_autoptr (GError) refused = NULL;

  saying->is_good = sm_ingest_foreign (rules, saying->actor, &saying->report, 1, &saying->result,
                                       &refused);
  return NULL;
}

static SmIngestResult
say (Fixture         *f,
     SmForeignReport  report)
{
  Saying saying = { f->system, report, { 0 }, FALSE };

  fixture_write (f, do_say, &saying);
  g_assert_true (saying.is_good);
  return saying.result;
}

static SmForeignReport
flags_of (Fixture *f,
          gint64   vehicle,
          guint32  flags)
{
  SmForeignReport report;

  sm_foreign_report_init (&report);
  report.scheme = SM_FOREIGN_GBT32960;
  report.noun = SM_NOUN_VEHICLE;
  report.id = vehicle;
  report.at_us = sm_clock_now (f->network);
  report.flags = flags;
  return report;
}

static guint
count_active (Fixture    *f,
              const char *prefix)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (f);
  guint n = 0;

  for (guint i = 0; i < alarms->len; i++)
    n += g_str_has_prefix (sm_row_get_text (alarms->pdata[i], SM_ALARM_CODE), prefix)
         && sm_row_is_null (alarms->pdata[i], SM_ALARM_RETURNED_AT);
  return n;
}

/* What a report leaves out is over, also when the service was away in between. */
static void
test_snapshot (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  fixture_report (f, id, 50, 30);
  g_assert_cmpuint (say (f, flags_of (f, id, 1u << 13 | 1u << 16)).accepted, ==, 1);
  g_assert_cmpuint (count_active (f, "vehicle-brake"), ==, 1);
  g_assert_cmpuint (count_active (f, "vehicle-hv-interlock"), ==, 1);
  fixture_pass (f, 30);
  g_assert_cmpuint (say (f, flags_of (f, id, 1u << 16)).accepted, ==, 1);
  g_assert_cmpuint (count_active (f, "vehicle-brake"), ==, 0);
  g_assert_cmpuint (count_active (f, "vehicle-hv-interlock"), ==, 1);
  fixture_reopen (f);
  fixture_pass (f, 30);
  g_assert_cmpuint (say (f, flags_of (f, id, 0)).accepted, ==, 1);
  g_assert_cmpuint (count_active (f, "vehicle-hv-interlock"), ==, 0);
  fixture_pass (f, 30);
  say (f, flags_of (f, id, 1u << 13)); /* again */
  g_assert_cmpuint (count_active (f, "vehicle-brake"), ==, 1);
}

/* Two that nobody knows are two alarms, each with its own words, and end apart. */
static void
test_unknown (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  const guint32 two[] = { 0x11, 0x22 };
  SmForeignReport report;
  g_autoptr (GPtrArray) alarms = NULL;
  const SmRow *alarm;

  fixture_report (f, id, 50, 30);
  report = flags_of (f, id, 0);
  report.lists[0] = two;
  report.n_lists[0] = 2;
  report.text = "raw <b>text</b>";
  say (f, report);
  g_assert_cmpuint (count_active (f, "unknown-vehicle:"), ==, 2);
  alarms = fixture_alarms (f);
  alarm = alarms->pdata[0];
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, 3);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_SENDER_CODE), ==,
                   "GB/T 32960 battery 0x00000011");
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_SENDER_TEXT), ==, "raw <b>text</b>");
  fixture_pass (f, 30);
  report.at_us = sm_clock_now (f->network);
  report.lists[0] = two + 1;
  report.n_lists[0] = 1;
  say (f, report);
  g_assert_cmpuint (count_active (f, "unknown-vehicle:"), ==, 1);
}

/* What says of itself that it ends, ends alone. */
static void
test_events (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  SmForeignReport report;

  fixture_add_station (f, "S1", NULL, NULL);
  sm_foreign_report_init (&report);
  report.scheme = SM_FOREIGN_OCPP201;
  report.noun = SM_NOUN_CONNECTOR;
  report.id = 1;
  report.at_us = sm_clock_now (f->network);
  report.code = "PowerContactor";
  say (f, report);
  report.code = "RCD";
  say (f, report);
  g_assert_cmpuint (count_active (f, "pile-"), ==, 2);
  fixture_pass (f, 5);
  report.at_us = sm_clock_now (f->network);
  report.is_over = TRUE;
  say (f, report);
  g_assert_cmpuint (count_active (f, "pile-contactor-stuck"), ==, 1);
  g_assert_cmpuint (count_active (f, "pile-leakage"), ==, 0);

  /* And a code of ours, or none of anybody's. */
  sm_foreign_report_init (&report);
  report.noun = SM_NOUN_PILE;
  report.id = 1;
  report.at_us = sm_clock_now (f->network);
  report.code = "pile-fault";
  say (f, report);
  report.code = "pile-silent"; /* is not a device's to say */
  say (f, report);
  g_assert_cmpuint (count_active (f, "pile-fault"), ==, 1);
  g_assert_cmpuint (count_active (f, "unknown-pile:pile-silent"), ==, 1);
}

/* Damage, lateness and repetition change nothing; who is not there is told so. */
static void
test_changes_nothing (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  SmForeignReport first, late;
  g_auto (SmIngestResult) damaged = { 0 };
  g_auto (SmIngestResult) nobody = { 0 };

  fixture_report (f, id, 50, 30);
  late = flags_of (f, id, 0);
  fixture_pass (f, 30);
  first = flags_of (f, id, 1u << 13);
  g_assert_cmpuint (say (f, first).accepted, ==, 1);
  g_assert_cmpuint (say (f, first).repeated, ==, 1);
  g_assert_cmpuint (say (f, late).late, ==, 1);
  damaged = say (f, flags_of (f, id, 0xFFFFFFFF));
  g_assert_cmpstr (g_array_index (damaged.rejected, SmReportRejection, 0).slug, ==, "unreadable");
  g_assert_cmpuint (count_active (f, "vehicle-brake"), ==, 1);
  nobody = say (f, flags_of (f, 999, 0));
  g_assert_cmpstr (g_array_index (nobody.rejected, SmReportRejection, 0).slug, ==,
                   "unknown-object");
}

/* Who may not report, may not; and nothing is known of it then. */
static void
test_may_not (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) olga = fixture_make_person (9, "operator", SM_SCOPE_ALL, 0);
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  Saying saying = { olga, flags_of (f, id, 1u << 13), { 0 }, TRUE };

  fixture_write (f, do_say, &saying);
  g_assert_false (saying.is_good);
  g_assert_cmpuint (count_active (f, "vehicle-brake"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/foreign/snapshot", test_snapshot);
  g_test_add_func ("/rules/foreign/unknown", test_unknown);
  g_test_add_func ("/rules/foreign/events", test_events);
  g_test_add_func ("/rules/foreign/changes-nothing", test_changes_nothing);
  g_test_add_func ("/rules/foreign/may-not", test_may_not);
  return g_test_run ();
}
