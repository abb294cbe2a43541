/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "answering.h"

#include "sm-error.h"
#include "sm-ops-papers.h"
#include "sm-test-folder.h"
#include "sm-test-until.h"

static void
test_good (Answering *fixture, gconstpointer data)
{
  answering_start (fixture);
  g_assert_cmpint (answering_state (fixture), ==, SM_STATUS_STARTING);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1);
  g_assert_cmpstr (sm_ops_get_person (fixture->ops), ==, "Demo");
  g_assert_true (sm_ops_may (fixture->ops, "alarm.acknowledge"));
  g_assert_false (sm_ops_may (fixture->ops, "money.print"));
  g_assert_cmpstr (sm_status_get_network_name (sm_ops_get_status (fixture->ops)), ==, "Test");
  g_assert_true (sm_status_get_simulated (sm_ops_get_status (fixture->ops)));
  run_until (answering_problem (fixture) == NULL);
  run_until (sm_figures_get_values (sm_ops_get_figures (fixture->ops))->unacked_by_level[2] == 1);
}

static void
test_other_version (Answering *fixture, gconstpointer data)
{
  answering_set (fixture, "/api",
                 "{\"product\":\"stationmaster-service\",\"version\":\"9\",\"api\":[\"v9\"]}");
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_REFUSED);
  run_until (g_strcmp0 (answering_problem (fixture), "other-version") == 0);
  g_assert_false (g_hash_table_contains (fixture->asked, "/api/v1/session"));
}

static void
test_not_ours (Answering *fixture, gconstpointer data)
{
  static const char *const bodies[] = {
    "<html><body>It works!</body></html>",
    "",
    "[]",
    "{\"product\":7}",
    "null",
    "{\"product\":\"x\",\"version\":\"1\",\"api\":[\"v1\"]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      answering_set (fixture, "/api", bodies[i]);
      answering_start (fixture);
      run_until (answering_state (fixture) == SM_STATUS_REFUSED);
      run_until (g_strcmp0 (answering_problem (fixture), "not-our-service") == 0);
      answering_stop (fixture);
    }
}

/* A1 toward the application: half, deep, lax and huge. */
static void
test_rubbish (Answering *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *long_text = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *huge
      = g_strdup_printf ("{\"changes\":[],\"cursor\":\"%s\",\"more\":false}", long_text);
  const char *const bodies[] = {
    "{\"changes\":[",
    deep,
    huge,
    "{\"changes\":[],\"cursor\":\"e1.1.5\",\"more\":false}x",
    "{\"changes\":[{\"kind\":\"alarm\",\"id\":010}],\"cursor\":\"c\",\"more\":false}",
    "{\"changes\":[NaN],\"cursor\":\"c\",\"more\":false}",
    "",
    "null",
    "{}",
    "{\"changes\":[],\"cursor\":\"a\\u0000b\",\"more\":false}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *good = g_strdup (g_hash_table_lookup (fixture->answers, "/api/v1/changes"));

      g_test_message ("body %" G_GSIZE_FORMAT, i);
      answering_set (fixture, "/api/v1/changes", bodies[i]);
      answering_start (fixture);
      run_until (g_strcmp0 (answering_problem (fixture), "unexpected-answer") == 0
                 || g_strcmp0 (answering_problem (fixture), "answer-too-large") == 0);
      g_assert_cmpint (answering_state (fixture), !=, SM_STATUS_LIVE);
      /* And it gets over it, at once where the machine says that there is a network again. */
      answering_set (fixture, "/api/v1/changes", good);
      g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
      run_until (answering_state (fixture) == SM_STATUS_LIVE);
      answering_stop (fixture);
      sm_test_remove_tree (fixture->dir);
    }
}

/* Pages that lead nowhere are not asked for without end. */
static void
test_same_page (Answering *fixture, gconstpointer data)
{
  answering_set (fixture, "/api/v1/changes",
                 "{\"changes\":[],\"cursor\":\"e1.1.5\",\"more\":true}");
  answering_start (fixture);
  run_until (g_strcmp0 (answering_problem (fixture), "unexpected-answer") == 0);
  g_assert_cmpint (answering_state (fixture), !=, SM_STATUS_LIVE);
}

/* Nor is everything loaded again at once when the new cursor is refused, too. */
static void
test_always_gone (Answering *fixture, gconstpointer data)
{
  fixture->refuses_cursors = TRUE;
  answering_start (fixture);
  run_until (g_strcmp0 (answering_problem (fixture), "cursor-gone") == 0);
  fixture->refuses_cursors = FALSE;
  run_until (answering_state (fixture) == SM_STATUS_LIVE && answering_problem (fixture) == NULL);
}

static void
test_gone (Answering *fixture, gconstpointer data)
{
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1);
  /* Another epoch, in which there is another alarm. */
  g_hash_table_replace (fixture->statuses, g_strdup ("/api/v1/changes"), GUINT_TO_POINTER (410));
  answering_set (fixture, "/api/v1/changes", "{\"type\":\"cursor-gone\",\"status\":410}");
  run_until (answering_state (fixture) != SM_STATUS_LIVE);
  /* The old copy can still be read. */
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)), ==, 1);
  g_hash_table_remove (fixture->statuses, "/api/v1/changes");
  answering_set (fixture, "/api/v1/changes",
                 "{\"changes\":[],\"cursor\":\"e2.1.1\",\"more\":false}");
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 0);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  sm_ops_sign_in_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static void
test_unknown_server (Answering *fixture, gconstpointer data)
{
  Outcome outcome = { 0 };

  /* Nobody listens there any more. */
  soup_server_disconnect (fixture->server);
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_OFFLINE);
  g_assert_cmpstr (answering_problem (fixture), ==, "server-unreachable");
  sm_ops_sign_in_async (fixture->ops, "ann", "pw", NULL, signed_in_cb, &outcome);
  run_until (outcome.is_done);
  g_assert_error (outcome.error, SM_ERROR, SM_ERROR_OFFLINE);
  g_assert_cmpstr (sm_error_get_slug (outcome.error), ==, "server-unreachable");
  g_clear_error (&outcome.error);
}

static void
test_bad_address (Answering *fixture, gconstpointer data)
{
  g_free (fixture->url);
  fixture->url = g_strdup ("ftp://example.org");
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_REFUSED);
  run_until (g_strcmp0 (answering_problem (fixture), "bad-address") == 0);
}

static void
test_not_writable (Answering *fixture, gconstpointer data)
{
  g_autofree char *cache = g_build_filename (fixture->dir, "cache", NULL);

  g_assert_true (g_file_set_contents (cache, "a file", -1, NULL));
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  g_assert_cmpstr (sm_status_get_storage_problem (sm_ops_get_status (fixture->ops)), ==,
                   "cache-not-writable");
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1);
}

static void
test_conflict (Answering *fixture, gconstpointer data)
{
  const char *path = "/api/v1/alarms/7/acknowledge";
  g_autoptr (SmPending) conflict = NULL;
  Outcome outcome = { 0 };
  GListModel *conflicts;

  g_hash_table_replace (fixture->statuses, g_strdup (path), GUINT_TO_POINTER (409));
  answering_set (fixture, path, "{\"type\":\"alarm-level-rose\",\"status\":409}");
  answering_start (fixture);
  conflicts = sm_ops_get_conflicts (fixture->ops);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1
             && sm_ops_may (fixture->ops, "alarm.acknowledge"));
  sm_ops_acknowledge_async (fixture->ops, 7, "seen", NULL, answering_acknowledged_cb, &outcome);
  run_until (outcome.is_done);
  g_assert_no_error (outcome.error);
  run_until (g_list_model_get_n_items (conflicts) == 1);
  conflict = g_list_model_get_item (conflicts, 0);
  g_assert_cmpstr (sm_pending_get_problem (conflict), ==, "alarm-level-rose");
  g_assert_cmpint (sm_pending_get_object_id (conflict), ==, 7);
  /* Shown as the service has it, and not sent again. */
  g_assert_false (sm_item_get_pending (answering_first_alarm (fixture)));
  g_assert_cmpuint (sm_figures_get_values (sm_ops_get_figures (fixture->ops))->conflicts, ==, 1);
  sm_ops_drop_async (fixture->ops, conflict, NULL, NULL, NULL);
  run_until (g_list_model_get_n_items (conflicts) == 0);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (fixture->asked, path)), ==, 1);
}

/* The answer is rubbish: nobody knows whether it was done, so it is asked again. */
static void
test_act_with_rubbish (Answering *fixture, gconstpointer data)
{
  const char *path = "/api/v1/alarms/7/acknowledge";
  Outcome outcome = { 0 };

  answering_set (fixture, path, "{\"alarm\":{");
  answering_start (fixture);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1
             && sm_ops_may (fixture->ops, "alarm.acknowledge"));
  sm_ops_acknowledge_async (fixture->ops, 7, "seen", NULL, answering_acknowledged_cb, &outcome);
  run_until (outcome.is_done);
  g_assert_no_error (outcome.error);
  run_until (GPOINTER_TO_UINT (g_hash_table_lookup (fixture->asked, path)) >= 2);
  g_assert_true (sm_item_get_pending (answering_first_alarm (fixture)));
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_conflicts (fixture->ops)), ==, 0);
}

static void
test_sign_out (Answering *fixture, gconstpointer data)
{
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1);
  sm_ops_sign_out (fixture->ops);
  run_until (answering_state (fixture) == SM_STATUS_SIGNED_OUT);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 0);
  g_assert_null (sm_ops_get_person (fixture->ops));
  g_assert_false (sm_ops_may (fixture->ops, "alarm.acknowledge"));
}

#define CONTACT \
  "{\"id\":4,\"seq\":6,\"operator_id\":1,\"person\":\"li\",\"language\":\"en\"," \
  "\"changed_at\":\"2026-01-01T00:00:00Z\",\"changed_by\":\"demo\"}"

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(SmRow **) user_data = sm_ops_paper_finish (SM_OPS (source), result, NULL);
}

/* An address that a person took out of a form goes: that it is not there is said. */
static void
test_taken_out (Answering *fixture, gconstpointer data)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_CONTACT);
  g_autoptr (SmRow) wanted = sm_row_new (noun);
  g_autoptr (SmRow) row = NULL;
  const char *sent;

  answering_set (fixture, "/api/v1/me",
                 "{\"id\":1,\"name\":\"demo\",\"display_name\":\"Demo\",\"role\":\"manager\","
                 "\"permissions\":[\"contact.edit\"],\"access_rev\":1}");
  answering_set (fixture, "/api/v1/contacts/4", CONTACT);
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  sm_row_set_text (wanted, SM_CONTACT_LANGUAGE, "en");
  sm_ops_change_paper_async (fixture->ops, 4, 5, wanted, NULL, changed_cb, &row);
  run_until (row != NULL);
  sent = g_hash_table_lookup (fixture->sent, "/api/v1/contacts/4");
  g_assert_nonnull (strstr (sent, "\"sms\":null"));
  g_assert_nonnull (strstr (sent, "\"language\":\"en\""));
  g_assert_null (strstr (sent, "person"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ANSWERING_ADD ("/ops/answers/good", test_good);
  ANSWERING_ADD ("/ops/answers/other-version", test_other_version);
  ANSWERING_ADD ("/ops/answers/not-our-service", test_not_ours);
  ANSWERING_ADD ("/ops/answers/half-deep-lax-huge", test_rubbish);
  ANSWERING_ADD ("/ops/answers/gone-is-loaded-anew", test_gone);
  ANSWERING_ADD ("/ops/answers/same-page-again", test_same_page);
  ANSWERING_ADD ("/ops/answers/always-gone", test_always_gone);
  ANSWERING_ADD ("/ops/answers/unknown-server", test_unknown_server);
  ANSWERING_ADD ("/ops/answers/bad-address", test_bad_address);
  ANSWERING_ADD ("/ops/answers/cache-not-writable", test_not_writable);
  ANSWERING_ADD ("/ops/answers/conflict-is-shown", test_conflict);
  ANSWERING_ADD ("/ops/answers/rubbish-is-asked-again", test_act_with_rubbish);
  ANSWERING_ADD ("/ops/answers/sign-out-forgets", test_sign_out);
  ANSWERING_ADD ("/ops/answers/taken-out-goes", test_taken_out);
  return g_test_run ();
}
