/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "fixture.h"

/* A pack in a truck, as it says more than its limits look at. */
typedef struct
{
  Fixture *f;
  gint64 truck, pack;
  double amps;
} World;

static gint64
put_pack (Fixture *f)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY_MODEL));
  gint64 model;

  sm_row_set_text (row, SM_BATTERY_MODEL_CODE, "HD282");
  sm_row_set_text (row, SM_BATTERY_MODEL_NAME, "{\"en\":\"HD\"}");
  sm_row_set_int (row, SM_BATTERY_MODEL_NOMINAL_WH, 282000);
  sm_row_set_real (row, SM_BATTERY_MODEL_READY_SOC, 90);
  model = fixture_fill (f, row);
  row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));
  sm_row_set_text (row, SM_BATTERY_SN, "P0");
  sm_row_set_int (row, SM_BATTERY_BATTERY_MODEL_ID, model);
  sm_row_set_text (row, SM_BATTERY_FITNESS, "serviceable");
  return fixture_fill (f, row);
}

static World
world_new (Fixture *f)
{
  World w = { .f = f, .amps = -140 };

  w.truck = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  w.pack = put_pack (f);
  fixture_reopen (f); /* so that the pack is known with its model */
  return w;
}

static void
say (World  *w,
     double  max_c,
     double  min_c)
{
  SmVehicleReport report = fixture_make_report (w->f, w->truck);
  g_auto (SmIngestResult) result = { 0 };

  report.battery_id = w->pack;
  report.pack_temperature_c = report.pack.temperature_max_c = max_c;
  report.pack.temperature_min_c = min_c;
  report.pack.voltage_v = 618;
  report.pack.current_a = w->amps;
  report.pack.soh = 95;
  report.pack.cell_max_mv = 3300;
  report.pack.cell_min_mv = 3280;
  report.pack.insulation_ohm_per_v = 3000;
  result = fixture_ingest (w->f, w->f->system, &report, 1);
  g_assert_cmpuint (result.accepted, ==, 1);
  fixture_pass (w->f, 60);
}

/* On a hot day, with load: warm, but as it can be. */
static void
test_explained (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  World w = world_new (f);
  g_autoptr (GPtrArray) alarms = NULL;
  double celsius = 26;

  for (guint i = 0; i < 240; i++)
    {
      say (&w, celsius, celsius - 2);
      celsius += (42 - celsius) / 45;
    }
  alarms = fixture_alarms (f);
  g_assert_cmpuint (alarms->len, ==, 0);
}

static guint
grow (World  *w,
      double *celsius,
      double  until_c,
      guint   most)
{
  for (guint i = 0; i < most; i++)
    {
      g_autoptr (GPtrArray) alarms = fixture_alarms (w->f);

      if (alarms->len > 0 || *celsius >= until_c)
        return i;
      say (w, *celsius, 34);
      *celsius += (*celsius - 32) / 30;
    }
  return most;
}

static void
test_growth (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  World w = world_new (f);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) kept = NULL;
  g_autoptr (SmRow) after = NULL;
  double celsius = 36;

  for (guint i = 0; i < 60; i++)
    say (&w, 36, 34);
  grow (&w, &celsius, 70, 300);
  g_assert_cmpfloat (celsius, <, 50); /* far below what the limits wait for */
  alarm = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "battery-thermal-growth");
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, 2);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN), ==, "battery");
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_BATTERY_ID), ==, w.pack);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_VEHICLE_ID), ==, w.truck);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_FIELD), ==, "temperature_max_c");
  g_assert_nonnull (strstr (sm_row_get_text (alarm, SM_ALARM_SENDER_TEXT), "probes-apart"));

  fixture_reopen (f); /* a restart does not end it, and what is seen anew is not trusted at once */
  say (&w, 40, 34);
  kept = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (kept, SM_ALARM_STATE), ==, "unacked");
  for (guint i = 0; i < 60; i++)
    say (&w, 36, 34);
  after = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (after, SM_ALARM_STATE), ==, "returned_unacked");
}

/* A loose plug is no fire. */
static void
test_jumps (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  World w = world_new (f);
  g_autoptr (GPtrArray) alarms = NULL;

  for (guint i = 0; i < 200; i++)
    say (&w, i % 20 == 7 ? 50 : 34, i % 30 == 11 ? -40 : 32);
  for (guint i = 0; i < 20; i++)
    say (&w, NAN, NAN);
  alarms = fixture_alarms (f);
  g_assert_cmpuint (alarms->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/pack-watch/explained-is-no-alarm", test_explained);
  g_test_add_func ("/rules/pack-watch/growth-is-one-before-the-limit", test_growth);
  g_test_add_func ("/rules/pack-watch/jumps-are-none", test_jumps);
  return g_test_run ();
}
