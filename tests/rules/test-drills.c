/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-connection.h"
#include "sm-drills.h"
#include "sm-faults.h"
#include "sm-guides.h"

#include <math.h>

/* What was done about the events of a drill, and how soon. */

static void
open_drill (Fixture    *f,
            const char *drill)
{
  g_autoptr (GError) error = NULL;
  SmRulesOptions options = { .path = f->path, .network = f->network, .machine = f->machine,
                             .simulated = TRUE, .drill = drill };

  g_clear_pointer (&f->rules, sm_rules_close);
  f->rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
}

typedef struct
{
  SmActor *actor;
  SmDrillStep step;
  gint64 alarm_id;
  const char *name; /* of what is ticked */
  GError *error;
} Act;

static gpointer
do_add (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;

  sm_drills_add_step (rules, act->actor, &act->step, &act->error);
  return NULL;
}

static gpointer
do_tick (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  sm_drills_tick (rules, error);
  return NULL;
}

static gpointer
do_step (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;
  GPtrArray *steps = sm_guide_steps_tick (rules, act->actor, NULL, act->alarm_id, act->name, TRUE,
                                          NULL, error);

  g_clear_pointer (&steps, g_ptr_array_unref);
  return NULL;
}

static gpointer
do_steps (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;

  return sm_guide_steps_read (reader, act->actor, act->alarm_id, error);
}

static gpointer
do_fault (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;
  SmFaultReport fault = { .noun = SM_NOUN_VEHICLE, .id = act->step.vehicle_id,
                          .code = act->step.code, .is_raised = TRUE, .at_us = act->step.at_us,
                          .value = NAN, .limit_value = NAN, .equipment_id = SM_UNKNOWN };
  SmIngestResult result = { 0 };

  sm_ingest_faults (rules, act->actor, &fault, 1, &result, error);
  g_assert_cmpuint (result.accepted, ==, 1);
  sm_ingest_result_clear (&result);
  return NULL;
}

static gpointer
do_nothing (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

/* What is expected, of a brake that fails now. */
static Act
brake_fails (Fixture *f,
             gint64   vehicle_id)
{
  Act act = { f->system, { .number = 1, .at_us = sm_clock_now (f->network), .deed = "fault",
                           .code = "vehicle-brake", .vehicle_id = vehicle_id,
                           .within_s = { 30, 60, 300, NAN, NAN } } };

  return act;
}

static SmRow *
step_now (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  SmFeedPage *page;
  SmRow *row = NULL;

  fixture_write (f, do_tick, NULL);
  page = fixture_read (f, f->system, NULL, 5000, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < page->changes->len; i++)
    {
      const SmFeedChange *change = page->changes->pdata[i];

      if (change->noun->id == SM_NOUN_DRILL_STEP)
        {
          g_clear_pointer (&row, sm_row_unref);
          row = sm_row_ref (change->row);
        }
    }
  sm_feed_page_free (page);
  g_assert_nonnull (row);
  return row;
}

static void
assert_verdict (Fixture        *f,
                SmDrillVerdict  verdict)
{
  g_autoptr (SmRow) row = step_now (f);

  g_assert_cmpstr (sm_row_get_text (row, SM_DRILL_STEP_VERDICT), ==, sm_drill_verdicts[verdict]);
}

static void
do_all_steps (Fixture *f,
              Act     *act)
{
  g_autoptr (GPtrArray) steps = sm_rules_read_sync (f->rules, do_steps, act, NULL);

  g_assert_cmpuint (steps->len, >, 0);
  for (guint i = 0; i < steps->len; i++)
    {
      /* Not all of them yet. */
      assert_verdict (f, SM_DRILL_OPEN);
      act->name = ((SmGuideStep *) steps->pdata[i])->id;
      fixture_write (f, do_step, act);
    }
}

static void
test_in_time (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) li = fixture_make_person (7, "operator", SM_SCOPE_OPERATOR, 1);
  gint64 vehicle = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) done = NULL;
  g_autoptr (SmRow) acked = NULL;
  Act act;

  open_drill (f, "Night");
  fixture_report (f, vehicle, 50, 30);
  act = brake_fails (f, vehicle);
  fixture_write (f, do_add, &act);
  g_assert_no_error (act.error);
  assert_verdict (f, SM_DRILL_OPEN);
  fixture_write (f, do_fault, &act);
  alarm = fixture_only_alarm (f);
  act.actor = li;
  act.alarm_id = sm_row_get_id (alarm);
  fixture_pass (f, 20);
  assert_verdict (f, SM_DRILL_OPEN);
  sm_drills_note_look (f->rules, li, act.alarm_id);
  sm_drills_note_look (f->rules, f->system, act.alarm_id);
  fixture_write (f, do_nothing, NULL); /* behind it */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fixture_pass (f, 20);
  acked = fixture_acknowledge (f, li, NULL, act.alarm_id, sm_row_get_int (alarm, SM_ALARM_LEVEL),
                               sm_row_get_int (alarm, SM_ALARM_COUNT), NULL, NULL, NULL);
  g_assert_nonnull (acked);
  do_all_steps (f, &act);
  done = step_now (f);
  g_assert_cmpstr (sm_row_get_text (done, SM_DRILL_STEP_VERDICT), ==, "in_time");
  g_assert_cmpstr (sm_row_get_text (done, SM_DRILL_STEP_DRILL), ==, "Night");
  g_assert_cmpstr (sm_row_get_text (done, SM_DRILL_STEP_NOTICED_BY), ==, li->name);
  g_assert_cmpint (sm_row_get_int (done, SM_DRILL_STEP_NOTICED_AT)
                     - sm_row_get_int (done, SM_DRILL_STEP_RAISED_AT), ==, 20 * SM_SECOND);
  g_assert_cmpint (sm_row_get_int (done, SM_DRILL_STEP_ACKNOWLEDGED_AT)
                     - sm_row_get_int (done, SM_DRILL_STEP_RAISED_AT), ==, 40 * SM_SECOND);
  g_assert_true (sm_row_is_null (done, SM_DRILL_STEP_COMMAND_AT));
}

static void
test_missed_and_late (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) li = fixture_make_person (7, "operator", SM_SCOPE_OPERATOR, 1);
  gint64 vehicle = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) acked = NULL;
  Act act;

  open_drill (f, "Night");
  fixture_report (f, vehicle, 50, 30);
  act = brake_fails (f, vehicle);
  act.step.within_s[SM_DRILL_STEPS] = NAN;
  fixture_write (f, do_add, &act);
  /* Whoever sees nothing can do nothing. */
  fixture_pass (f, 100);
  assert_verdict (f, SM_DRILL_OPEN);
  act.step.at_us = sm_clock_now (f->network);
  fixture_write (f, do_fault, &act);
  fixture_pass (f, 31);
  assert_verdict (f, SM_DRILL_MISSED);
  alarm = fixture_only_alarm (f);
  acked = fixture_acknowledge (f, li, NULL, sm_row_get_id (alarm),
                               sm_row_get_int (alarm, SM_ALARM_LEVEL),
                               sm_row_get_int (alarm, SM_ALARM_COUNT), NULL, NULL, NULL);
  g_assert_nonnull (acked);
  assert_verdict (f, SM_DRILL_LATE);
  /* That is how it ended, whatever comes. */
  fixture_pass (f, 1000);
  assert_verdict (f, SM_DRILL_LATE);
}

/* A handover counts when the next person has signed it. */
static void
test_handed_over (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 vehicle = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) alarm = NULL;
  SmConnection *connection;
  Act act;

  open_drill (f, "Night");
  fixture_report (f, vehicle, 50, 30);
  act = brake_fails (f, vehicle);
  for (guint i = 0; i < SM_DRILL_N_REACTIONS; i++)
    act.step.within_s[i] = i == SM_DRILL_HANDED_OVER ? 600 : NAN;
  fixture_write (f, do_add, &act);
  fixture_write (f, do_fault, &act);
  alarm = fixture_only_alarm (f);
  connection = sm_connection_open (f->path, SM_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  sql = g_strdup_printf ("INSERT INTO handover (seq, operator_id, desk_id, state, from_person, to_person,"
                         " begun_at, given_at) VALUES (-1, 1, 77, 'given', 'li', 'wang', %" G_GINT64_FORMAT
                         ", %" G_GINT64_FORMAT "); UPDATE alarm SET desk_id = 77",
                         act.step.at_us, act.step.at_us);
  sm_connection_exec (connection, sql, &error);
  g_assert_no_error (error);
  fixture_pass (f, 60);
  assert_verdict (f, SM_DRILL_OPEN);
  g_free (sql);
  sql = g_strdup_printf ("UPDATE handover SET taken_at = %" G_GINT64_FORMAT,
                         sm_clock_now (f->network));
  sm_connection_exec (connection, sql, &error);
  g_assert_no_error (error);
  assert_verdict (f, SM_DRILL_IN_TIME);
  sm_connection_close (connection);
}

/* The network that people depend on is never drilled on, nor by a person's act. */
static void
test_refused (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) li = fixture_make_person (7, "administrator", SM_SCOPE_ALL, 0);
  gint64 vehicle = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  Act act = brake_fails (f, vehicle);

  fixture_write (f, do_add, &act);
  g_assert_error (act.error, SM_ERROR, SM_ERROR_INVALID);
  g_clear_error (&act.error);
  sm_drills_note_look (f->rules, li, 1);
  open_drill (f, "Night");
  act.actor = li;
  fixture_write (f, do_add, &act);
  g_assert_error (act.error, SM_ERROR, SM_ERROR_DENIED);
  g_clear_error (&act.error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/drills/in-time", test_in_time);
  g_test_add_func ("/rules/drills/missed-and-late", test_missed_and_late);
  g_test_add_func ("/rules/drills/handed-over", test_handed_over);
  g_test_add_func ("/rules/drills/refused", test_refused);
  return g_test_run ();
}
