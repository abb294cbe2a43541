/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <math.h>

static guint8
get_connection (Fixture *f)
{
  g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (f->rules, f->system, 0);

  g_assert_cmpuint (batch->columns.n, ==, 1);
  return batch->columns.connection[0];
}

static void
test_same_report_again (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  SmVehicleReport report = fixture_make_report (f, id);
  g_auto (SmIngestResult) first = fixture_ingest (f, f->system, &report, 1);
  g_auto (SmIngestResult) second = { 0 };
  gint64 tick;

  fixture_pass (f, 1);
  tick = sm_rules_get_tick (f->rules);
  report.soc = 10;
  second = fixture_ingest (f, f->system, &report, 1);
  fixture_pass (f, 1);
  g_assert_cmpuint (first.accepted, ==, 1);
  g_assert_cmpuint (second.accepted, ==, 0);
  g_assert_cmpuint (second.repeated, ==, 1);
  {
    g_autoptr (SmVehicleBatch) news = sm_feed_read_live_vehicles (f->rules, f->system, tick);

    g_assert_cmpuint (news->columns.n, ==, 0);
    g_assert_cmpint (news->tick, ==, tick);
  }
}

static void
test_late_changes_nothing (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  SmVehicleReport reports[2] = { fixture_make_report (f, id), fixture_make_report (f, id) };
  g_auto (SmIngestResult) result = { 0 };

  reports[1].at_us -= SM_MINUTE;
  reports[1].soc = 5;
  result = fixture_ingest (f, f->system, reports, 2);
  g_assert_cmpuint (result.accepted, ==, 1);
  g_assert_cmpuint (result.late, ==, 1);
  fixture_pass (f, 1);
  {
    g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (f->rules, f->system, 0);

    g_assert_cmpfloat (batch->columns.soc[0], ==, 50);
  }
}

static void
test_ahead_takes_our_time (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  SmVehicleReport report = fixture_make_report (f, id);
  g_auto (SmIngestResult) result = { 0 };
  g_auto (SmIngestResult) again = { 0 };
  g_auto (SmIngestResult) right = { 0 };

  report.at_us += SM_DAY;
  result = fixture_ingest (f, f->system, &report, 1);
  again = fixture_ingest (f, f->system, &report, 1);
  g_assert_cmpuint (result.ahead, ==, 1);
  g_assert_cmpuint (again.repeated, ==, 1);
  fixture_pass (f, 1);
  {
    g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (f->rules, f->system, 0);

    g_assert_cmpint (batch->columns.reported_at[0], ==, FIXTURE_START);
  }
  /* A clock that was put right is not late for a day. */
  report = fixture_make_report (f, id);
  right = fixture_ingest (f, f->system, &report, 1);
  g_assert_cmpuint (right.accepted, ==, 1);
}

static void
test_unknown_is_rejected (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  SmVehicleReport reports[3] = { fixture_make_report (f, 999), fixture_make_report (f, id),
                                 fixture_make_report (f, 0) };
  g_auto (SmIngestResult) result = { 0 };

  reports[2].vin = "A1";
  reports[2].at_us += SM_SECOND;
  result = fixture_ingest (f, f->system, reports, 3);
  g_assert_cmpuint (result.accepted, ==, 2);
  g_assert_cmpuint (result.rejected->len, ==, 1);
  g_assert_cmpuint (g_array_index (result.rejected, SmReportRejection, 0).index, ==, 0);
  g_assert_cmpstr (g_array_index (result.rejected, SmReportRejection, 0).slug, ==,
                   "unknown-vehicle");
}

static void
test_gateway_reports_its_own (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 own = fixture_add_vehicle (f, "A1", 7), foreign = fixture_add_vehicle (f, "A2", 8);
  gint64 fleet = 7;
  g_autoptr (SmActor) gateway = sm_actor_new (SM_ACTOR_DEVICE, 1, "gw", "gw", "gateway",
                                              sm_scope_new (SM_SCOPE_FLEETS, &fleet, 1), 0);
  SmVehicleReport reports[2] = { fixture_make_report (f, own), fixture_make_report (f, foreign) };
  g_auto (SmIngestResult) result = fixture_ingest (f, gateway, reports, 2);

  g_assert_cmpuint (result.accepted, ==, 1);
  g_assert_cmpuint (result.rejected->len, ==, 1);
}

static void
test_impossible_is_unknown (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  SmVehicleReport report = fixture_make_report (f, id);
  g_auto (SmIngestResult) result = { 0 };

  report.soc = 254;
  report.latitude = 95;
  result = fixture_ingest (f, f->system, &report, 1);
  g_assert_cmpuint (result.accepted, ==, 1);
  fixture_pass (f, 1);
  {
    g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (f->rules, f->system, 0);

    g_assert_true (isnan (batch->columns.soc[0]));
    g_assert_cmpuint (batch->columns.at[0].x, ==, 0);
    g_assert_cmpuint (batch->columns.at[0].y, ==, 0);
    g_assert_cmpfloat (batch->columns.speed_kmh[0], ==, 60);
  }
}

static void
test_silence (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  fixture_pass (f, 1);
  g_assert_cmpuint (get_connection (f), ==, SM_CONNECTION_UNREGISTERED);
  fixture_report (f, id, 50, 30);
  fixture_pass (f, 12);
  g_assert_cmpuint (get_connection (f), ==, SM_CONNECTION_ONLINE);
  fixture_pass (f, 4);
  fixture_pass (f, 1);
  g_assert_cmpuint (get_connection (f), ==, SM_CONNECTION_LATE);
  fixture_pass (f, 15);
  fixture_pass (f, 1);
  g_assert_cmpuint (get_connection (f), ==, SM_CONNECTION_SILENT);
  fixture_report (f, id, 50, 30);
  fixture_pass (f, 1);
  g_assert_cmpuint (get_connection (f), ==, SM_CONNECTION_ONLINE);
}

/* A network at 60 times the speed reports every 10 s of ours, too. */
static void
test_silence_at_another_rate (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  sm_clock_set (f->network, FIXTURE_START, 60);
  fixture_report (f, id, 50, 30);
  fixture_pass (f, 600);
  fixture_pass (f, 1);
  g_assert_cmpuint (get_connection (f), ==, SM_CONNECTION_ONLINE);
  fixture_pass (f, 400);
  fixture_pass (f, 1);
  g_assert_cmpuint (get_connection (f), ==, SM_CONNECTION_LATE);
}

/* Silence counts from the start of the service, whenever the report was. */
static void
test_restart (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  gint64 tick;

  fixture_report (f, id, 42, 30);
  fixture_pass (f, 5);
  tick = sm_rules_get_tick (f->rules);
  sm_clock_advance (f->network, SM_HOUR);
  sm_clock_advance (f->machine, SM_HOUR);
  fixture_reopen (f);
  fixture_pass (f, 5);
  g_assert_cmpint (sm_rules_get_tick (f->rules), >, tick);
  g_assert_cmpuint (get_connection (f), ==, SM_CONNECTION_ONLINE);
  {
    g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (f->rules, f->system, 0);

    g_assert_cmpfloat (batch->columns.soc[0], ==, 42);
    g_assert_cmpint (batch->columns.reported_at[0], ==, FIXTURE_START);
  }
  fixture_pass (f, 35);
  fixture_pass (f, 1);
  g_assert_cmpuint (get_connection (f), ==, SM_CONNECTION_SILENT);
}

static void
test_lost_live_file (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *live = g_strconcat (f->path, "-live", NULL);
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  fixture_report (f, id, 42, 30);
  g_clear_pointer (&f->rules, sm_rules_close);
  g_assert_true (g_file_set_contents (live, "this is no database, far from it", -1, NULL));
  fixture_open (f, TRUE);
  fixture_pass (f, 1);
  g_assert_cmpuint (get_connection (f), ==, SM_CONNECTION_UNREGISTERED);
}

/* What is written in a second is read when it is over, once and by everybody. */
static void
test_ticks (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 a = fixture_add_vehicle (f, "A1", SM_UNKNOWN), b = fixture_add_vehicle (f, "A2", SM_UNKNOWN);
  gint64 tick;

  fixture_pass (f, 1);
  tick = sm_rules_get_tick (f->rules);
  fixture_report (f, a, 50, 30);
  {
    g_autoptr (SmVehicleBatch) open = sm_feed_read_live_vehicles (f->rules, f->system, tick);

    g_assert_cmpuint (open->columns.n, ==, 0);
  }
  fixture_report (f, b, 50, 30);
  fixture_pass (f, 1);
  {
    g_autoptr (SmVehicleBatch) closed = sm_feed_read_live_vehicles (f->rules, f->system, tick);
    g_autoptr (SmVehicleBatch) after = sm_feed_read_live_vehicles (f->rules, f->system, closed->tick);
    g_autoptr (SmVehicleBatch) future = sm_feed_read_live_vehicles (f->rules, f->system,
                                                                    closed->tick + 1000);

    g_assert_cmpuint (closed->columns.n, ==, 2);
    g_assert_cmpuint (after->columns.n, ==, 0);
    g_assert_cmpuint (future->columns.n, ==, 2);
  }
  /* The machine's clock is put back: ticks are not. */
  tick = sm_rules_get_tick (f->rules);
  sm_clock_set (f->machine, FIXTURE_START - SM_DAY, 1);
  fixture_pass (f, 1);
  g_assert_cmpint (sm_rules_get_tick (f->rules), ==, tick + 1);
}

static gpointer
do_ingest_live (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  SmIngestResult *result = g_new0 (SmIngestResult, 1);
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");

  sm_ingest_live (rules, actor, data, result, error);
  return result;
}

static void
test_connectors (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) news = NULL;
  SmIngestResult *result;
  gint64 tick;

  fixture_add_station (f, "S1", NULL, NULL);
  for (guint i = 0; i < 3; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));

      sm_row_set_int (row, SM_ROW_ID, i + 1);
      sm_row_set_text (row, SM_CONNECTOR_STATUS, "charging");
      g_ptr_array_add (rows, row);
    }
  result = fixture_write (f, do_ingest_live, rows);
  g_assert_cmpuint (result->accepted, ==, 2);
  g_assert_cmpuint (result->rejected->len, ==, 1);
  sm_ingest_result_clear (result);
  g_free (result);
  fixture_pass (f, 1);
  news = sm_feed_read_live_rows (f->rules, f->system, sm_noun_get (SM_NOUN_CONNECTOR), 0, &tick);
  g_assert_cmpuint (news->len, ==, 2);
  fixture_reopen (f);
  fixture_pass (f, 1);
  g_ptr_array_unref (news);
  news = sm_feed_read_live_rows (f->rules, f->system, sm_noun_get (SM_NOUN_CONNECTOR), 0, &tick);
  g_assert_cmpuint (news->len, ==, 2);
  g_assert_cmpstr (sm_row_get_text (news->pdata[0], SM_CONNECTOR_STATUS), ==, "charging");
}

/* Says at @at that connector 1 has @voltage. */
static SmIngestResult
say_voltage (Fixture *f,
             gint64   at,
             double   voltage)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autofree SmIngestResult *result = NULL;
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));

  sm_row_set_int (row, SM_ROW_ID, 1);
  sm_row_set_real (row, SM_CONNECTOR_VOLTAGE_V, voltage);
  sm_row_set_int (row, SM_CONNECTOR_REPORTED_AT, at);
  g_ptr_array_add (rows, row);
  result = fixture_write (f, do_ingest_live, rows);
  return *result;
}

/* A station whose clock is a day ahead is heard, and heard again when it is right. */
static void
test_rows_out_of_time (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) rows = NULL;
  gint64 tick, now;

  fixture_add_station (f, "S1", NULL, NULL);
  now = sm_clock_now (f->network);
  g_assert_cmpuint (say_voltage (f, now + SM_DAY, 300).ahead, ==, 1);
  fixture_pass (f, 10);
  g_assert_cmpuint (say_voltage (f, now + SM_DAY, 350).repeated, ==, 1);
  g_assert_cmpuint (say_voltage (f, now - SM_MINUTE, 360).late, ==, 1);
  g_assert_cmpuint (say_voltage (f, now + 10 * SM_SECOND, 400).accepted, ==, 1);
  g_assert_cmpuint (say_voltage (f, now + 10 * SM_SECOND, 410).repeated, ==, 1);
  fixture_pass (f, 1);
  rows = sm_feed_read_live_rows (f->rules, f->system, sm_noun_get (SM_NOUN_CONNECTOR), 0, &tick);
  g_assert_cmpfloat (sm_row_get_real (rows->pdata[0], SM_CONNECTOR_VOLTAGE_V), ==, 400);
  g_assert_cmpint (sm_row_get_int (rows->pdata[0], SM_CONNECTOR_REPORTED_AT), ==,
                   now + 10 * SM_SECOND);
}

static void
test_forty_thousand (void)
{
  const guint n = 40000;
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree SmVehicleReport *reports = g_new (SmVehicleReport, n);
  g_auto (SmIngestResult) result = { 0 };

  fixture_add_vehicles (f, n);
  for (guint i = 0; i < n; i++)
    {
      reports[i] = fixture_make_report (f, i + 1);
      reports[i].latitude += i * 1e-4;
    }
  result = fixture_ingest (f, f->system, reports, n);
  g_assert_cmpuint (result.accepted, ==, n);
  fixture_pass (f, 11);
  {
    g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (f->rules, f->system, 0);

    g_assert_cmpuint (batch->columns.n, ==, n);
  }
  fixture_reopen (f);
  fixture_pass (f, 1);
  {
    g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (f->rules, f->system, 0);

    g_assert_cmpuint (batch->columns.n, ==, n);
    g_assert_cmpfloat (batch->columns.soc[n - 1], ==, 50);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/ingest/same-report-again", test_same_report_again);
  g_test_add_func ("/rules/ingest/late-changes-nothing", test_late_changes_nothing);
  g_test_add_func ("/rules/ingest/ahead-takes-our-time", test_ahead_takes_our_time);
  g_test_add_func ("/rules/ingest/unknown-is-rejected", test_unknown_is_rejected);
  g_test_add_func ("/rules/ingest/gateway-reports-its-own", test_gateway_reports_its_own);
  g_test_add_func ("/rules/ingest/impossible-is-unknown", test_impossible_is_unknown);
  g_test_add_func ("/rules/ingest/connectors", test_connectors);
  g_test_add_func ("/rules/ingest/rows-out-of-time", test_rows_out_of_time);
  g_test_add_func ("/rules/ingest/forty-thousand", test_forty_thousand);
  g_test_add_func ("/rules/silence/late-then-silent", test_silence);
  g_test_add_func ("/rules/silence/at-another-rate", test_silence_at_another_rate);
  g_test_add_func ("/rules/live/restart", test_restart);
  g_test_add_func ("/rules/live/lost-file", test_lost_live_file);
  g_test_add_func ("/rules/live/ticks", test_ticks);
  return g_test_run ();
}
