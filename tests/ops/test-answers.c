/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-error.h"
#include "sm-ops.h"
#include "sm-test-folder.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>

/*
 * What the application makes of a service that is not ours, not of our version,
 * or answers rubbish.  The real service never does, so here is one that does:
 * fixed answers by path, each of which a test may replace.
 */
typedef struct
{
  SoupServer *server;
  GHashTable *answers; /* path -> body */
  GHashTable *statuses; /* path -> status */
  GHashTable *asked; /* path -> how often */
  char *url;
  char *dir;
  SmOps *ops;
  gboolean refuses_cursors;
} Fixture;

static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Fixture *fixture = user_data;
  const char *body = g_hash_table_lookup (fixture->answers, path);
  guint status = GPOINTER_TO_UINT (g_hash_table_lookup (fixture->statuses, path));
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (fixture->asked, path));

  g_hash_table_replace (fixture->asked, g_strdup (path), GUINT_TO_POINTER (n + 1));
  if (fixture->refuses_cursors && g_str_has_suffix (path, "/changes") && query != NULL
      && g_hash_table_contains (query, "since"))
    {
      status = 410;
      body = "{\"type\":\"cursor-gone\",\"status\":410}";
    }
  if (status == 0)
    status = body != NULL ? 200 : 404;
  soup_server_message_set_status (message, status, NULL);
  if (body == NULL)
    body = "{\"type\":\"route-unknown\",\"status\":404}";
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
set_answer (Fixture    *fixture,
            const char *path,
            const char *body)
{
  g_hash_table_replace (fixture->answers, g_strdup (path), g_strdup (body));
}

#define ACKNOWLEDGE "/api/v1/alarms/7/acknowledge"
#define ALARM \
  "{\"id\":7,\"seq\":5,\"operator_id\":1,\"code\":\"soc-low\",\"level\":2,\"state\":\"unacked\"," \
  "\"source_noun\":\"vehicle\",\"source_id\":3,\"count\":1,\"raised_at\":\"2026-01-01T00:00:00Z\"}"

/* Neither by soup_server_listen_local() nor with soup_server_get_uris(): each
 * loses an address. */
static void
listen_anywhere (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSList) sockets = NULL;
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;

  soup_server_listen (fixture->server, any, 0, &error);
  g_assert_no_error (error);
  sockets = soup_server_get_listeners (fixture->server);
  address = g_socket_get_local_address (sockets->data, &error);
  g_assert_no_error (error);
  g_free (fixture->url);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%u", g_inet_socket_address_get_port (
                                                             G_INET_SOCKET_ADDRESS (address)));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fixture->statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  set_answer (fixture, "/api",
              "{\"product\":\"stationmaster-service\",\"version\":\"1\",\"api\":[\"v1\",\"v2\"],"
              "\"epoch\":\"e1\",\"network\":\"Test\",\"time_zone\":\"Asia/Shanghai\","
              "\"simulated\":true,\"demo_sign_in\":true}");
  set_answer (fixture, "/api/v1/session",
              "{\"token\":\"secret\",\"expires_in\":900,\"refresh_token\":\"secret2\"}");
  set_answer (fixture, "/api/v1/me",
              "{\"id\":1,\"name\":\"demo\",\"display_name\":\"Demo\",\"role\":\"operator\","
              "\"permissions\":[\"alarm.acknowledge\"],\"access_rev\":1}");
  set_answer (fixture, "/api/v1/changes",
              "{\"changes\":[{\"kind\":\"alarm\",\"id\":7,\"seq\":5,\"deleted\":false,\"data\":" ALARM
              "}],\"cursor\":\"e1.1.5\",\"more\":false}");
  set_answer (fixture, "/api/v1/live/vehicles", "{\"tick\":1,\"id\":[]}");
  set_answer (fixture, "/api/v1/live/stations", "{\"tick\":1,\"id\":[]}");
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, answer_cb, fixture, NULL);
  listen_anywhere (fixture);
  fixture->dir = g_dir_make_tmp ("sm-answers-XXXXXX", NULL);
}

static void
stop (Fixture *fixture)
{
  sm_ops_stop (fixture->ops);
  /* Reads that were under way hold it until they are told. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->ops);
  fixture->ops = NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->ops != NULL)
    stop (fixture);
  g_clear_object (&fixture->server);
  g_hash_table_unref (fixture->answers);
  g_hash_table_unref (fixture->statuses);
  g_hash_table_unref (fixture->asked);
  sm_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->url);
}

static void
start (Fixture *fixture)
{
  g_autofree char *cache = g_build_filename (fixture->dir, "cache", NULL);
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);

  fixture->ops = sm_ops_new (fixture->url, cache, state);
  sm_ops_start (fixture->ops);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main context until the condition holds; at most 40 s. */
#define run_until(condition)                                            \
  G_STMT_START                                                          \
  {                                                                     \
    gboolean timed_out_ = FALSE;                                        \
    guint id_ = g_timeout_add_seconds (40, timed_out_cb, &timed_out_);  \
    while (!(condition) && !timed_out_)                                 \
      g_main_context_iteration (NULL, TRUE);                            \
    g_assert_true (condition);                                          \
    if (!timed_out_)                                                    \
      g_source_remove (id_);                                            \
  }                                                                     \
  G_STMT_END

static SmStatusState
state_of (Fixture *fixture)
{
  return sm_status_get_state (sm_ops_get_status (fixture->ops));
}

static const char *
problem_of (Fixture *fixture)
{
  return sm_status_get_problem (sm_ops_get_status (fixture->ops));
}

static void
test_good (Fixture       *fixture,
           gconstpointer  data)
{
  start (fixture);
  g_assert_cmpint (state_of (fixture), ==, SM_STATUS_STARTING);
  run_until (state_of (fixture) == SM_STATUS_LIVE);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1);
  g_assert_cmpstr (sm_ops_get_person (fixture->ops), ==, "Demo");
  g_assert_true (sm_ops_may (fixture->ops, "alarm.acknowledge"));
  g_assert_false (sm_ops_may (fixture->ops, "money.print"));
  g_assert_cmpstr (sm_status_get_network_name (sm_ops_get_status (fixture->ops)), ==, "Test");
  g_assert_true (sm_status_get_simulated (sm_ops_get_status (fixture->ops)));
  run_until (problem_of (fixture) == NULL);
  run_until (sm_figures_get_values (sm_ops_get_figures (fixture->ops))->unacked_by_level[2] == 1);
}

static void
test_other_version (Fixture       *fixture,
                    gconstpointer  data)
{
  set_answer (fixture, "/api",
              "{\"product\":\"stationmaster-service\",\"version\":\"9\",\"api\":[\"v9\"]}");
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_REFUSED);
  run_until (g_strcmp0 (problem_of (fixture), "other-version") == 0);
  g_assert_false (g_hash_table_contains (fixture->asked, "/api/v1/session"));
}

static void
test_not_ours (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const bodies[] = {
    "<html><body>It works!</body></html>", "", "[]", "{\"product\":7}", "null",
    "{\"product\":\"x\",\"version\":\"1\",\"api\":[\"v1\"]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      set_answer (fixture, "/api", bodies[i]);
      start (fixture);
      run_until (state_of (fixture) == SM_STATUS_REFUSED);
      run_until (g_strcmp0 (problem_of (fixture), "not-our-service") == 0);
      stop (fixture);
    }
}

/* A1 toward the application: half, deep, lax and huge. */
static void
test_rubbish (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *long_text = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *huge = g_strdup_printf ("{\"changes\":[],\"cursor\":\"%s\",\"more\":false}",
                                           long_text);
  const char *const bodies[] = {
    "{\"changes\":[", deep, huge, "{\"changes\":[],\"cursor\":\"e1.1.5\",\"more\":false}x",
    "{\"changes\":[{\"kind\":\"alarm\",\"id\":010}],\"cursor\":\"c\",\"more\":false}",
    "{\"changes\":[NaN],\"cursor\":\"c\",\"more\":false}", "", "null", "{}",
    "{\"changes\":[],\"cursor\":\"a\\u0000b\",\"more\":false}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *good = g_strdup (g_hash_table_lookup (fixture->answers, "/api/v1/changes"));

      g_test_message ("body %" G_GSIZE_FORMAT, i);
      set_answer (fixture, "/api/v1/changes", bodies[i]);
      start (fixture);
      run_until (g_strcmp0 (problem_of (fixture), "unexpected-answer") == 0
                 || g_strcmp0 (problem_of (fixture), "answer-too-large") == 0);
      g_assert_cmpint (state_of (fixture), !=, SM_STATUS_LIVE);
      /* And it gets over it. */
      set_answer (fixture, "/api/v1/changes", good);
      run_until (state_of (fixture) == SM_STATUS_LIVE);
      stop (fixture);
      sm_test_remove_tree (fixture->dir);
    }
}

/* Pages that lead nowhere are not asked for without end. */
static void
test_same_page (Fixture       *fixture,
                gconstpointer  data)
{
  set_answer (fixture, "/api/v1/changes",
              "{\"changes\":[],\"cursor\":\"e1.1.5\",\"more\":true}");
  start (fixture);
  run_until (g_strcmp0 (problem_of (fixture), "unexpected-answer") == 0);
  g_assert_cmpint (state_of (fixture), !=, SM_STATUS_LIVE);
}

/* Nor is everything loaded again at once when the new cursor is refused, too. */
static void
test_always_gone (Fixture       *fixture,
                  gconstpointer  data)
{
  fixture->refuses_cursors = TRUE;
  start (fixture);
  run_until (g_strcmp0 (problem_of (fixture), "cursor-gone") == 0);
  fixture->refuses_cursors = FALSE;
  run_until (state_of (fixture) == SM_STATUS_LIVE && problem_of (fixture) == NULL);
}

static void
test_gone (Fixture       *fixture,
           gconstpointer  data)
{
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_LIVE);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1);
  /* Another epoch, in which there is another alarm. */
  g_hash_table_replace (fixture->statuses, g_strdup ("/api/v1/changes"), GUINT_TO_POINTER (410));
  set_answer (fixture, "/api/v1/changes", "{\"type\":\"cursor-gone\",\"status\":410}");
  run_until (state_of (fixture) != SM_STATUS_LIVE);
  /* The old copy can still be read. */
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)), ==, 1);
  g_hash_table_remove (fixture->statuses, "/api/v1/changes");
  set_answer (fixture, "/api/v1/changes", "{\"changes\":[],\"cursor\":\"e2.1.1\",\"more\":false}");
  run_until (state_of (fixture) == SM_STATUS_LIVE);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 0);
}

typedef struct
{
  gboolean is_done;
  GError *error;
} Outcome;

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Outcome *outcome = user_data;

  sm_ops_sign_in_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static void
test_unknown_server (Fixture       *fixture,
                     gconstpointer  data)
{
  Outcome outcome = { 0 };

  /* Nobody listens there any more. */
  soup_server_disconnect (fixture->server);
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_OFFLINE);
  g_assert_cmpstr (problem_of (fixture), ==, "server-unreachable");
  sm_ops_sign_in_async (fixture->ops, "ann", "pw", NULL, signed_in_cb, &outcome);
  run_until (outcome.is_done);
  g_assert_error (outcome.error, SM_ERROR, SM_ERROR_OFFLINE);
  g_assert_cmpstr (sm_error_get_slug (outcome.error), ==, "server-unreachable");
  g_clear_error (&outcome.error);
}

static void
test_bad_address (Fixture       *fixture,
                  gconstpointer  data)
{
  g_free (fixture->url);
  fixture->url = g_strdup ("ftp://example.org");
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_REFUSED);
  run_until (g_strcmp0 (problem_of (fixture), "bad-address") == 0);
}

static void
test_not_writable (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *cache = g_build_filename (fixture->dir, "cache", NULL);

  g_assert_true (g_file_set_contents (cache, "a file", -1, NULL));
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_LIVE);
  g_assert_cmpstr (sm_status_get_storage_problem (sm_ops_get_status (fixture->ops)), ==,
                   "cache-not-writable");
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1);
}

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Outcome *outcome = user_data;

  sm_ops_acknowledge_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static SmItem *
first_alarm (Fixture *fixture)
{
  g_autoptr (SmItem) item = g_list_model_get_item (sm_ops_get_alarms (fixture->ops), 0);

  return item; /* the model keeps it */
}

static void
test_conflict (Fixture       *fixture,
               gconstpointer  data)
{
  const char *path = "/api/v1/alarms/7/acknowledge";
  g_autoptr (SmConflict) conflict = NULL;
  Outcome outcome = { 0 };
  GListModel *conflicts;

  g_hash_table_replace (fixture->statuses, g_strdup (path), GUINT_TO_POINTER (409));
  set_answer (fixture, path, "{\"type\":\"alarm-level-rose\",\"status\":409}");
  start (fixture);
  conflicts = sm_ops_get_conflicts (fixture->ops);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1
             && sm_ops_may (fixture->ops, "alarm.acknowledge"));
  sm_ops_acknowledge_async (fixture->ops, 7, "seen", NULL, acknowledged_cb, &outcome);
  run_until (outcome.is_done);
  g_assert_no_error (outcome.error);
  run_until (g_list_model_get_n_items (conflicts) == 1);
  conflict = g_list_model_get_item (conflicts, 0);
  g_assert_cmpstr (sm_conflict_get_problem (conflict), ==, "alarm-level-rose");
  g_assert_cmpint (sm_conflict_get_object_id (conflict), ==, 7);
  /* Shown as the service has it, and not sent again. */
  g_assert_false (sm_item_get_pending (first_alarm (fixture)));
  g_assert_cmpuint (sm_figures_get_values (sm_ops_get_figures (fixture->ops))->conflicts, ==, 1);
  sm_ops_drop_conflict (fixture->ops, conflict);
  run_until (g_list_model_get_n_items (conflicts) == 0);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (fixture->asked, path)), ==, 1);
}

/* The answer is rubbish: nobody knows whether it was done, so it is asked again. */
static void
test_act_with_rubbish (Fixture       *fixture,
                       gconstpointer  data)
{
  const char *path = "/api/v1/alarms/7/acknowledge";
  Outcome outcome = { 0 };

  set_answer (fixture, path, "{\"alarm\":{");
  start (fixture);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1
             && sm_ops_may (fixture->ops, "alarm.acknowledge"));
  sm_ops_acknowledge_async (fixture->ops, 7, "seen", NULL, acknowledged_cb, &outcome);
  run_until (outcome.is_done);
  g_assert_no_error (outcome.error);
  run_until (GPOINTER_TO_UINT (g_hash_table_lookup (fixture->asked, path)) >= 2);
  g_assert_true (sm_item_get_pending (first_alarm (fixture)));
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_conflicts (fixture->ops)), ==, 0);
}

static void
test_sign_out (Fixture       *fixture,
               gconstpointer  data)
{
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_LIVE);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1);
  sm_ops_sign_out (fixture->ops);
  run_until (state_of (fixture) == SM_STATUS_SIGNED_OUT);
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 0);
  g_assert_null (sm_ops_get_person (fixture->ops));
  g_assert_false (sm_ops_may (fixture->ops, "alarm.acknowledge"));
}

static void
acknowledge_seven (Fixture *fixture,
                   Outcome *outcome)
{
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1
             && sm_ops_may (fixture->ops, "alarm.acknowledge"));
  sm_ops_acknowledge_async (fixture->ops, 7, "seen", NULL, acknowledged_cb, outcome);
  run_until (outcome->is_done);
}

static const SmFigureValues *
figures_of (Fixture *fixture)
{
  return sm_figures_get_values (sm_ops_get_figures (fixture->ops));
}

/* From now on the service answers acknowledgements, or says to come later. */
static void
set_accepts (Fixture  *fixture,
             gboolean  accepts)
{
  static const char answer[]
      = "{\"alarm\":{\"id\":7,\"seq\":5,\"operator_id\":1,\"code\":\"soc-low\",\"level\":2,"
        "\"state\":\"acked\",\"source_noun\":\"vehicle\",\"source_id\":3,\"count\":1,"
        "\"raised_at\":\"2026-01-01T00:00:00Z\"}}";

  g_hash_table_replace (fixture->statuses, g_strdup (ACKNOWLEDGE),
                        GUINT_TO_POINTER (accepts ? 200 : 503));
  set_answer (fixture, ACKNOWLEDGE,
              accepts ? answer : "{\"type\":\"busy\",\"status\":503}");
}

static guint
times_asked (Fixture *fixture)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (fixture->asked, ACKNOWLEDGE));
}

/* An act that waits when the application ends; what was asked is forgotten. */
static void
leave_one_waiting (Fixture *fixture)
{
  Outcome outcome = { 0 };

  set_accepts (fixture, FALSE);
  start (fixture);
  acknowledge_seven (fixture, &outcome);
  g_assert_no_error (outcome.error);
  run_until (times_asked (fixture) > 0 && figures_of (fixture)->pending == 1);
  stop (fixture);
  set_accepts (fixture, TRUE);
  g_hash_table_remove_all (fixture->asked);
}

static void
set_network (Fixture    *fixture,
             const char *epoch)
{
  g_autofree char *body = g_strdup_printf (
      "{\"product\":\"stationmaster-service\",\"version\":\"1\",\"api\":[\"v1\"],"
      "\"epoch\":\"%s\",\"network\":\"Test %s\",\"time_zone\":\"Asia/Shanghai\","
      "\"simulated\":true,\"demo_sign_in\":true}",
      epoch, epoch);

  set_answer (fixture, "/api", body);
}

/* The service is started on another port each time. */
static void
test_other_port (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *old = g_strdup (fixture->url);

  leave_one_waiting (fixture);
  soup_server_disconnect (fixture->server);
  listen_anywhere (fixture);
  g_assert_cmpstr (fixture->url, !=, old);
  start (fixture);
  run_until (times_asked (fixture) == 1);
  run_until (figures_of (fixture)->pending == 0);
  g_assert_cmpuint (figures_of (fixture)->elsewhere, ==, 0);
}

static void
test_other_network (Fixture       *fixture,
                    gconstpointer  data)
{
  leave_one_waiting (fixture);
  set_network (fixture, "e2");
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_LIVE
             && g_strcmp0 (sm_status_get_network_name (sm_ops_get_status (fixture->ops)), "Test e2")
                    == 0);
  run_until (figures_of (fixture)->elsewhere == 1);
  g_assert_cmpuint (figures_of (fixture)->pending, ==, 0);
  g_assert_false (sm_item_get_pending (first_alarm (fixture)));
  stop (fixture);
  g_assert_cmpuint (times_asked (fixture), ==, 0);
  set_network (fixture, "e1");
  start (fixture);
  run_until (times_asked (fixture) == 1 && figures_of (fixture)->pending == 0);
  run_until (figures_of (fixture)->elsewhere == 0);
}

/* While it is followed, another service takes the place of the first one. */
static void
test_network_replaced (Fixture       *fixture,
                       gconstpointer  data)
{
  Outcome outcome = { 0 };

  set_accepts (fixture, FALSE);
  start (fixture);
  acknowledge_seven (fixture, &outcome);
  run_until (times_asked (fixture) > 0);
  set_network (fixture, "e2");
  g_hash_table_replace (fixture->statuses, g_strdup ("/api/v1/changes"), GUINT_TO_POINTER (401));
  run_until (figures_of (fixture)->elsewhere == 1);
  g_hash_table_remove (fixture->statuses, "/api/v1/changes");
  set_accepts (fixture, TRUE);
  g_hash_table_remove_all (fixture->asked);
  run_until (state_of (fixture) == SM_STATUS_LIVE);
  g_assert_cmpuint (times_asked (fixture), ==, 0);
  g_assert_cmpuint (figures_of (fixture)->elsewhere, ==, 1);
}

static void
set_me (Fixture *fixture,
        guint    id)
{
  g_autofree char *body = g_strdup_printf (
      "{\"id\":%u,\"name\":\"p%u\",\"display_name\":\"Person %u\",\"role\":\"operator\","
      "\"permissions\":[\"alarm.acknowledge\"],\"access_rev\":1}",
      id, id, id);

  set_answer (fixture, "/api/v1/me", body);
}

static void
test_other_person (Fixture       *fixture,
                   gconstpointer  data)
{
  leave_one_waiting (fixture);
  set_me (fixture, 2);
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_LIVE
             && g_strcmp0 (sm_ops_get_person (fixture->ops), "Person 2") == 0
             && figures_of (fixture)->elsewhere == 1);
  g_assert_false (sm_item_get_pending (first_alarm (fixture)));
  stop (fixture);
  g_assert_cmpuint (times_asked (fixture), ==, 0);
  set_me (fixture, 1);
  start (fixture);
  run_until (times_asked (fixture) == 1 && figures_of (fixture)->pending == 0);
}

/* Who was signed in is known before the service is there, and may act. */
static void
test_offline_start (Fixture       *fixture,
                    gconstpointer  data)
{
  Outcome outcome = { 0 };

  set_accepts (fixture, TRUE);
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_LIVE);
  stop (fixture);
  soup_server_disconnect (fixture->server);
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_OFFLINE);
  g_assert_cmpstr (sm_ops_get_person (fixture->ops), ==, "Demo");
  g_assert_false (sm_ops_may (fixture->ops, "money.print"));
  acknowledge_seven (fixture, &outcome);
  g_assert_no_error (outcome.error);
  run_until (figures_of (fixture)->pending == 1);
  g_assert_true (sm_item_get_pending (first_alarm (fixture)));
}

/* Who has signed out is not known any more. */
static void
test_offline_after_sign_out (Fixture       *fixture,
                             gconstpointer  data)
{
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_LIVE);
  sm_ops_sign_out (fixture->ops);
  run_until (state_of (fixture) == SM_STATUS_SIGNED_OUT);
  stop (fixture);
  soup_server_disconnect (fixture->server);
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_OFFLINE);
  g_assert_null (sm_ops_get_person (fixture->ops));
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)), ==, 0);
}

static guint
count_caches (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "cache", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_few_caches (Fixture       *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *epoch = g_strdup_printf ("[%u]/../=;\\n", i % 6);

      set_network (fixture, epoch);
      start (fixture);
      run_until (state_of (fixture) == SM_STATUS_LIVE);
      stop (fixture);
      g_assert_cmpuint (count_caches (fixture), ==, MIN (i + 1, 4));
    }
}

/* What cannot be kept is refused, and never claimed to wait. */
static void
test_outbox_not_writable (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);
  Outcome outcome = { 0 };

  g_assert_true (g_file_set_contents (state, "a file", -1, NULL));
  set_accepts (fixture, TRUE);
  start (fixture);
  acknowledge_seven (fixture, &outcome);
  g_assert_error (outcome.error, SM_ERROR, SM_ERROR_IO);
  g_assert_cmpstr (sm_error_get_slug (outcome.error), ==, "outbox-not-writable");
  g_clear_error (&outcome.error);
  g_assert_false (sm_item_get_pending (first_alarm (fixture)));
  g_assert_cmpuint (figures_of (fixture)->pending, ==, 0);
  g_assert_cmpuint (times_asked (fixture), ==, 0);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ops/answers/good", test_good);
  ADD ("/ops/answers/other-version", test_other_version);
  ADD ("/ops/answers/not-our-service", test_not_ours);
  ADD ("/ops/answers/half-deep-lax-huge", test_rubbish);
  ADD ("/ops/answers/gone-is-loaded-anew", test_gone);
  ADD ("/ops/answers/same-page-again", test_same_page);
  ADD ("/ops/answers/always-gone", test_always_gone);
  ADD ("/ops/answers/unknown-server", test_unknown_server);
  ADD ("/ops/answers/bad-address", test_bad_address);
  ADD ("/ops/answers/cache-not-writable", test_not_writable);
  ADD ("/ops/answers/conflict-is-shown", test_conflict);
  ADD ("/ops/answers/rubbish-is-asked-again", test_act_with_rubbish);
  ADD ("/ops/answers/sign-out-forgets", test_sign_out);
  ADD ("/ops/networks/act-follows-to-another-port", test_other_port);
  ADD ("/ops/networks/act-waits-for-its-network", test_other_network);
  ADD ("/ops/networks/act-stays-when-network-is-replaced", test_network_replaced);
  ADD ("/ops/networks/act-waits-for-its-person", test_other_person);
  ADD ("/ops/networks/acknowledge-after-offline-start", test_offline_start);
  ADD ("/ops/networks/sign-out-is-remembered", test_offline_after_sign_out);
  ADD ("/ops/networks/few-caches-are-kept", test_few_caches);
  ADD ("/ops/networks/act-that-cannot-be-kept-is-refused", test_outbox_not_writable);
  return g_test_run ();
}
