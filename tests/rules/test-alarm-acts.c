/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-faults.h"
#include "sm-transition-table.h"

#include <math.h>

/* A brake is of no safety code here, and smoke is. */
#define ORDINARY "vehicle-brake"
#define SAFETY "vehicle-insulation"

typedef struct
{
  Fixture *fixture;
  gint64 vehicle_id;
  SmActor *wang, *li; /* operators */
  SmActor *chen;      /* a dispatcher */
} Desk;

static Desk *
desk_new (void)
{
  Desk *desk = g_new0 (Desk, 1);

  desk->fixture = fixture_new ();
  desk->vehicle_id = fixture_add_vehicle (desk->fixture, "A1", SM_UNKNOWN);
  fixture_report (desk->fixture, desk->vehicle_id, 50, 30);
  desk->wang = fixture_make_person (5, "operator", SM_SCOPE_ALL, 0);
  desk->li = fixture_make_person (6, "operator", SM_SCOPE_ALL, 0);
  desk->chen = fixture_make_person (7, "dispatcher", SM_SCOPE_ALL, 0);
  return desk;
}

static void
desk_free (Desk *desk)
{
  fixture_free (desk->fixture);
  sm_actor_unref (desk->wang);
  sm_actor_unref (desk->li);
  sm_actor_unref (desk->chen);
  g_free (desk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

typedef struct
{
  Desk *desk;
  const char *code;
  gboolean is_raised;
} Saying;

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saying *saying = data;
  SmFaultReport fault = { .noun = SM_NOUN_VEHICLE, .id = saying->desk->vehicle_id,
                          .code = saying->code, .is_raised = saying->is_raised,
                          .at_us = sm_clock_now (saying->desk->fixture->network),
                          .value = NAN, .limit_value = NAN };
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, saying->desk->fixture->system, &fault, 1, &result, error);
  return NULL;
}

static void
say (Desk       *desk,
     const char *code,
     gboolean    is_raised)
{
  Saying saying = { desk, code, is_raised };

  fixture_pass (desk->fixture, 1);
  fixture_write (desk->fixture, do_say, &saying);
}

typedef struct
{
  SmActor *actor;
  gint64 id;
  SmAlarmEvent event;
  gint64 minutes;
  const char *reason;
  char *key;
} Doing;

static gpointer
do_act (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *doing = data;

  return sm_alarms_act (rules, doing->actor, doing->key, doing->id, doing->event, doing->minutes,
                        doing->reason, NULL, error);
}

static SmRow *
try_act (Desk         *desk,
         SmActor      *actor,
         SmAlarmEvent  event,
         gint64        minutes,
         const char   *reason,
         GError      **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { actor, 1, event, minutes, reason, key };

  return sm_rules_run_sync (desk->fixture->rules, do_act, &doing, error);
}

static void
act (Desk         *desk,
     SmActor      *actor,
     SmAlarmEvent  event,
     gint64        minutes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) alarm = try_act (desk, actor, event, minutes, "known", &error);

  g_assert_no_error (error);
  g_assert_nonnull (alarm);
}

static void
refused (Desk         *desk,
         SmActor      *actor,
         SmAlarmEvent  event,
         gint64        minutes,
         const char   *slug)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (try_act (desk, actor, event, minutes, "known", &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
}

static void
acknowledge (Desk    *desk,
             SmActor *actor)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) alarm = fixture_acknowledge (desk->fixture, actor, key, 1, 1, 1000, "seen",
                                                 NULL, &error);

  g_assert_no_error (error);
}

static SmRow *
get_alarm (Desk   *desk,
           gint64  id)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (desk->fixture);

  for (guint i = 0; i < alarms->len; i++)
    if (sm_row_get_id (alarms->pdata[i]) == id)
      return sm_row_ref (alarms->pdata[i]);
  g_assert_not_reached ();
}

static void
assert_is (Desk       *desk,
           gint64      id,
           const char *state,
           gboolean    is_hidden)
{
  g_autoptr (SmRow) alarm = get_alarm (desk, id);

  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_STATE), ==, state);
  g_assert_true (sm_alarm_is_hidden (alarm, sm_clock_now (desk->fixture->network)) == is_hidden);
}

/* --- its life, step by step --- */

typedef struct
{
  SmActor *actor;
  gint64 id;
} Reading;

static gpointer
do_read (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  const Reading *reading = data;

  return sm_alarms_transitions (reader, reading->actor, reading->id, error);
}

static char *
describe_life (Desk   *desk,
               gint64  id)
{
  Reading reading = { desk->chen, id };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps
      = sm_rules_read_sync (desk->fixture->rules, do_read, &reading, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < steps->len; i++)
    {
      const SmTransition *step = steps->pdata[i];

      g_string_append_printf (text, "%s%s%s%s>%s", i > 0 ? " " : "", step->event,
                              step->person != NULL ? ":" : "",
                              step->person != NULL ? step->person : "", step->to_state);
    }
  return g_string_free (text, FALSE);
}

static void
test_every_step_is_kept (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *life = NULL;

  say (desk, ORDINARY, TRUE);
  acknowledge (desk, desk->wang);
  act (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 10);
  fixture_pass (desk->fixture, 601);
  say (desk, ORDINARY, FALSE);
  life = describe_life (desk, 1);
  g_assert_cmpstr (life, ==,
                   "raise>unacked acknowledge:person-5>acked shelve:person-5>acked "
                   "unshelve>acked return>normal");
}

/* --- shelves --- */

static void
test_shelf_ends_by_itself (void)
{
  g_autoptr (Desk) desk = desk_new ();

  say (desk, ORDINARY, TRUE);
  act (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 30);
  assert_is (desk, 1, "unacked", TRUE);
  fixture_pass (desk->fixture, 29 * 60);
  fixture_reopen (desk->fixture); /* its end is stored, not in a timer */
  assert_is (desk, 1, "unacked", TRUE);
  fixture_pass (desk->fixture, 61);
  assert_is (desk, 1, "unacked", FALSE);
  {
    g_autoptr (SmRow) alarm = get_alarm (desk, 1);

    g_assert_true (sm_row_is_null (alarm, SM_ALARM_SHELVED_UNTIL));
    g_assert_true (sm_row_is_null (alarm, SM_ALARM_SHELVED_BY));
    g_assert_true (sm_row_is_null (alarm, SM_ALARM_SHELVE_REASON));
  }
  refused (desk, desk->wang, SM_ALARM_EVENT_UNSHELVE, 0, "not-shelved");
}

static void
test_shelf_ended_while_the_service_was_away (void)
{
  g_autoptr (Desk) desk = desk_new ();

  say (desk, ORDINARY, TRUE);
  act (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 1);
  sm_clock_advance (desk->fixture->network, 5 * SM_MINUTE);
  fixture_reopen (desk->fixture);
  assert_is (desk, 1, "unacked", FALSE); /* also before anybody has told */
  fixture_pass (desk->fixture, 1);
  assert_is (desk, 1, "unacked", FALSE);
}

/* Acknowledged, over and raised again it is another row, but the same shelf. */
static void
test_shelf_outlasts_its_alarm (void)
{
  g_autoptr (Desk) desk = desk_new ();

  say (desk, ORDINARY, TRUE);
  acknowledge (desk, desk->wang);
  act (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 60);
  say (desk, ORDINARY, FALSE);
  say (desk, ORDINARY, TRUE);
  assert_is (desk, 1, "normal", FALSE);
  assert_is (desk, 2, "unacked", TRUE);
  fixture_pass (desk->fixture, 60 * 60);
  assert_is (desk, 2, "unacked", FALSE);
}

static void
test_shelf_without_end (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GError) error = NULL;

  say (desk, ORDINARY, TRUE);
  refused (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 0, "invalid");
  refused (desk, desk->wang, SM_ALARM_EVENT_SHELVE, -5, "invalid");
  refused (desk, desk->wang, SM_ALARM_EVENT_SHELVE, G_MAXINT64, "too-long-aside");
  refused (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 481, "too-long-aside");
  g_assert_null (try_act (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 5, " \n", &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "invalid");
  assert_is (desk, 1, "unacked", FALSE);
  act (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 480);
  assert_is (desk, 1, "unacked", TRUE);
}

/* --- a rise in level, by a limit --- */

static void
test_rise_unshelves (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (SmRow) alarm = NULL;

  fixture_pass (desk->fixture, 1);
  fixture_report (desk->fixture, desk->vehicle_id, 50, 61);
  fixture_pass (desk->fixture, 10);
  acknowledge (desk, desk->wang);
  act (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 60);
  assert_is (desk, 1, "acked", TRUE);
  fixture_report (desk->fixture, desk->vehicle_id, 50, 71);
  fixture_pass (desk->fixture, 10);
  assert_is (desk, 1, "unacked", FALSE);
  alarm = get_alarm (desk, 1);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_OCCURRENCE), ==, 2);
  g_assert_true (sm_row_is_null (alarm, SM_ALARM_SHELVED_UNTIL));
  g_assert_true (sm_row_is_null (alarm, SM_ALARM_ACKED_BY));
  /* By its level it is of safety now. */
  refused (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 5, "safety-code");
}

/* --- acknowledging --- */

typedef struct
{
  Desk *desk;
  SmActor *actor;
  const char *key;
  SmAlarmToAck alarms[3];
  SmAlarmAnswer answers[3];
} Many;

static gpointer
do_many (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Many *many = data;

  sm_alarms_acknowledge_many (rules, many->actor, many->key, many->alarms, 3, many->answers, error);
  return NULL;
}

static void
test_many_at_once (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  SmAlarmSeen seen = { 1, 1000, 1, "one note" };
  Many many = { desk, desk->wang, key, { { 1, seen }, { 2, seen }, { 77, seen } }, { { NULL } } };

  say (desk, ORDINARY, TRUE);
  say (desk, "vehicle-stranded", TRUE);
  say (desk, "vehicle-stranded", FALSE);
  say (desk, "vehicle-stranded", TRUE); /* it rang again, and was not looked at since */
  for (guint i = 0; i < 2; i++)         /* the second time is the same request */
    {
      fixture_write (desk->fixture, do_many, &many);
      g_assert_nonnull (many.answers[0].alarm);
      g_assert_cmpstr (sm_row_get_text (many.answers[0].alarm, SM_ALARM_NOTE), ==, "one note");
      g_assert_cmpstr (sm_error_get_slug (many.answers[1].problem), ==, "alarm-rang-again");
      g_assert_cmpstr (sm_error_get_param (many.answers[1].problem, "occurrence"), ==, "2");
      g_assert_cmpstr (sm_error_get_slug (many.answers[2].problem), ==, "not-found");
      for (guint a = 0; a < 3; a++)
        sm_alarm_answer_clear (&many.answers[a]);
    }
  assert_is (desk, 1, "acked", FALSE);
  assert_is (desk, 2, "unacked", FALSE);
  g_assert_cmpuint (fixture_audit (desk->fixture, "alarm/1", "done"), ==, 1);
}

/* --- safety --- */

static void
test_latch_and_release (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *life = NULL;

  say (desk, SAFETY, TRUE);
  refused (desk, desk->wang, SM_ALARM_EVENT_RELEASE, 0, "not-latched");
  acknowledge (desk, desk->wang);
  say (desk, SAFETY, FALSE);
  assert_is (desk, 1, "latched", FALSE);
  fixture_reopen (desk->fixture);
  say (desk, SAFETY, TRUE); /* there again: a new occurrence, nobody's yet */
  assert_is (desk, 1, "unacked", FALSE);
  say (desk, SAFETY, FALSE);
  assert_is (desk, 1, "returned_unacked", FALSE);
  acknowledge (desk, desk->wang);
  assert_is (desk, 1, "latched", FALSE);
  refused (desk, desk->wang, SM_ALARM_EVENT_RELEASE, 0, "second-person-needed");
  assert_is (desk, 1, "latched", FALSE);
  act (desk, desk->li, SM_ALARM_EVENT_RELEASE, 0);
  assert_is (desk, 1, "normal", FALSE);
  life = describe_life (desk, 1);
  g_assert_cmpstr (life, ==,
                   "raise>unacked acknowledge:person-5>acked return>latched raise>unacked "
                   "return>returned_unacked acknowledge:person-5>latched "
                   "release:person-6>normal");
}

static void
test_out_of_service_by_two (void)
{
  g_autoptr (Desk) desk = desk_new ();

  say (desk, SAFETY, TRUE);
  refused (desk, desk->wang, SM_ALARM_EVENT_SHELVE, 5, "safety-code");
  refused (desk, desk->wang, SM_ALARM_EVENT_TAKE_OUT, 241, "too-long-aside");
  act (desk, desk->chen, SM_ALARM_EVENT_TAKE_OUT, 240);
  refused (desk, desk->chen, SM_ALARM_EVENT_APPROVE_OUT, 0, "second-person-needed");
  refused (desk, desk->li, SM_ALARM_EVENT_APPROVE_OUT, 0, "permission-missing");
  {
    g_autoptr (SmActor) zhao = fixture_make_person (8, "manager", SM_SCOPE_ALL, 0);

    act (desk, zhao, SM_ALARM_EVENT_APPROVE_OUT, 0);
    refused (desk, zhao, SM_ALARM_EVENT_APPROVE_OUT, 0, "nothing-to-approve");
  }
  assert_is (desk, 1, "unacked", FALSE); /* on every wall all the same */
  fixture_pass (desk->fixture, 4 * 60 * 60);
  {
    g_autoptr (SmRow) alarm = get_alarm (desk, 1);

    g_assert_true (sm_row_is_null (alarm, SM_ALARM_OUT_OF_SERVICE_UNTIL));
    g_assert_true (sm_row_is_null (alarm, SM_ALARM_OUT_OF_SERVICE_APPROVED_BY));
  }
}

static void
test_out_of_service_by_one (void)
{
  g_autoptr (Desk) desk = desk_new ();

  say (desk, ORDINARY, TRUE);
  act (desk, desk->wang, SM_ALARM_EVENT_TAKE_OUT, 600);
  assert_is (desk, 1, "unacked", TRUE);
  refused (desk, desk->li, SM_ALARM_EVENT_TAKE_OUT, 10, "already-out-of-service");
  act (desk, desk->li, SM_ALARM_EVENT_RETURN_TO_SERVICE, 0);
  assert_is (desk, 1, "unacked", FALSE);
  refused (desk, desk->li, SM_ALARM_EVENT_RETURN_TO_SERVICE, 0, "not-out-of-service");
}

/* Of each role, each act, in each state, with the time in between: never hidden. */
static void
test_nobody_hides_safety (void)
{
  static const SmAlarmEvent acts[] = { SM_ALARM_EVENT_SHELVE, SM_ALARM_EVENT_TAKE_OUT,
                                       SM_ALARM_EVENT_APPROVE_OUT, SM_ALARM_EVENT_UNSHELVE };
  g_autoptr (Desk) desk = desk_new ();
  const char *const *roles = sm_role_names ();

  say (desk, SAFETY, TRUE);
  for (guint step = 0; step < 3; step++)
    {
      for (guint r = 0; roles[r] != NULL; r++)
        for (guint a = 0; a < G_N_ELEMENTS (acts); a++)
          {
            g_autoptr (SmActor) actor = fixture_make_person (20 + r, roles[r], SM_SCOPE_ALL, 0);
            g_autoptr (GError) error = NULL;
            g_autoptr (SmRow) after = try_act (desk, actor, acts[a], 30, "known", &error);
            g_autoptr (SmRow) alarm = get_alarm (desk, 1);

            g_assert_true ((after != NULL) == (error == NULL));
            g_assert_false (sm_alarm_is_hidden (alarm, sm_clock_now (desk->fixture->network)));
            g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_STATE), !=, "normal");
          }
      if (step == 0)
        acknowledge (desk, desk->wang);
      else
        say (desk, SAFETY, FALSE);
    }
}

static void
test_clear_before_raise (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GPtrArray) alarms = NULL;

  say (desk, ORDINARY, FALSE);
  alarms = fixture_alarms (desk->fixture);
  g_assert_cmpuint (alarms->len, ==, 0);
  say (desk, ORDINARY, TRUE);
  assert_is (desk, 1, "unacked", FALSE);
}

/* --- one cause, one row --- */

static const char *const storm_codes[] = {
  "vehicle-brake",         "vehicle-hv-interlock", "vehicle-motor-over-temperature",
  "vehicle-motor-fault",   "vehicle-dcdc-fault",   "vehicle-controller-fault",
  "vehicle-stranded",      "tbox-fault",           "tbox-antenna",
  "vehicle-dcdc-over-temperature", "vehicle-insulation",
};

typedef struct
{
  Desk *desk;
  guint from, n;
} Storm;

/* Raises all codes, ends all codes, and so on, a few milliseconds apart. */
static gpointer
do_storm (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Storm *storm = data;
  g_autofree SmFaultReport *faults = g_new0 (SmFaultReport, storm->n);
  g_auto (SmIngestResult) result = { 0 };

  for (guint i = 0; i < storm->n; i++)
    faults[i] = (SmFaultReport){ .noun = SM_NOUN_VEHICLE, .id = storm->desk->vehicle_id,
                                 .code = storm_codes[(storm->from + i) % G_N_ELEMENTS (storm_codes)],
                                 .is_raised
                                 = (storm->from + i) / G_N_ELEMENTS (storm_codes) % 2 == 0,
                                 .at_us = sm_clock_now (storm->desk->fixture->network) + i,
                                 .value = NAN, .limit_value = NAN };
  sm_ingest_faults (rules, storm->desk->fixture->system, faults, storm->n, &result, error);
  g_assert_cmpuint (result.accepted, ==, storm->n);
  return NULL;
}

/* 5,000 of one device in 60 s: a row for the first, and one for what is of safety. */
static void
test_storm_of_one_device (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GPtrArray) alarms = NULL;
  gint64 now, count = 0, n_raised = 0;
  guint n_shown = 0;

  for (guint second = 0; second < 50; second++)
    {
      Storm storm = { desk, second * 100, 100 };

      fixture_pass (desk->fixture, 1.2);
      fixture_write (desk->fixture, do_storm, &storm);
    }
  now = sm_clock_now (desk->fixture->network);
  alarms = fixture_alarms (desk->fixture);
  g_assert_cmpuint (alarms->len, ==, G_N_ELEMENTS (storm_codes));
  for (guint i = 0; i < alarms->len; i++)
    {
      const SmRow *alarm = alarms->pdata[i];
      gboolean is_first = sm_row_get_id (alarm) == 1;

      count += sm_row_get_int (alarm, SM_ALARM_COUNT);
      n_shown += !sm_alarm_is_hidden (alarm, now);
      g_assert_true (sm_alarm_is_hidden (alarm, now) == (!is_first && !sm_alarm_is_safety (alarm)));
      g_assert_true ((sm_row_get_int (alarm, SM_ALARM_IS_FIRST_OUT) == 1) == is_first);
      if (sm_alarm_is_hidden (alarm, now))
        g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_PARENT_ID), ==, 1);
    }
  g_assert_cmpuint (n_shown, ==, 2);
  for (guint i = 0; i < 5000; i++)
    n_raised += i / G_N_ELEMENTS (storm_codes) % 2 == 0;
  g_assert_cmpint (count, ==, n_raised); /* folded, and each is counted */
}

/* When the first is over for good, the rest shows again. */
static void
test_parts_come_back (void)
{
  g_autoptr (Desk) desk = desk_new ();

  for (guint i = 0; i < 6; i++)
    say (desk, storm_codes[i], TRUE);
  assert_is (desk, 1, "unacked", FALSE);
  assert_is (desk, 6, "unacked", TRUE);
  say (desk, storm_codes[0], FALSE);
  assert_is (desk, 6, "unacked", TRUE);
  assert_is (desk, 2, "unacked", TRUE);
  acknowledge (desk, desk->wang); /* and with it what it stood for */
  assert_is (desk, 1, "normal", FALSE);
  assert_is (desk, 2, "acked", FALSE);
  assert_is (desk, 6, "acked", FALSE);
}

/* Who acknowledges the first of a storm has seen what stands under it, but for what is worse. */
static void
test_parts_are_acknowledged (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (SmRow) parent = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (storm_codes); i++)
    say (desk, storm_codes[i], TRUE);
  parent = get_alarm (desk, 1);
  acknowledge (desk, desk->wang);
  for (guint id = 2; id <= G_N_ELEMENTS (storm_codes); id++)
    {
      g_autoptr (SmRow) part = get_alarm (desk, id);
      gboolean is_seen = !sm_alarm_is_safety (part)
                         && sm_row_get_int (part, SM_ALARM_LEVEL)
                                >= sm_row_get_int (parent, SM_ALARM_LEVEL);

      g_assert_cmpstr (sm_row_get_text (part, SM_ALARM_STATE), ==, is_seen ? "acked" : "unacked");
      g_assert_cmpstr (sm_row_get_text (part, SM_ALARM_ACKED_BY), ==,
                       is_seen ? desk->wang->name : NULL);
    }
}

/* --- calls --- */

static gpointer
do_call (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Desk *desk = data;
  gint64 at = sm_clock_now (desk->fixture->network);
  SmCall call = { .at = at - 40 * SM_SECOND, .outcome = (char *) "no_answer",
                  .who = (char *) "Zhao\tDriver", .number = (char *) "139 0000" };
  const char *keys[] = { "00000000-0000-7000-8000-0000000000a1", "00000000-0000-7000-8000-0000000000a2",
                         "00000000-0000-7000-8000-0000000000a1" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      /* Later, than it is now: as it is said. */
      SmCall next = { .at = i == 1 ? at + SM_HOUR : call.at, .who = call.who, .number = call.number,
                      .outcome = (char *) (i == 1 ? "answered" : "no_answer") };
      g_autoptr (SmRow) alarm = sm_alarms_call (rules, desk->wang, keys[i], 1, &next, error);

      g_assert_no_error (*error);
      g_assert_nonnull (alarm);
    }
  call.outcome = (char *) "perhaps";
  g_assert_null (sm_alarms_call (rules, desk->wang, "00000000-0000-7000-8000-0000000000a3", 1, &call,
                                 error));
  g_assert_cmpstr (sm_error_get_slug (*error), ==, "invalid");
  g_clear_error (error);
  return NULL;
}

/* Each call is a row: by whom, to whom, which number, when and what came of it; said again it is
 * the same, and nobody has called in the future. */
static void
test_calls (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  const SmCall *first, *second;

  say (desk, SAFETY, TRUE);
  sm_rules_run_sync (desk->fixture->rules, do_call, desk, NULL);
  alarm = fixture_only_alarm (desk->fixture);
  calls = sm_calls_read (sm_row_get_text (alarm, SM_ALARM_CALLS));
  g_assert_cmpuint (calls->len, ==, 2);
  first = calls->pdata[0];
  second = calls->pdata[1];
  g_assert_cmpstr (first->outcome, ==, "no_answer");
  g_assert_cmpstr (first->who, ==, "Zhao Driver");
  g_assert_cmpstr (first->person, ==, desk->wang->name);
  g_assert_cmpint (first->at, ==, sm_clock_now (desk->fixture->network) - 40 * SM_SECOND);
  g_assert_cmpstr (second->outcome, ==, "answered");
  g_assert_cmpint (second->at, ==, sm_clock_now (desk->fixture->network));
  g_assert_cmpuint (fixture_audit (desk->fixture, "alarm/1", "done"), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/alarm-acts/every-step-is-kept", test_every_step_is_kept);
  g_test_add_func ("/rules/alarm-acts/shelf-ends-by-itself", test_shelf_ends_by_itself);
  g_test_add_func ("/rules/alarm-acts/shelf-ended-while-away",
                   test_shelf_ended_while_the_service_was_away);
  g_test_add_func ("/rules/alarm-acts/shelf-outlasts-its-alarm", test_shelf_outlasts_its_alarm);
  g_test_add_func ("/rules/alarm-acts/shelf-without-end", test_shelf_without_end);
  g_test_add_func ("/rules/alarm-acts/rise-unshelves", test_rise_unshelves);
  g_test_add_func ("/rules/alarm-acts/many-at-once", test_many_at_once);
  g_test_add_func ("/rules/alarm-acts/latch-and-release", test_latch_and_release);
  g_test_add_func ("/rules/alarm-acts/out-of-service-by-two", test_out_of_service_by_two);
  g_test_add_func ("/rules/alarm-acts/out-of-service-by-one", test_out_of_service_by_one);
  g_test_add_func ("/rules/alarm-acts/nobody-hides-safety", test_nobody_hides_safety);
  g_test_add_func ("/rules/alarm-acts/clear-before-raise", test_clear_before_raise);
  g_test_add_func ("/rules/alarm-acts/storm-of-one-device", test_storm_of_one_device);
  g_test_add_func ("/rules/alarm-acts/parts-come-back", test_parts_come_back);
  g_test_add_func ("/rules/alarm-acts/parts-are-acknowledged", test_parts_are_acknowledged);
  g_test_add_func ("/rules/alarm-acts/calls", test_calls);
  return g_test_run ();
}
