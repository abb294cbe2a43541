/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "answering.h"

#include "sm-error.h"
#include "sm-ops-guides.h"
#include "sm-test-until.h"

#define GUIDES                                                                                   \
  "{\"items\":[{\"code\":\"pile-fault\",\"safety\":false,\"rev\":3,\"respond_s\":90,"             \
  "\"consequence\":{\"id\":\"pile-out\",\"text\":\"It stands\"},\"causes\":[],"                   \
  "\"steps\":[{\"id\":\"ours\",\"text\":\"Ring <b>Zhang</b>\"}],\"command\":null,"                \
  "\"forbids\":[\"reset\"]},"                                                                    \
  "{\"code\":\"from-2030\",\"safety\":true,\"rev\":0,\"respond_s\":60,"                           \
  "\"consequence\":{\"id\":\"new\",\"text\":null,\"english\":\"It glows\"},\"causes\":[],"        \
  "\"steps\":[{\"id\":\"new-step\",\"text\":null,\"english\":\"Look away\"}]}]}"

static guint
count_asked (Answering *fixture, const char *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (fixture->asked, path));
}

/* Everything is loaded anew, in the middle of a session, into another copy. */
static void
load_anew (Answering *fixture)
{
  guint n = count_asked (fixture, "/api/v1/changes");

  fixture->refuses_cursors = TRUE;
  run_until (count_asked (fixture, "/api/v1/changes") > n);
  fixture->refuses_cursors = FALSE;
  /* Seven parts, and what is behind them. */
  run_until (count_asked (fixture, "/api/v1/changes") > n + 8);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
}

/* Before anybody said anything, as this program comes with it; then as the service
 * says; and without a service as it said last. */
static void
test_kept (Answering *fixture, gconstpointer data)
{
  const SmFaultGuide *guide;

  answering_set (fixture, "/api/v1/fault_codes", GUIDES);
  answering_start (fixture);
  guide = sm_ops_get_fault_code (fixture->ops, "pile-fault");
  g_assert_cmpint (guide->rev, ==, 0);
  g_assert_cmpuint (guide->steps->len, >, 2);
  g_assert_null (sm_ops_get_fault_code (fixture->ops, "from-2030"));
  run_until (sm_ops_get_fault_code (fixture->ops, "pile-fault")->rev == 3);
  run_until (sm_ops_get_fault_code (fixture->ops, "from-2030") != NULL);
  guide = sm_ops_get_fault_code (fixture->ops, "from-2030");
  g_assert_cmpstr (sm_fault_guide_get_consequence (guide), ==, "It glows");
  g_assert_cmpstr (sm_guide_line_get_text (guide->steps->pdata[0]), ==, "Look away");
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  load_anew (fixture);
  answering_stop (fixture);

  g_hash_table_replace (fixture->statuses, g_strdup ("/api/v1/fault_codes"), GUINT_TO_POINTER (503));
  answering_start (fixture);
  run_until (sm_ops_get_fault_code (fixture->ops, "pile-fault")->rev == 3);
  guide = sm_ops_get_fault_code (fixture->ops, "pile-fault");
  g_assert_cmpstr (sm_guide_line_get_text (guide->steps->pdata[0]), ==, "Ring <b>Zhang</b>");
  g_assert_cmpuint (guide->forbids, ==, 1 << SM_COMMAND_KIND_RESET);
  g_assert_cmpstr (sm_fault_guide_get_consequence (guide), ==, "It stands");
}

typedef struct
{
  GPtrArray *steps;
  SmRow *command;
  GError *error;
  gboolean is_done;
} Got;

static void
got_clear (Got *got)
{
  g_clear_pointer (&got->steps, g_ptr_array_unref);
  g_clear_pointer (&got->command, sm_row_unref);
  g_clear_error (&got->error);
  got->is_done = FALSE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Got *got = user_data;

  got->steps = sm_ops_load_steps_finish (SM_OPS (source), result, &got->error);
  got->is_done = TRUE;
}

static void
ticked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Got *got = user_data;

  got->steps = sm_ops_tick_step_finish (SM_OPS (source), result, &got->error);
  got->is_done = TRUE;
}

static void
commanded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Got *got = user_data;

  got->command = sm_ops_command_finish (SM_OPS (source), result, &got->error);
  got->is_done = TRUE;
}

static void
test_steps (Answering *fixture, gconstpointer data)
{
  Got got = { 0 };
  const SmGuideStep *step;

  answering_set (fixture, "/api/v1/alarms/7/steps",
                 "{\"items\":[{\"id\":\"call-driver\",\"text\":null,\"done\":false,\"note\":null,"
                 "\"at\":null,\"person\":null}]}");
  answering_set (fixture, "/api/v1/alarms/7/steps/call-driver",
                 "{\"items\":[{\"id\":\"call-driver\",\"text\":null,\"done\":true,\"note\":\"ok\","
                 "\"at\":\"2026-01-01T00:00:00Z\",\"person\":\"olga\"}]}");
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  sm_ops_load_steps_async (fixture->ops, 7, NULL, loaded_cb, &got);
  run_until (got.is_done);
  g_assert_no_error (got.error);
  step = got.steps->pdata[0];
  g_assert_cmpstr (sm_guide_step_get_text (step), ==, "Call the driver");
  g_assert_false (step->is_done);
  got_clear (&got);
  sm_ops_tick_step_async (fixture->ops, 7, "call-driver", TRUE, "ok", NULL, ticked_cb, &got);
  run_until (got.is_done);
  g_assert_no_error (got.error);
  step = got.steps->pdata[0];
  g_assert_true (step->is_done);
  g_assert_cmpstr (step->person, ==, "olga");
  g_assert_cmpint (step->at, ==, G_GINT64_CONSTANT (1767225600) * G_TIME_SPAN_SECOND);
  got_clear (&got);
}

/* Sent now, or refused now: by the service, and without one. */
static void
test_command (Answering *fixture, gconstpointer data)
{
  g_autoptr (SmRow) command = sm_row_new (sm_noun_get (SM_NOUN_COMMAND));
  Got got = { 0 };

  sm_row_set_text (command, SM_COMMAND_TARGET_NOUN, "connector");
  sm_row_set_int (command, SM_COMMAND_TARGET_ID, 3);
  sm_row_set_text (command, SM_COMMAND_KIND, "stop");
  sm_row_set_text (command, SM_COMMAND_REASON, "smells");
  answering_set (fixture, "/api/v1/commands",
                 "{\"id\":1,\"seq\":9,\"operator_id\":1,\"target_noun\":\"connector\",\"target_id\":3,"
                 "\"kind\":\"stop\",\"reason\":\"smells\",\"state\":\"requested\","
                 "\"requested_at\":\"2026-01-01T00:00:00Z\",\"requested_by\":\"demo\"}");
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  sm_ops_command_async (fixture->ops, command, NULL, commanded_cb, &got);
  run_until (got.is_done);
  g_assert_no_error (got.error);
  g_assert_cmpstr (sm_row_get_text (got.command, SM_COMMAND_STATE), ==, "requested");
  got_clear (&got);

  g_hash_table_replace (fixture->statuses, g_strdup ("/api/v1/commands"), GUINT_TO_POINTER (422));
  answering_set (fixture, "/api/v1/commands",
                 "{\"type\":\"command-forbidden\",\"status\":422,\"params\":{\"code\":\"x\"}}");
  sm_ops_command_async (fixture->ops, command, NULL, commanded_cb, &got);
  run_until (got.is_done);
  g_assert_null (got.command);
  g_assert_cmpstr (sm_error_get_slug (got.error), ==, "command-forbidden");
  got_clear (&got);

  soup_server_disconnect (fixture->server);
  sm_ops_command_async (fixture->ops, command, NULL, commanded_cb, &got);
  run_until (got.is_done);
  g_assert_null (got.command);
  g_assert_error (got.error, SM_ERROR, SM_ERROR_OFFLINE);
  got_clear (&got);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ANSWERING_ADD ("/ops/guides/kept", test_kept);
  ANSWERING_ADD ("/ops/guides/steps", test_steps);
  ANSWERING_ADD ("/ops/guides/command", test_command);
  return g_test_run ();
}
