/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <math.h>

#define CODE "pack-over-temperature"

static void
assert_alarm (Fixture    *f,
              const char *state,
              gint64      level,
              gint64      count)
{
  g_autoptr (SmRow) alarm = fixture_only_alarm (f);

  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, CODE);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_STATE), ==, state);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, level);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_COUNT), ==, count);
}

static guint
count_alarms (Fixture *f)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (f);

  return alarms->len;
}

static void
heat (Fixture *f,
      gint64   id,
      double   temperature,
      double   seconds)
{
  fixture_report (f, id, 50, temperature);
  fixture_pass (f, seconds);
}

static char *
make_key (void)
{
  return sm_uuid_new_v7 (g_get_real_time ());
}

static void
test_delay_and_hysteresis (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  heat (f, id, 61, 5);
  heat (f, id, 59, 5); /* a break: the delay begins anew */
  heat (f, id, 61, 9);
  g_assert_cmpuint (count_alarms (f), ==, 0);
  fixture_pass (f, 1); /* over without another report */
  assert_alarm (f, "unacked", 2, 1);
  heat (f, id, 57, 5); /* below raise_at is not past clear_at */
  assert_alarm (f, "unacked", 2, 1);
  heat (f, id, 54, 5);
  assert_alarm (f, "returned_unacked", 2, 1);
  {
    g_autoptr (SmRow) alarm = fixture_only_alarm (f);

    g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_SOURCE_LABEL), ==, "A1");
    g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_FIELD), ==, "pack_temperature_c");
    g_assert_cmpfloat (sm_row_get_real (alarm, SM_ALARM_VALUE), ==, 61);
    g_assert_cmpfloat (sm_row_get_real (alarm, SM_ALARM_LIMIT_VALUE), ==, 60);
    g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_RAISED_AT), ==, FIXTURE_START + 20 * SM_SECOND);
    g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_RETURNED_AT), ==,
                     FIXTURE_START + 25 * SM_SECOND);
  }
}

static void
test_unknown_value (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  heat (f, id, 61, 9);
  heat (f, id, NAN, 5); /* breaks the delay */
  g_assert_cmpuint (count_alarms (f), ==, 0);
  heat (f, id, 61, 10);
  assert_alarm (f, "unacked", 2, 1);
  heat (f, id, NAN, 5); /* but is no return */
  assert_alarm (f, "unacked", 2, 1);
}

static void
test_below (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  fixture_report (f, id, 9, 30);
  fixture_pass (f, 30);
  {
    g_autoptr (SmRow) alarm = fixture_only_alarm (f);

    g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "soc-low");
    g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, 3);
  }
  fixture_report (f, id, 16, 30);
  fixture_pass (f, 1);
  {
    g_autoptr (SmRow) alarm = fixture_only_alarm (f);

    g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_STATE), ==, "returned_unacked");
  }
}

static void
test_fold (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  for (gint64 i = 1; i <= 3; i++)
    {
      heat (f, id, 61, 10);
      assert_alarm (f, "unacked", 2, i);
      heat (f, id, 50, 10);
      assert_alarm (f, "returned_unacked", 2, i);
    }
}

/* Once it is over and acknowledged, the next one is another alarm. */
static void
test_next_one (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) person = fixture_make_person (5, "operator", SM_SCOPE_ALL, 0);
  g_autofree char *key = make_key ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  heat (f, id, 61, 10);
  heat (f, id, 50, 10);
  sm_row_unref (fixture_acknowledge (f, person, key, 1, 2, 1, NULL, NULL, NULL));
  assert_alarm (f, "normal", 2, 1);
  heat (f, id, 61, 10);
  g_assert_cmpuint (count_alarms (f), ==, 2);
}

static void
test_acknowledge_once (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) person = fixture_make_person (5, "operator", SM_SCOPE_ALL, 0);
  g_autofree char *key = make_key ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) first = NULL;
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN), seq;

  heat (f, id, 61, 10);
  first = fixture_acknowledge (f, person, key, 1, 2, 1, "on its way", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sm_row_get_text (first, SM_ALARM_STATE), ==, "acked");
  g_assert_cmpstr (sm_row_get_text (first, SM_ALARM_ACKED_BY), ==, "person-5");
  g_assert_cmpstr (sm_row_get_text (first, SM_ALARM_NOTE), ==, "on its way");
  seq = sm_rules_get_seq (f->rules);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SmRow) again = NULL;

      if (i == 1)
        heat (f, id, 50, 10); /* it is over by now: still the first answer */
      if (i == 2)
        fixture_reopen (f);
      again = fixture_acknowledge (f, person, key, 1, 2, 1, "on its way", NULL, &error);
      g_assert_no_error (error);
      g_assert_true (sm_row_equal (first, again));
    }
  g_assert_cmpint (sm_rules_get_seq (f->rules), ==, seq + 1); /* of the return */
  g_assert_cmpuint (fixture_audit (f, "alarm/1", "done"), ==, 1);
  assert_alarm (f, "normal", 2, 1);
}

static void
test_key_with_another_body (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) person = fixture_make_person (5, "operator", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) other = fixture_make_person (6, "operator", SM_SCOPE_ALL, 0);
  g_autofree char *key = make_key ();
  g_autoptr (GError) error = NULL;

  heat (f, fixture_add_vehicle (f, "A1", SM_UNKNOWN), 61, 10);
  g_assert_null (fixture_acknowledge (f, person, "7", 1, 2, 1, NULL, NULL, &error));
  fixture_assert_error (error, SM_ERROR_MALFORMED, "idempotency-key-missing");
  g_clear_error (&error);
  sm_row_unref (fixture_acknowledge (f, person, key, 1, 2, 1, "one", NULL, NULL));
  g_assert_null (fixture_acknowledge (f, person, key, 1, 2, 1, "two", NULL, &error));
  fixture_assert_error (error, SM_ERROR_CONFLICT, "idempotency-key-reused");
  g_clear_error (&error);
  /* Another person's key is another key; the second to acknowledge changes nothing. */
  {
    g_autoptr (SmRow) second = fixture_acknowledge (f, other, key, 1, 2, 1, "two", NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (sm_row_get_text (second, SM_ALARM_ACKED_BY), ==, "person-5");
    g_assert_cmpuint (fixture_audit (f, "alarm/1", "done"), ==, 1);
    g_assert_cmpuint (fixture_audit (f, "alarm/1", "unchanged"), ==, 1);
  }
}

static void
test_level_rise (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) person = fixture_make_person (5, "operator", SM_SCOPE_ALL, 0);
  g_autofree char *key = make_key ();
  g_autofree char *key2 = make_key ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) current = NULL;
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  heat (f, id, 61, 10);
  sm_row_unref (fixture_acknowledge (f, person, key, 1, 2, 1, NULL, NULL, NULL));
  assert_alarm (f, "acked", 2, 1);
  heat (f, id, 71, 10);
  assert_alarm (f, "unacked", 1, 1); /* it re-alarms */
  g_assert_null (fixture_acknowledge (f, person, key2, 1, 2, 1, NULL, &current, &error));
  fixture_assert_error (error, SM_ERROR_CONFLICT, "alarm-changed");
  g_assert_cmpstr (sm_error_get_param (error, "level"), ==, "1");
  g_assert_cmpint (sm_row_get_int (current, SM_ALARM_LEVEL), ==, 1);
  g_assert_cmpuint (fixture_audit (f, "alarm/1", "refused"), ==, 1);
  /* Below the worse limit only: it is not over. */
  heat (f, id, 62, 10);
  assert_alarm (f, "unacked", 1, 1);
  heat (f, id, 50, 10);
  assert_alarm (f, "returned_unacked", 1, 1);
}

static void
test_count_rise (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) person = fixture_make_person (5, "operator", SM_SCOPE_ALL, 0);
  g_autofree char *key = make_key ();
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  heat (f, id, 61, 10);
  heat (f, id, 50, 10);
  heat (f, id, 61, 10);
  g_assert_null (fixture_acknowledge (f, person, key, 1, 2, 1, NULL, NULL, &error));
  fixture_assert_error (error, SM_ERROR_CONFLICT, "alarm-changed");
  g_assert_cmpstr (sm_error_get_param (error, "count"), ==, "2");
  g_clear_error (&error);
  /* What was refused has used up no key. */
  sm_row_unref (fixture_acknowledge (f, person, key, 1, 2, 2, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
test_rights (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) guest = fixture_make_person (5, "wall", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) elsewhere = fixture_make_person (6, "operator", SM_SCOPE_FLEETS, 8);
  g_autoptr (SmActor) here = fixture_make_person (7, "operator", SM_SCOPE_FLEETS, 7);
  g_autofree char *key = make_key ();
  g_autoptr (GError) error = NULL;

  heat (f, fixture_add_vehicle (f, "A1", 7), 61, 10);
  g_assert_null (fixture_acknowledge (f, guest, key, 1, 2, 1, NULL, NULL, &error));
  fixture_assert_error (error, SM_ERROR_DENIED, "permission-missing");
  g_assert_cmpstr (sm_error_get_param (error, "permission"), ==, "alarm.acknowledge");
  g_clear_error (&error);
  g_assert_null (fixture_acknowledge (f, elsewhere, key, 1, 2, 1, NULL, NULL, &error));
  fixture_assert_error (error, SM_ERROR_NOT_FOUND, "not-found");
  g_clear_error (&error);
  g_assert_cmpuint (fixture_audit (f, "alarm/1", "refused"), ==, 2);
  assert_alarm (f, "unacked", 2, 1);
  sm_row_unref (fixture_acknowledge (f, here, key, 1, 2, 1, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
test_restart (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN), seq;

  heat (f, id, 61, 10);
  seq = sm_rules_get_seq (f->rules);
  fixture_reopen (f);
  heat (f, id, 62, 20); /* still beyond: not a second time */
  g_assert_cmpint (sm_rules_get_seq (f->rules), ==, seq);
  assert_alarm (f, "unacked", 2, 1);
  fixture_reopen (f);
  heat (f, id, 50, 1);
  assert_alarm (f, "returned_unacked", 2, 1);
}

typedef struct
{
  SmRow *changes;
  SmActor *actor;
  const char *key;
} Changing;

static gpointer
do_change_limit (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Changing *c = data;

  return sm_limits_change (rules, c->actor, c->key, 1, SM_UNKNOWN, c->changes, NULL, NULL, error);
}

static void
test_limit_changes (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) manager = fixture_make_person (5, "manager", SM_SCOPE_ALL, 0);
  g_autoptr (SmRow) changes = sm_row_new (sm_noun_get (SM_NOUN_LIMIT));
  g_autofree char *key = sm_uuid_new_v7 (FIXTURE_START);
  Changing changing = { changes, manager, key };
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  sm_row_set_real (changes, SM_LIMIT_RAISE_AT, 65);
  sm_row_unref (fixture_write (f, do_change_limit, &changing));
  heat (f, id, 64, 20);
  g_assert_cmpuint (count_alarms (f), ==, 0);
  heat (f, id, 66, 20);
  assert_alarm (f, "unacked", 2, 1);
  /* The same again is no second change; another under the same key is refused. */
  sm_row_unref (fixture_write (f, do_change_limit, &changing));
  g_assert_cmpuint (fixture_audit (f, "limit/1", "done"), ==, 1);
  sm_row_set_real (changes, SM_LIMIT_RAISE_AT, 75);
  g_assert_null (sm_rules_run_sync (f->rules, do_change_limit, &changing, &error));
  fixture_assert_error (error, SM_ERROR_CONFLICT, "idempotency-key-reused");
}

/* 5,000 at once are 5,000 alarms, each with a number of its own. */
static void
test_storm (void)
{
  const guint n = 5000;
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree SmVehicleReport *reports = g_new (SmVehicleReport, n);
  g_auto (SmIngestResult) result = { 0 };
  gint64 seq;

  fixture_add_vehicles (f, n);
  seq = sm_rules_get_seq (f->rules);
  for (guint i = 0; i < n; i++)
    {
      reports[i] = fixture_make_report (f, i + 1);
      reports[i].pack_temperature_c = 65;
    }
  result = fixture_ingest (f, f->system, reports, n);
  fixture_pass (f, 10);
  g_assert_cmpuint (count_alarms (f), ==, n);
  g_assert_cmpint (sm_rules_get_seq (f->rules), ==, seq + n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/alarms/delay-and-hysteresis", test_delay_and_hysteresis);
  g_test_add_func ("/rules/alarms/unknown-value", test_unknown_value);
  g_test_add_func ("/rules/alarms/below", test_below);
  g_test_add_func ("/rules/alarms/fold", test_fold);
  g_test_add_func ("/rules/alarms/next-one", test_next_one);
  g_test_add_func ("/rules/alarms/restart", test_restart);
  g_test_add_func ("/rules/alarms/limit-changes", test_limit_changes);
  g_test_add_func ("/rules/alarms/storm", test_storm);
  g_test_add_func ("/rules/acknowledge/once", test_acknowledge_once);
  g_test_add_func ("/rules/acknowledge/key-with-another-body", test_key_with_another_body);
  g_test_add_func ("/rules/acknowledge/level-rise", test_level_rise);
  g_test_add_func ("/rules/acknowledge/count-rise", test_count_rise);
  g_test_add_func ("/rules/acknowledge/rights", test_rights);
  return g_test_run ();
}
