/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-rules-private.h"

#define LOOK 601.0 /* seconds: by then it was looked at again */

static gint64
add_pack (Fixture    *f,
          const char *sn,
          const char *fitness,
          double      days_left)
{
  SmRow *pack = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));

  sm_row_set_int (pack, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_text (pack, SM_BATTERY_SN, sn);
  sm_row_set_int (pack, SM_BATTERY_BATTERY_MODEL_ID, 1);
  sm_row_set_text (pack, SM_BATTERY_FITNESS, fitness);
  sm_row_set_int (pack, SM_BATTERY_SERVICE_LIFE_UNTIL,
                  sm_clock_now (f->network) + (gint64) (days_left * SM_DAY));
  return fixture_fill (f, pack);
}

static void
expect_alarm (Fixture    *f,
              const char *code,
              gint64      level,
              gint64      occurrence)
{
  g_autoptr (SmRow) alarm = fixture_only_alarm (f);

  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, code);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, level);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_OCCURRENCE), ==, occurrence);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_COUNT), ==, 1);
}

static gpointer
do_extend (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_true (sm_connection_exec (sm_rules_get_connection (rules),
                                     "UPDATE battery SET service_life_until = "
                                     "service_life_until + 400 * 86400 * 1000000", error));
  return NULL;
}

/* A notice a quarter ahead, worse once it is over, each said once, also after a restart;
 * over when it has another end. */
static void
test_pack (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (SmRow) back = NULL;

  add_pack (f, "OLD", "serviceable", 90.1);
  add_pack (f, "GONE", "retired", -5);
  fixture_pass (f, LOOK);
  none = fixture_alarms (f);
  g_assert_cmpuint (none->len, ==, 0);
  fixture_pass (f, 0.2 * 86400);
  expect_alarm (f, "battery-service-life", 4, 1);
  fixture_pass (f, LOOK);
  fixture_reopen (f);
  fixture_pass (f, LOOK);
  expect_alarm (f, "battery-service-life", 4, 1);
  fixture_pass (f, 90 * 86400.0);
  expect_alarm (f, "battery-service-life", 3, 2);
  fixture_reopen (f);
  fixture_pass (f, LOOK);
  expect_alarm (f, "battery-service-life", 3, 2);
  fixture_write (f, do_extend, NULL);
  fixture_pass (f, LOOK);
  back = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (back, SM_ALARM_STATE), ==, "returned_unacked");
}

/* Equipment and piles of a station that is operated; none where nobody said how long. */
static void
test_parts (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  SmRow *robot = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));
  SmRow *camera = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));
  gint64 station = fixture_add_station (f, "SW1", NULL, NULL);

  sm_row_set_int (robot, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_int (robot, SM_EQUIPMENT_STATION_ID, station);
  sm_row_set_text (robot, SM_EQUIPMENT_KIND, "swap_robot");
  sm_row_set_text (robot, SM_EQUIPMENT_SN, "R1");
  sm_row_set_text (robot, SM_EQUIPMENT_NAME, "{\"en\":\"Robot\"}");
  sm_row_set_int (robot, SM_EQUIPMENT_SERVICE_LIFE_UNTIL, sm_clock_now (f->network) - SM_DAY);
  sm_row_set_int (camera, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_int (camera, SM_EQUIPMENT_STATION_ID, station);
  sm_row_set_text (camera, SM_EQUIPMENT_KIND, "camera");
  sm_row_set_text (camera, SM_EQUIPMENT_SN, "C1");
  sm_row_set_text (camera, SM_EQUIPMENT_NAME, "{\"en\":\"Camera\"}");
  fixture_fill (f, robot);
  fixture_fill (f, camera);
  fixture_pass (f, LOOK);
  expect_alarm (f, "equipment-service-life", 3, 1);
}

/* A register that was made on one day is said a part at a time, and each once. */
static void
test_many (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (GPtrArray) all = NULL;

  for (guint i = 0; i < 230; i++)
    {
      g_autofree char *sn = g_strdup_printf ("P%u", i);

      add_pack (f, sn, "serviceable", 10);
    }
  fixture_pass (f, LOOK);
  some = fixture_alarms (f);
  g_assert_cmpuint (some->len, ==, 200);
  fixture_pass (f, 1);
  fixture_pass (f, 1);
  fixture_pass (f, LOOK);
  all = fixture_alarms (f);
  g_assert_cmpuint (all->len, ==, 230);
}

/* As its battery management says it. */
static void
say_cycles (Fixture *f,
            gint64   id,
            double   cycles)
{
  g_autoptr (SmRow) live = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));

  sm_row_set_int (live, SM_ROW_ID, id);
  sm_row_set_real (live, SM_BATTERY_CYCLE_COUNT, cycles);
  fixture_say (f, live);
  fixture_pass (f, LOOK);
}

static gpointer
do_raise_limit (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_true (sm_connection_exec (sm_rules_get_connection (rules),
                                     "UPDATE battery_model SET cycle_limit = 4000", error));
  return NULL;
}

/* A notice at nine tenths of the cycles that its model is made for, worse beyond, once each and
 * over a restart; over when they are more. */
static void
test_worn_pack (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  SmRow *model = sm_row_new (sm_noun_get (SM_NOUN_BATTERY_MODEL));
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (SmRow) back = NULL;
  gint64 id;

  sm_row_set_text (model, SM_BATTERY_MODEL_CODE, "M1");
  sm_row_set_text (model, SM_BATTERY_MODEL_NAME, "{\"en\":\"M\"}");
  sm_row_set_int (model, SM_BATTERY_MODEL_NOMINAL_WH, 282000);
  sm_row_set_real (model, SM_BATTERY_MODEL_READY_SOC, 90);
  sm_row_set_int (model, SM_BATTERY_MODEL_CYCLE_LIMIT, 2000);
  g_assert_cmpint (fixture_fill (f, model), ==, 1);
  id = add_pack (f, "P1", "serviceable", 3650);
  fixture_reopen (f);
  say_cycles (f, id, 1799);
  none = fixture_alarms (f);
  g_assert_cmpuint (none->len, ==, 0);
  say_cycles (f, id, 1801);
  expect_alarm (f, "pack-worn", 4, 1);
  fixture_reopen (f);
  fixture_pass (f, LOOK);
  expect_alarm (f, "pack-worn", 4, 1);
  say_cycles (f, id, 2001);
  expect_alarm (f, "pack-worn", 3, 2);
  fixture_write (f, do_raise_limit, NULL);
  fixture_pass (f, LOOK);
  back = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (back, SM_ALARM_STATE), ==, "returned_unacked");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/service-life/pack", test_pack);
  g_test_add_func ("/rules/service-life/parts", test_parts);
  g_test_add_func ("/rules/service-life/many", test_many);
  g_test_add_func ("/rules/service-life/worn-pack", test_worn_pack);
  return g_test_run ();
}
