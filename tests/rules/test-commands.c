/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-commands.h"
#include "sm-faults.h"
#include "sm-guides.h"

#include <math.h>

typedef struct
{
  Fixture *f;
  SmActor *olga;
  gint64 station, pile, connector, lane, robot;
} World;

static void
say (World      *w,
     SmNounId    noun,
     gint64      id,
     const char *name,
     const char *value)
{
  const SmNoun *n = sm_noun_get (noun);
  g_autoptr (SmRow) row = sm_row_new (n);

  sm_row_set_int (row, SM_ROW_ID, id);
  if (name != NULL)
    sm_row_set_text (row, (guint) sm_noun_find_field (n, name, strlen (name)), value);
  sm_row_set_int (row, (guint) sm_noun_find_field (n, "reported_at", 11),
                  sm_clock_now (w->f->network));
  fixture_say (w->f, row);
}

static gint64
put_part (World      *w,
          SmNounId    noun,
          guint       station_field,
          guint       text_field,
          const char *text)
{
  SmRow *row = sm_row_new (sm_noun_get (noun));

  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_int (row, station_field, w->station);
  if (noun == SM_NOUN_LANE)
    sm_row_set_int (row, SM_LANE_NUMBER, 1);
  else
    {
      sm_row_set_text (row, text_field, text);
      sm_row_set_text (row, SM_EQUIPMENT_KIND, "swap_robot");
      sm_row_set_text (row, SM_EQUIPMENT_NAME, "{\"en\":\"R\"}");
    }
  return fixture_fill (w->f, row);
}

/* A station that can be heard, with a pile, a lane and a robot. */
static void
world_hear (World *w)
{
  say (w, SM_NOUN_STATION, w->station, NULL, NULL);
  say (w, SM_NOUN_PILE, w->pile, NULL, NULL);
}

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);

  w->f = fixture_new ();
  w->olga = fixture_make_person (9, "operator", SM_SCOPE_ALL, 0);
  w->station = fixture_add_station (w->f, "S1", NULL, NULL);
  w->pile = 1;
  w->connector = 1;
  w->lane = put_part (w, SM_NOUN_LANE, SM_LANE_STATION_ID, 0, NULL);
  w->robot = put_part (w, SM_NOUN_EQUIPMENT, SM_EQUIPMENT_STATION_ID, SM_EQUIPMENT_SN, "R1");
  world_hear (w);
  say (w, SM_NOUN_CONNECTOR, w->connector, "status", "available");
  return w;
}

static void
world_free (World *w)
{
  sm_actor_unref (w->olga);
  fixture_free (w->f);
  g_free (w);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

typedef struct
{
  SmActor *actor;
  const char *key;
  SmCommandRequest request;
  gint64 id;
  const char *state;
  GError *error;
} Act;

static gpointer
do_request (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;

  return sm_commands_request (rules, act->actor, act->key, &act->request, &act->error);
}

static gpointer
do_fetch (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;

  return sm_commands_fetch (rules, act->actor, &act->error);
}

static gpointer
do_answer (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;

  return sm_commands_answer (rules, act->actor, act->id, act->state, "said", &act->error);
}

static gpointer
do_find (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");

  return sm_feed_read_row (reader, system, sm_noun_get (SM_NOUN_COMMAND), *(gint64 *) data, error);
}

static SmRow *
find (World *w,
      gint64 id)
{
  return sm_rules_read_sync (w->f->rules, do_find, &id, NULL);
}

static Act
make_act (World      *w,
          const char *kind,
          const char *noun,
          gint64      id)
{
  return (Act){ .actor = w->olga,
                .request = { noun, id, kind, NULL, "Olga tries it", SM_UNKNOWN } };
}

static gint64
ask (World *w,
     Act   *act)
{
  g_autoptr (SmRow) command = fixture_write (w->f, do_request, act);

  g_assert_no_error (act->error);
  g_assert_cmpstr (sm_row_get_text (command, SM_COMMAND_STATE), ==, "requested");
  return sm_row_get_id (command);
}

static guint
fetch (World *w)
{
  Act act = { .actor = w->f->system };
  g_autoptr (GPtrArray) commands = fixture_write (w->f, do_fetch, &act);

  g_assert_no_error (act.error);
  return commands->len;
}

static void
answer (World      *w,
        gint64      id,
        const char *state,
        const char *slug)
{
  Act act = { .actor = w->f->system, .id = id, .state = state };
  g_autoptr (SmRow) command = fixture_write (w->f, do_answer, &act);

  if (slug == NULL)
    {
      g_assert_no_error (act.error);
      return;
    }
  fixture_assert_error (act.error, SM_ERROR_INVALID, slug);
  g_clear_error (&act.error);
}

static void
assert_refused (World      *w,
                Act        *act,
                SmErrorCode code,
                const char *slug)
{
  g_assert_null (fixture_write (w->f, do_request, act));
  fixture_assert_error (act->error, code, slug);
  g_clear_error (&act->error);
}

static void
assert_state (World      *w,
              gint64      id,
              const char *state,
              const char *outcome)
{
  g_autoptr (SmRow) command = find (w, id);

  g_assert_cmpstr (sm_row_get_text (command, SM_COMMAND_STATE), ==, state);
  g_assert_cmpstr (sm_row_get_text (command, SM_COMMAND_OUTCOME), ==, outcome);
}

/* Each stage has its time, and the person who asked stands in the audit. */
static void
test_stages (void)
{
  g_autoptr (World) w = world_new ();
  Act act = make_act (w, "stop", "connector", w->connector);
  g_autofree char *object = g_strdup_printf ("connector/%" G_GINT64_FORMAT, w->connector);
  gint64 id, started = sm_clock_now (w->f->network);
  g_autoptr (SmRow) command = NULL;

  act.key = "0190f5a1-6e1b-7c3d-8f2a-222222222222";
  g_assert_false (sm_commands_is_open (w->f->rules));
  id = ask (w, &act);
  g_assert_true (sm_commands_is_open (w->f->rules));
  fixture_pass (w->f, 1);
  g_assert_cmpuint (fetch (w), ==, 1);
  fixture_pass (w->f, 1);
  g_assert_cmpuint (fetch (w), ==, 1); /* until it is taken on */
  answer (w, id, "accepted", NULL);
  answer (w, id, "accepted", NULL);
  g_assert_cmpuint (fetch (w), ==, 0);
  fixture_pass (w->f, 1);
  answer (w, id, "rejected", "not-allowed-now");
  answer (w, id, "succeeded", NULL);
  answer (w, id, "failed", "command-over");
  g_assert_false (sm_commands_is_open (w->f->rules));
  g_assert_cmpint (ask (w, &act), ==, id); /* the same key: the first answer */
  command = find (w, id);
  g_assert_cmpstr (sm_row_get_text (command, SM_COMMAND_STATE), ==, "succeeded");
  g_assert_cmpstr (sm_row_get_text (command, SM_COMMAND_ANSWER), ==, "said");
  g_assert_cmpstr (sm_row_get_text (command, SM_COMMAND_REQUESTED_BY), ==, "person-9");
  g_assert_cmpint (sm_row_get_int (command, SM_COMMAND_REQUESTED_AT), ==, started);
  g_assert_cmpint (sm_row_get_int (command, SM_COMMAND_SENT_AT), ==, started + SM_SECOND);
  g_assert_cmpint (sm_row_get_int (command, SM_COMMAND_ACCEPTED_AT), ==, started + 2 * SM_SECOND);
  g_assert_cmpint (sm_row_get_int (command, SM_COMMAND_ENDED_AT), ==, started + 3 * SM_SECOND);
  g_assert_cmpint (fixture_audit (w->f, object, "done"), ==, 1);
}

/* Whatever is not answered in its time is over, and stays so. */
static void
test_time_outs (void)
{
  g_autoptr (World) w = world_new ();
  Act act = make_act (w, "stop", "connector", w->connector);
  gint64 id = ask (w, &act);

  fixture_pass (w->f, 20);
  assert_state (w, id, "timed_out", "not_fetched");
  g_assert_cmpuint (fetch (w), ==, 0);

  world_hear (w);
  id = ask (w, &act);
  fetch (w);
  fixture_pass (w->f, 40);
  assert_state (w, id, "timed_out", "not_answered");
  answer (w, id, "accepted", "command-over");

  world_hear (w);
  id = ask (w, &act);
  fetch (w);
  answer (w, id, "accepted", NULL);
  fixture_pass (w->f, 200);
  assert_state (w, id, "timed_out", "not_done");
  answer (w, id, "succeeded", NULL);
  assert_state (w, id, "timed_out", "late_success");
}

/* Nobody was there to hear the answer; and it is not sent any more. */
static void
test_restart (void)
{
  g_autoptr (World) w = world_new ();
  Act act = make_act (w, "stop", "connector", w->connector);
  gint64 id = ask (w, &act);

  fixture_serve (w->f);
  assert_state (w, id, "timed_out", "service_stopped");
  g_assert_cmpuint (fetch (w), ==, 0);
}

typedef struct
{
  SmActor *actor;
  SmGuideEdit edit;
} Forbidding;

static gpointer
do_forbid (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Forbidding *forbidding = data;
  g_autoptr (SmFaultGuide) guide
      = sm_guides_change (rules, forbidding->actor, "pile-fault", 0, &forbidding->edit, error);

  g_assert_nonnull (guide);
  return NULL;
}

static void
raise_fault (World      *w,
             SmNounId    noun,
             gint64      id,
             const char *code);

typedef struct
{
  SmFaultReport fault;
  SmActor *actor;
} Reporting;

static gpointer
do_report (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Reporting *reporting = data;
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, reporting->actor, &reporting->fault, 1, &result, error);
  g_assert_cmpuint (result.accepted, ==, 1);
  return NULL;
}

static void
raise_fault (World      *w,
             SmNounId    noun,
             gint64      id,
             const char *code)
{
  Reporting reporting = { { .noun = noun, .id = id, .code = code, .is_raised = TRUE,
                            .at_us = sm_clock_now (w->f->network), .value = NAN,
                            .limit_value = NAN }, w->f->system };

  fixture_write (w->f, do_report, &reporting);
}

/* What burns, holds somebody or has no insulation is not reset, opened or moved. */
static void
test_forbidden (void)
{
  g_autoptr (World) w = world_new ();
  Act reset = make_act (w, "reset", "pile", w->pile);
  Act unlock = make_act (w, "unlock", "connector", w->connector);
  Act lane = make_act (w, "lane_reset", "lane", w->lane);
  Act stop = make_act (w, "stop", "connector", w->connector);
  Act off = make_act (w, "change_availability", "pile", w->pile);

  raise_fault (w, SM_NOUN_PILE, w->pile, "pile-insulation");
  assert_refused (w, &reset, SM_ERROR_INVALID, "command-forbidden");
  assert_refused (w, &unlock, SM_ERROR_INVALID, "command-forbidden");
  ask (w, &lane);
  ask (w, &stop);
  off.request.availability = "operative";
  assert_refused (w, &off, SM_ERROR_INVALID, "command-forbidden");
  off.request.availability = "inoperative";
  ask (w, &off);
  fixture_pass (w->f, 20);
  world_hear (w);
  raise_fault (w, SM_NOUN_STATION, w->station, "swap-vehicle-without-pack");
  assert_refused (w, &lane, SM_ERROR_INVALID, "command-forbidden");
  raise_fault (w, SM_NOUN_STATION, w->station, "station-person-in-lane");
  reset = make_act (w, "reset", "equipment", w->robot);
  assert_refused (w, &reset, SM_ERROR_INVALID, "command-forbidden");
}

/* What a person said that must not be tried while a fault lasts is refused from then on. */
static void
test_forbidden_by_person (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) manager = fixture_make_person (7, "manager", SM_SCOPE_OPERATOR, 1);
  Act reset = make_act (w, "reset", "pile", w->pile);
  Act unlock = make_act (w, "unlock", "connector", w->connector);
  Forbidding forbidding
      = { manager, { .has_forbids = TRUE, .forbids = 1 << SM_COMMAND_KIND_RESET,
                     .has_command = TRUE, .command = "none" } };

  raise_fault (w, SM_NOUN_PILE, w->pile, "pile-fault");
  fixture_write (w->f, do_forbid, &forbidding);
  assert_refused (w, &reset, SM_ERROR_INVALID, "command-forbidden");
  ask (w, &unlock);
}

/* The lane's own word is enough: the old pack is out. */
static void
test_without_pack (void)
{
  g_autoptr (World) w = world_new ();
  Act lane = make_act (w, "lane_reset", "lane", w->lane);
  Act robot = make_act (w, "reset", "equipment", w->robot);
  Act pile = make_act (w, "reset", "pile", w->pile);
  Act unlock = make_act (w, "unlock", "connector", w->connector);

  say (w, SM_NOUN_LANE, w->lane, "step", "old_out");
  assert_refused (w, &lane, SM_ERROR_INVALID, "vehicle-without-pack");
  assert_refused (w, &robot, SM_ERROR_INVALID, "vehicle-without-pack");
  fixture_pass (w->f, 1);
  say (w, SM_NOUN_LANE, w->lane, "step", "released");
  ask (w, &lane);
  say (w, SM_NOUN_CONNECTOR, w->connector, "status", "charging");
  assert_refused (w, &pile, SM_ERROR_INVALID, "command-not-now");
  assert_refused (w, &unlock, SM_ERROR_INVALID, "command-not-now");
}

static gpointer
do_retire (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  World *w = data;
  g_autoptr (SmActor) adam = fixture_make_person (1, "administrator", SM_SCOPE_ALL, 0);

  return sm_stations_retire (rules, adam, w->station, "closed for good", error);
}

static void
test_retired (void)
{
  g_autoptr (World) w = world_new ();
  Act act = make_act (w, "stop", "connector", w->connector);
  g_autoptr (SmRow) station = fixture_write (w->f, do_retire, w);

  g_assert_cmpstr (sm_row_get_text (station, SM_STATION_STATE), ==, "retired");
  assert_refused (w, &act, SM_ERROR_INVALID, "target-retired");
}

static void
test_refused (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) wall = fixture_make_person (10, "wall", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) far = fixture_make_person (11, "operator", SM_SCOPE_AREAS, 99);
  Act act = make_act (w, "stop", "connector", w->connector);

  act.actor = wall;
  assert_refused (w, &act, SM_ERROR_DENIED, "permission-missing");
  act.actor = far;
  assert_refused (w, &act, SM_ERROR_NOT_FOUND, "not-found");
  act.actor = w->olga;
  act.request.target_id = 999;
  assert_refused (w, &act, SM_ERROR_NOT_FOUND, "not-found");
  act.request.target_id = w->connector;
  act.request.reason = " \t";
  assert_refused (w, &act, SM_ERROR_INVALID, "invalid");
  act.request.reason = "x";
  act.request.alarm_id = 77;
  assert_refused (w, &act, SM_ERROR_NOT_FOUND, "not-found");
  act.request.alarm_id = SM_UNKNOWN;
  act.request.kind = "explode";
  assert_refused (w, &act, SM_ERROR_INVALID, "command-unknown");
  act.request.kind = "lane_reset";
  assert_refused (w, &act, SM_ERROR_INVALID, "command-not-for-it");
  act.request.kind = "stop";
  act.request.target_noun = "unicorn";
  assert_refused (w, &act, SM_ERROR_INVALID, "command-not-for-it");
  act.request.target_noun = "connector";
  act.request.availability = "operative";
  assert_refused (w, &act, SM_ERROR_INVALID, "invalid");
  act.request.availability = NULL;
  ask (w, &act);
  assert_refused (w, &act, SM_ERROR_CONFLICT, "command-running");
}

/* A command that arrives later is dangerous: what cannot be heard gets none. */
static void
test_unreachable (void)
{
  g_autoptr (World) w = world_new ();
  Act act = make_act (w, "stop", "connector", w->connector);

  for (guint i = 0; i < 30; i++)
    fixture_pass (w->f, 60);
  assert_refused (w, &act, SM_ERROR_INVALID, "target-unreachable");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/commands/stages", test_stages);
  g_test_add_func ("/rules/commands/time-outs", test_time_outs);
  g_test_add_func ("/rules/commands/restart", test_restart);
  g_test_add_func ("/rules/commands/forbidden", test_forbidden);
  g_test_add_func ("/rules/commands/forbidden-by-person", test_forbidden_by_person);
  g_test_add_func ("/rules/commands/without-pack", test_without_pack);
  g_test_add_func ("/rules/commands/refused", test_refused);
  g_test_add_func ("/rules/commands/retired", test_retired);
  g_test_add_func ("/rules/commands/unreachable", test_unreachable);
  return g_test_run ();
}
