/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-test-full.h"
#include "sm-what-if.h"

#include <math.h>

#define LIMIT 1 /* pack-over-temperature: above 60, clear at 55, for 10 s, of level 2 */

typedef struct
{
  SmActor *actor;
  double value;
  gint64 from, to;
  GCancellable *cancellable;
  gint64 limit_id;
} Asking;

static gpointer
do_ask (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asking *asking = data;

  return sm_what_if_reckon (reader, asking->actor, asking->limit_id, asking->value, asking->from,
                            asking->to, asking->cancellable, error);
}

static SmWhatIf *
ask (Fixture *f,
     SmActor *actor,
     double   value,
     gint64   from)
{
  Asking asking = { actor, value, from, sm_clock_now (f->network), NULL, LIMIT };
  g_autoptr (GError) error = NULL;
  SmWhatIf *what_if = sm_rules_read_sync (f->rules, do_ask, &asking, &error);

  g_assert_no_error (error);
  return what_if;
}

static guint
sum (const SmWhatIf *what_if,
     gboolean        exact,
     gboolean        proposed)
{
  guint n = 0;

  for (guint i = 0; i < what_if->counts->len; i++)
    {
      const SmWhatIfCount *count = &g_array_index (what_if->counts, SmWhatIfCount, i);

      if (count->exact == exact)
        n += proposed ? count->proposed : count->now;
    }
  return n;
}

/* The same alarms, told by hour; and by thing, where there are few. */
static void
check_parts (const SmWhatIf *what_if)
{
  guint of_hours[2] = { 0 }, of_things[2] = { 0 };

  for (guint i = 0; i < what_if->hours->len; i++)
    {
      const SmWhatIfHour *hour = &g_array_index (what_if->hours, SmWhatIfHour, i);

      g_assert_cmpint (hour->at % SM_HOUR, ==, 0);
      of_hours[0] += hour->now;
      of_hours[1] += hour->proposed;
    }
  for (guint i = 0; i < what_if->rings->len; i++)
    {
      const SmWhatIfThing *thing = &g_array_index (what_if->rings, SmWhatIfThing, i);

      g_assert_cmpuint (thing->now, !=, thing->proposed);
      of_things[0] += thing->now;
      of_things[1] += thing->proposed;
    }
  g_assert_cmpuint (of_hours[0], ==, sum (what_if, TRUE, FALSE) + sum (what_if, FALSE, FALSE));
  g_assert_cmpuint (of_hours[1], ==, sum (what_if, TRUE, TRUE) + sum (what_if, FALSE, TRUE));
  g_assert_cmpint ((int) of_things[1] - (int) of_things[0], ==,
                   (int) of_hours[1] - (int) of_hours[0]);
}

typedef struct
{
  SmActor *actor;
  double value;
} Changing;

static gpointer
do_change (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Changing *changing = data;
  g_autoptr (SmRow) changes = sm_row_new (sm_noun_get (SM_NOUN_LIMIT));
  g_autofree char *key = sm_uuid_new_v7 (FIXTURE_START);

  sm_row_set_real (changes, SM_LIMIT_RAISE_AT, changing->value);
  sm_row_set_real (changes, SM_LIMIT_CLEAR_AT, changing->value - 5);
  return sm_limits_change (rules, changing->actor, key, LIMIT, SM_UNKNOWN, changes, NULL, NULL, error);
}

/* The other limit of that family, above 70, is never passed here. */
static void
set_limit (Fixture *f,
           double   value)
{
  g_autoptr (SmActor) manager = fixture_make_person (5, "manager", SM_SCOPE_ALL, 0);
  Changing changing = { manager, value };

  sm_row_unref (fixture_write (f, do_change, &changing));
}

static guint
count_raised (Fixture *f)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (f);
  guint n = 0;

  for (guint i = 0; i < alarms->len; i++)
    if (g_str_equal (sm_row_get_text (alarms->pdata[i], SM_ALARM_CODE), "pack-over-temperature"))
      n += (guint) sm_row_get_int (alarms->pdata[i], SM_ALARM_COUNT);
  return n;
}

/* A pack that gets warm and cools again, by steps that are all worth keeping. */
static void
live_through (Fixture *f,
              GRand   *rand,
              guint    things,
              guint    steps)
{
  g_autofree gint64 *ids = g_new (gint64, things);
  g_autofree double *now = g_new (double, things);

  for (guint i = 0; i < things; i++)
    {
      g_autofree char *plate = g_strdup_printf ("A%u", i);

      ids[i] = fixture_add_vehicle (f, plate, SM_UNKNOWN);
      now[i] = 45;
    }
  for (guint s = 0; s < steps; s++)
    {
      for (guint i = 0; i < things; i++)
        {
          int step = g_rand_int_range (rand, 3, 9);

          now[i] += now[i] > 61 || (now[i] > 36 && g_rand_boolean (rand)) ? -step : step;
          fixture_report (f, ids[i], 50, now[i]);
        }
      fixture_pass (f, g_rand_int_range (rand, 4, 31));
    }
}

/* What it says is what the rules do when the limit is changed and the same comes again. */
static void
test_like_the_rules (void)
{
  guint rounds = sm_test_times (30), raised = 0;

  for (guint round = 0; round < rounds; round++)
    {
      double value = 46 + round * 5 % 20;
      g_autoptr (Fixture) asked = fixture_new ();
      g_autoptr (Fixture) changed = fixture_new ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (round);
      g_autoptr (GRand) again = g_rand_new_with_seed (round);
      g_autoptr (SmWhatIf) what_if = NULL;

      set_limit (changed, value);
      live_through (asked, rand, 3, 60);
      live_through (changed, again, 3, 60);
      what_if = ask (asked, asked->system, value, FIXTURE_START);
      g_assert_cmpuint (sum (what_if, TRUE, FALSE), ==, count_raised (asked));
      g_assert_cmpuint (sum (what_if, TRUE, TRUE), ==, count_raised (changed));
      g_assert_cmpuint (sum (what_if, FALSE, TRUE), ==, 0);
      g_assert_cmpuint (what_if->things, ==, 3);
      check_parts (what_if);
      raised += sum (what_if, TRUE, TRUE);
    }
  g_assert_cmpuint (raised, >, rounds);
}

/* Waves that go well past the value and well back, @n of them, by steps below the dead band. */
static void
wave (Fixture *f,
      gint64   id,
      guint    n)
{
  for (guint i = 0; i < n * 60; i++)
    {
      fixture_report (f, id, 50, 50 - 15 * cos (i * 2 * G_PI / 60));
      fixture_pass (f, 60);
    }
}

/* What was left out between two samples is less than the dead band. */
static void
test_within_the_band (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  wave (f, id, 4);
  for (double value = 46; value <= 60; value += 1)
    {
      g_autoptr (SmWhatIf) what_if = ask (f, f->system, value, FIXTURE_START);

      g_assert_cmpfloat (what_if->band, ==, 3);
      g_assert_cmpuint (sum (what_if, TRUE, TRUE), ==, 4);
    }
}

/* Before the last two days it is an estimate, from there on it is not, and both are told apart. */
static void
test_estimate (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmWhatIf) what_if = NULL;
  g_autoptr (SmWhatIf) higher = NULL;

  wave (f, id, 3);
  fixture_pass (f, 50 * 3600);
  wave (f, id, 2);
  what_if = ask (f, f->system, 55, FIXTURE_START);
  higher = ask (f, f->system, 70, FIXTURE_START);
  check_parts (what_if);
  check_parts (higher);
  g_assert_cmpint (what_if->exact_from, ==, sm_clock_now (f->network) - 48 * SM_HOUR);
  g_assert_cmpuint (sum (what_if, FALSE, TRUE), ==, 3);
  g_assert_cmpuint (sum (what_if, TRUE, TRUE), ==, 2);
  g_assert_cmpuint (sum (higher, FALSE, TRUE) + sum (higher, TRUE, TRUE), ==, 0);
  g_assert_cmpint (g_array_index (what_if->counts, SmWhatIfCount, 0).day, ==, 20250615);
}

static GError *
refuse (Fixture      *f,
        Asking        asking)
{
  GError *error = NULL;

  g_assert_null (sm_rules_read_sync (f->rules, do_ask, &asking, &error));
  return error;
}

static void
test_refused (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 now = sm_clock_now (f->network);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) unkept = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) backward = NULL;
  g_autoptr (GError) cancelled = NULL;

  fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_cancellable_cancel (cancellable);
  unkept = refuse (f, (Asking){ f->system, 50, now - SM_HOUR, now, NULL, 4 });
  unknown = refuse (f, (Asking){ f->system, 50, now - SM_HOUR, now, NULL, 4000 });
  backward = refuse (f, (Asking){ f->system, 50, now, now - SM_HOUR, NULL, LIMIT });
  cancelled = refuse (f, (Asking){ f->system, 50, now - SM_HOUR, now, cancellable, LIMIT });
  fixture_assert_error (unkept, SM_ERROR_INVALID, "limit-not-kept");
  g_assert_error (unknown, SM_ERROR, SM_ERROR_NOT_FOUND);
  fixture_assert_error (backward, SM_ERROR_INVALID, "out-of-range");
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Whoever sees nothing of it counts nothing of it. */
static void
test_scope (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", 7);
  g_autoptr (SmActor) owner = fixture_make_person (1, "operator", SM_SCOPE_FLEETS, 7);
  g_autoptr (SmActor) stranger = fixture_make_person (2, "operator", SM_SCOPE_FLEETS, 8);
  g_autoptr (SmWhatIf) own = NULL;
  g_autoptr (SmWhatIf) none = NULL;

  wave (f, id, 1);
  own = ask (f, owner, 55, FIXTURE_START);
  none = ask (f, stranger, 55, FIXTURE_START);
  g_assert_cmpuint (sum (own, TRUE, TRUE), ==, 1);
  g_assert_cmpuint (own->things, ==, 1);
  g_assert_cmpuint (none->things + none->counts->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/what-if/like-the-rules", test_like_the_rules);
  g_test_add_func ("/rules/what-if/within-the-band", test_within_the_band);
  g_test_add_func ("/rules/what-if/estimate", test_estimate);
  g_test_add_func ("/rules/what-if/refused", test_refused);
  g_test_add_func ("/rules/what-if/scope", test_scope);
  return g_test_run ();
}
