/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <math.h>

/* The fixture's vehicles report every 10 s by their record. */

static void
report (Fixture *f,
        gint64   id,
        guint8   motion,
        guint8   energy,
        gboolean logs_out)
{
  SmVehicleReport said = fixture_make_report (f, id);
  g_auto (SmIngestResult) result = { 0 };

  said.motion = motion;
  said.energy = energy;
  said.logs_out = logs_out;
  result = fixture_ingest (f, f->system, &said, 1);
  g_assert_cmpuint (result.accepted, ==, 1);
}

static guint8
connection_of (Fixture *f)
{
  g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (f->rules, f->system, 0);

  return batch->columns.connection[0];
}

static guint
count_alarms (Fixture *f)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (f);

  return alarms->len;
}

static void
pass_minutes (Fixture *f,
              guint    minutes)
{
  for (guint i = 0; i < minutes * 6; i++)
    fixture_pass (f, 10);
}

static void
test_asleep (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, TRUE);
  pass_minutes (f, 30);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_ASLEEP);
  report (f, id, SM_MOTION_PARKED, SM_ENERGY_IDLE, FALSE); /* it is night where they are */
  fixture_pass (f, 1);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_ONLINE);
  pass_minutes (f, 30);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_ASLEEP);
  g_assert_cmpuint (count_alarms (f), ==, 0);
}

static void
test_silent (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) over = NULL;

  report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
  pass_minutes (f, 5);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_SILENT);
  g_assert_cmpuint (count_alarms (f), ==, 0); /* a tunnel is not an alarm */
  pass_minutes (f, 10);
  alarm = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "vehicle-silent");
  fixture_reopen (f);
  report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
  over = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (over, SM_ALARM_STATE), ==, "returned_unacked");
}

static void
test_danger (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) later = NULL;

  report (f, id, SM_MOTION_PARKED, SM_ENERGY_CHARGING, FALSE);
  pass_minutes (f, 2);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_UNKNOWN_DANGER);
  alarm = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "vehicle-unknown-danger");
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, 2);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_SITUATION), ==, "charging");
  pass_minutes (f, 12);
  later = fixture_only_alarm (f);
  g_assert_cmpint (sm_row_get_int (later, SM_ALARM_LEVEL), ==, 1);
}

static gpointer
do_add_area (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_AREA));
  SmUpsertOutcome outcome;
  gint64 id;

  sm_row_set_text (row, SM_AREA_KIND, "country");
  sm_row_set_text (row, SM_AREA_CODE, "100000");
  sm_row_set_text (row, SM_AREA_NAME, "{\"en\":\"C\"}");
  sm_registry_upsert (rules, data, row, SM_AREA_CODE, &id, &outcome, error);
  return NULL;
}

static void
test_many_are_one_alarm (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmRow) alarm = NULL;

  fixture_write (f, do_add_area, f->system);
  fixture_add_vehicles (f, 40);
  for (gint64 id = 1; id <= 40; id++)
    report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
  for (guint i = 0; i < 90; i++)
    {
      fixture_pass (f, 10);
      for (gint64 id = 1; id <= 25; id++)
        report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
    }
  alarm = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "network-silent");
}

static gpointer
do_be_busy (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;

  /* The timer comes, and waits behind this. */
  sm_rules_tick_async (rules);
  sm_clock_advance (f->network, 30 * SM_MINUTE);
  sm_clock_advance (f->machine, 30 * SM_MINUTE);
  return NULL;
}

static gpointer
do_nothing (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

/* Who waits in the queue of a busy writer is not silent; who says nothing afterwards is. */
static void
test_busy_writer (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  report (f, id, SM_MOTION_DRIVING, SM_ENERGY_CHARGING, FALSE);
  fixture_pass (f, 1);
  fixture_write (f, do_be_busy, f);
  fixture_write (f, do_nothing, NULL);
  fixture_pass (f, 1);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_ONLINE);
  g_assert_cmpuint (count_alarms (f), ==, 0);
  pass_minutes (f, 2);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_UNKNOWN_DANGER);
  g_assert_cmpuint (count_alarms (f), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/silence/asleep", test_asleep);
  g_test_add_func ("/rules/silence/silent", test_silent);
  g_test_add_func ("/rules/silence/danger", test_danger);
  g_test_add_func ("/rules/silence/many-are-one-alarm", test_many_are_one_alarm);
  g_test_add_func ("/rules/silence/busy-writer", test_busy_writer);
  return g_test_run ();
}
