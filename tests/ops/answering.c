/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "answering.h"

#include "listening.h"
#include "sm-test-folder.h"
#include "sm-test-until.h"

static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  Answering *fixture = user_data;
  const char *body = g_hash_table_lookup (fixture->answers, path);
  guint status = GPOINTER_TO_UINT (g_hash_table_lookup (fixture->statuses, path));
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (fixture->asked, path));
  SoupMessageBody *sent = soup_server_message_get_request_body (message);

  g_hash_table_replace (fixture->asked, g_strdup (path), GUINT_TO_POINTER (n + 1));
  g_hash_table_replace (fixture->sent, g_strdup (path),
                        g_strndup (sent->data, (gsize) sent->length));
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

void
answering_set (Answering *fixture, const char *path, const char *body)
{
  g_hash_table_replace (fixture->answers, g_strdup (path), g_strdup (body));
}

#define ALARM                                                                                      \
  "{\"id\":7,\"seq\":5,\"operator_id\":1,\"code\":\"soc-low\",\"level\":2,\"state\":\"unacked\","  \
  "\"source_noun\":\"vehicle\",\"source_id\":3,\"count\":1,\"raised_at\":\"2026-01-01T00:00:"      \
  "00Z\"}"

void
answering_listen (Answering *fixture)
{
  g_free (fixture->url);
  fixture->url = listen_anywhere (fixture->server);
}

void
answering_set_up (Answering *fixture, gconstpointer data)
{
  fixture->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fixture->statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  answering_set (fixture, "/api",
                 "{\"product\":\"stationmaster-service\",\"version\":\"1\",\"api\":[\"v1\",\"v2\"],"
                 "\"epoch\":\"e1\",\"network\":\"Test\",\"time_zone\":\"Asia/Shanghai\","
                 "\"simulated\":true,\"demo_sign_in\":true}");
  answering_set (fixture, "/api/v1/session",
                 "{\"token\":\"secret\",\"expires_in\":900,\"refresh_token\":\"secret2\"}");
  answering_set (fixture, "/api/v1/me",
                 "{\"id\":1,\"name\":\"demo\",\"display_name\":\"Demo\",\"role\":\"operator\","
                 "\"permissions\":[\"alarm.acknowledge\"],\"access_rev\":1}");
  answering_set (
      fixture, "/api/v1/changes",
      "{\"changes\":[{\"kind\":\"alarm\",\"id\":7,\"seq\":5,\"deleted\":false,\"data\":" ALARM
      "}],\"cursor\":\"e1.1.5\",\"more\":false}");
  answering_set (fixture, "/api/v1/live/vehicles", "{\"tick\":1,\"id\":[]}");
  answering_set (fixture, "/api/v1/live/stations", "{\"tick\":1,\"id\":[]}");
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, answer_cb, fixture, NULL);
  answering_listen (fixture);
  fixture->dir = g_dir_make_tmp ("sm-answers-XXXXXX", NULL);
}

void
answering_stop (Answering *fixture)
{
  sm_ops_stop (fixture->ops);
  /* Reads that were under way hold it until they are told. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->ops);
  fixture->ops = NULL;
}

void
answering_tear_down (Answering *fixture, gconstpointer data)
{
  if (fixture->ops != NULL)
    answering_stop (fixture);
  g_clear_object (&fixture->server);
  g_hash_table_unref (fixture->answers);
  g_hash_table_unref (fixture->statuses);
  g_hash_table_unref (fixture->asked);
  g_hash_table_unref (fixture->sent);
  sm_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->url);
}

void
answering_start (Answering *fixture)
{
  g_autofree char *cache = g_build_filename (fixture->dir, "cache", NULL);
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);

  fixture->ops = sm_ops_new (fixture->url, cache, state);
  sm_ops_start (fixture->ops);
}

SmStatusState
answering_state (Answering *fixture)
{
  return sm_status_get_state (sm_ops_get_status (fixture->ops));
}

const char *
answering_problem (Answering *fixture)
{
  return sm_status_get_problem (sm_ops_get_status (fixture->ops));
}

void
answering_acknowledged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  sm_ops_acknowledge_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

SmItem *
answering_first_alarm (Answering *fixture)
{
  g_autoptr (SmItem) item = NULL;

  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) > 0);
  item = g_list_model_get_item (sm_ops_get_alarms (fixture->ops), 0);
  return item; /* the model keeps it */
}
