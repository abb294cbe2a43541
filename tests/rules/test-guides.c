/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-faults.h"
#include "sm-guides.h"

#include <math.h>

typedef struct
{
  SmActor *actor;
  const char *code;
  gint64 if_rev;
  SmGuideEdit edit;
  const char *key;
  gint64 alarm_id;
  const char *step;
  gboolean is_done;
  const char *note;
  GError *error;
} Act;

static gpointer
do_edit (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;

  return sm_guides_change (rules, act->actor, act->code, act->if_rev, &act->edit, &act->error);
}

static gpointer
do_tick (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;

  return sm_guide_steps_tick (rules, act->actor, act->key, act->alarm_id, act->step, act->is_done,
                              act->note, &act->error);
}

static gpointer
do_find (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_guides_find (reader, data, error);
}

static gpointer
do_list (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_guides_list (reader, error);
}

static gpointer
do_steps (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;

  return sm_guide_steps_read (reader, act->actor, act->alarm_id, &act->error);
}

static SmFaultGuide *
find (Fixture    *f,
      const char *code)
{
  g_autoptr (GError) error = NULL;
  SmFaultGuide *guide = sm_rules_read_sync (f->rules, do_find, (gpointer) code, &error);

  g_assert_no_error (error);
  return guide;
}

static GPtrArray *
make_steps (const char *id,
            const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_guide_line_free);

  g_ptr_array_add (lines, sm_guide_line_new (id, text, 0));
  return lines;
}

/* What a person wrote is what everybody reads, also after a restart, until it is
 * taken back. */
static void
test_edit_stays (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) manager = fixture_make_person (7, "manager", SM_SCOPE_OPERATOR, 1);
  g_autoptr (GPtrArray) steps = make_steps ("ring-zhang", "Ring Zhang <b>first</b>");
  g_autoptr (SmFaultGuide) before = find (f, "pile-fault");
  g_autoptr (SmFaultGuide) after = NULL;
  g_autoptr (SmFaultGuide) kept = NULL;
  g_autoptr (SmFaultGuide) back = NULL;
  Act act = { .actor = manager, .code = "pile-fault",
              .edit = { .has_steps = TRUE, .steps = steps, .has_respond_s = TRUE, .respond_s = 90,
                        .has_command = TRUE, .command = "none" } };

  g_assert_cmpint (before->rev, ==, 0);
  after = fixture_write (f, do_edit, &act);
  g_assert_no_error (act.error);
  g_assert_cmpint (after->rev, ==, 1);
  fixture_reopen (f);
  kept = find (f, "pile-fault");
  g_assert_cmpuint (kept->steps->len, ==, 1);
  g_assert_cmpstr (sm_guide_line_get_text (kept->steps->pdata[0]), ==, "Ring Zhang <b>first</b>");
  g_assert_cmpint (kept->respond_s, ==, 90);
  g_assert_cmpuint (kept->command, ==, SM_ENUM_UNKNOWN);
  g_assert_cmpuint (kept->causes->len, ==, before->causes->len);
  g_assert_cmpint (fixture_audit (f, "fault_code/pile-fault", "done"), ==, 1);

  act.if_rev = 1;
  act.edit = (SmGuideEdit){ .has_steps = TRUE, .has_respond_s = TRUE, .respond_s = SM_UNKNOWN,
                            .has_command = TRUE };
  back = fixture_write (f, do_edit, &act);
  g_assert_no_error (act.error);
  g_assert_cmpuint (back->steps->len, ==, before->steps->len);
  g_assert_cmpint (back->respond_s, ==, before->respond_s);
  g_assert_cmpuint (back->command, ==, before->command);
}

static void
assert_edit_refused (Fixture    *f,
                     Act        *act,
                     SmErrorCode code,
                     const char *slug)
{
  g_assert_null (fixture_write (f, do_edit, act));
  fixture_assert_error (act->error, code, slug);
  g_clear_error (&act->error);
}

static void
test_edit_refused (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) manager = fixture_make_person (7, "manager", SM_SCOPE_OPERATOR, 1);
  g_autoptr (SmActor) elsewhere = fixture_make_person (8, "manager", SM_SCOPE_AREAS, 1);
  g_autoptr (SmActor) person = fixture_make_person (9, "operator", SM_SCOPE_OPERATOR, 1);
  g_autoptr (GPtrArray) steps = make_steps ("ring-zhang", "Ring Zhang");
  g_autoptr (SmFaultGuide) after = NULL;
  Act act = { .actor = person, .code = "station-smoke",
              .edit = { .has_steps = TRUE, .steps = steps } };

  assert_edit_refused (f, &act, SM_ERROR_DENIED, "permission-missing");
  act.actor = elsewhere;
  assert_edit_refused (f, &act, SM_ERROR_DENIED, "out-of-scope");
  act.actor = manager;
  assert_edit_refused (f, &act, SM_ERROR_INVALID, "invalid"); /* a danger keeps its steps */
  act.code = "pile-fault";
  act.if_rev = 3;
  assert_edit_refused (f, &act, SM_ERROR_PRECONDITION, "row-changed");
  g_assert_cmpint (fixture_audit (f, "fault_code/station-smoke", "refused"), ==, 3);
  act.code = "no-such-code";
  assert_edit_refused (f, &act, SM_ERROR_NOT_FOUND, "not-found");
  after = find (f, "station-smoke");
  g_assert_cmpint (after->rev, ==, 0);
}

static void
test_list (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) guides = sm_rules_read_sync (f->rules, do_list, NULL, NULL);
  guint n;

  sm_fault_code_list (&n);
  g_assert_cmpuint (guides->len, ==, n);
}

/* --- steps --- */

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
  return NULL;
}

static void
raise_of (Fixture *f,
          gint64   id)
{
  Reporting reporting = { { .noun = SM_NOUN_VEHICLE, .id = id, .code = "vehicle-brake",
                            .is_raised = TRUE, .at_us = sm_clock_now (f->network), .value = NAN,
                            .limit_value = NAN }, f->system };

  fixture_report (f, id, 50, 30);
  fixture_write (f, do_report, &reporting);
}

static gint64
raise_alarm (Fixture *f)
{
  g_autoptr (SmRow) alarm = NULL;

  raise_of (f, fixture_add_vehicle (f, "A1", SM_UNKNOWN));
  alarm = fixture_only_alarm (f);
  return sm_row_get_id (alarm);
}

static void
edit_level (Fixture *f,
            SmActor *actor,
            gint64   rev,
            gint64   level)
{
  Act act = { .actor = actor, .code = "vehicle-brake", .if_rev = rev,
              .edit = { .has_level = TRUE, .level = level } };
  g_autoptr (SmFaultGuide) after = fixture_write (f, do_edit, &act);

  g_assert_no_error (act.error);
  g_assert_cmpint (after->rev, ==, rev + 1);
}

static void
expect_alarm (Fixture *f,
              guint    index,
              gint64   level,
              gint64   occurrence)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (f);
  const SmRow *alarm = alarms->pdata[index];

  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, level);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_OCCURRENCE), ==, occurrence);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_STATE), ==, "unacked");
}

/* What is worse from now on rings again where it is there already; what is less bad is
 * so from the next time on, also after a restart, until it is as it comes. */
static void
test_level_is_taken_over (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) manager = fixture_make_person (7, "manager", SM_SCOPE_OPERATOR, 1);
  g_autoptr (SmActor) olga = fixture_make_person (9, "operator", SM_SCOPE_OPERATOR, 1);
  g_autoptr (SmRow) acked = NULL;
  gint64 id = raise_alarm (f);

  expect_alarm (f, 0, 2, 1);
  acked = fixture_acknowledge (f, olga, "0190f5a1-6e1b-7c3d-8f2a-222222222222", id, 2, 1, NULL,
                               NULL, NULL);
  g_assert_nonnull (acked);
  edit_level (f, manager, 0, 1);
  expect_alarm (f, 0, 1, 2);
  edit_level (f, manager, 1, 4);
  expect_alarm (f, 0, 1, 2);
  fixture_reopen (f);
  raise_of (f, fixture_add_vehicle (f, "A2", SM_UNKNOWN));
  expect_alarm (f, 1, 4, 1);
  edit_level (f, manager, 2, SM_UNKNOWN);
  expect_alarm (f, 1, 2, 2);
  g_assert_cmpint (fixture_audit (f, "fault_code/vehicle-brake", "done"), ==, 3);
}

/* Nobody makes a danger less, however he asks. */
static void
test_danger_is_kept (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) manager = fixture_make_person (7, "manager", SM_SCOPE_OPERATOR, 1);
  Act act = { .actor = manager, .code = "station-smoke",
              .edit = { .has_level = TRUE, .level = 2 } };
  g_autoptr (SmFaultGuide) more = NULL;

  assert_edit_refused (f, &act, SM_ERROR_INVALID, "invalid");
  act.edit = (SmGuideEdit){ .has_forbids = TRUE, .forbids = 0 };
  assert_edit_refused (f, &act, SM_ERROR_INVALID, "invalid");
  act.code = "soc-low"; /* it is of limits */
  act.edit = (SmGuideEdit){ .has_level = TRUE, .level = 1 };
  assert_edit_refused (f, &act, SM_ERROR_INVALID, "invalid");
  act.code = "vehicle-brake";
  act.edit.level = 9;
  assert_edit_refused (f, &act, SM_ERROR_INVALID, "invalid");
  act.edit = (SmGuideEdit){ .has_forbids = TRUE, .forbids = 1 << SM_COMMAND_KIND_RESET,
                            .has_consequence_zh = TRUE, .consequence_zh = "刹车失灵" };
  more = fixture_write (f, do_edit, &act);
  g_assert_no_error (act.error);
  fixture_reopen (f);
  g_clear_pointer (&more, sm_fault_guide_free);
  more = find (f, "vehicle-brake");
  g_assert_cmpuint (more->forbids, ==, 1 << SM_COMMAND_KIND_RESET);
  g_assert_cmpstr (more->consequence_zh, ==, "刹车失灵");
}

static const SmGuideStep *
step_of (GPtrArray  *steps,
         const char *id)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_str_equal (((SmGuideStep *) steps->pdata[i])->id, id))
      return steps->pdata[i];
  g_assert_not_reached ();
}

/* Who did what and when is kept over a restart, told the audit, and heard by all. */
static void
test_tick (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) olga = fixture_make_person (9, "operator", SM_SCOPE_OPERATOR, 1);
  Act act = { .actor = olga, .alarm_id = raise_alarm (f), .step = "call-driver", .is_done = TRUE,
              .note = "He stops at the next exit", .key = "0190f5a1-6e1b-7c3d-8f2a-111111111111" };
  g_autoptr (GPtrArray) before = sm_rules_read_sync (f->rules, do_steps, &act, NULL);
  g_autoptr (SmRow) alarm = fixture_only_alarm (f);
  gint64 seq = sm_row_get_int (alarm, SM_ROW_SEQ);
  g_autoptr (GPtrArray) steps = fixture_write (f, do_tick, &act);
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (SmRow) later = NULL;

  g_assert_no_error (act.error);
  g_assert_cmpuint (before->len, ==, steps->len);
  g_assert_false (step_of (before, "call-driver")->is_done);
  fixture_reopen (f);
  kept = sm_rules_read_sync (f->rules, do_steps, &act, NULL);
  g_assert_true (step_of (kept, "call-driver")->is_done);
  g_assert_cmpstr (step_of (kept, "call-driver")->note, ==, "He stops at the next exit");
  g_assert_cmpstr (step_of (kept, "call-driver")->person, ==, olga->name);
  g_assert_cmpint (step_of (kept, "call-driver")->at, ==, sm_clock_now (f->network));
  g_assert_cmpint (step_of (kept, "note-cause")->at, ==, 0);
  later = fixture_only_alarm (f);
  g_assert_cmpint (sm_row_get_int (later, SM_ROW_SEQ), >, seq);
}

static void
assert_tick_refused (Fixture    *f,
                     Act        *act,
                     SmErrorCode code,
                     const char *slug)
{
  g_assert_null (fixture_write (f, do_tick, act));
  fixture_assert_error (act->error, code, slug);
  g_clear_error (&act->error);
}

static void
test_tick_refused (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) olga = fixture_make_person (9, "operator", SM_SCOPE_OPERATOR, 1);
  g_autoptr (SmActor) wall = fixture_make_person (10, "wall", SM_SCOPE_OPERATOR, 1);
  g_autofree char *novel = g_strnfill (5000, 'x');
  Act act = { .actor = wall, .alarm_id = raise_alarm (f), .step = "call-driver", .is_done = TRUE };

  assert_tick_refused (f, &act, SM_ERROR_DENIED, "permission-missing");
  act.actor = olga;
  act.step = "clear-people";
  assert_tick_refused (f, &act, SM_ERROR_NOT_FOUND, "step-unknown");
  act.step = "call-driver";
  act.note = novel;
  assert_tick_refused (f, &act, SM_ERROR_INVALID, "invalid");
  act.note = NULL;
  act.alarm_id = 999;
  assert_tick_refused (f, &act, SM_ERROR_NOT_FOUND, "not-found");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/guides/edit-stays", test_edit_stays);
  g_test_add_func ("/rules/guides/edit-refused", test_edit_refused);
  g_test_add_func ("/rules/guides/level-is-taken-over", test_level_is_taken_over);
  g_test_add_func ("/rules/guides/danger-is-kept", test_danger_is_kept);
  g_test_add_func ("/rules/guides/list", test_list);
  g_test_add_func ("/rules/guides/tick", test_tick);
  g_test_add_func ("/rules/guides/tick-refused", test_tick_refused);
  return g_test_run ();
}
