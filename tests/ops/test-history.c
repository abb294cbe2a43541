/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "listening.h"

#include "sm-error.h"
#include "sm-ops.h"
#include "sm-test-folder.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <libsoup/soup.h>

/*
 * Histories by pages, from a service whose pages and links to the next are the
 * test's own: orders 1 to n, the greatest id the newest.
 */

#define BASE G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01 */
#define MINUTE G_GINT64_CONSTANT (60000000)
#define PAGE 100

typedef struct
{
  SoupServer *server;
  GPtrArray *asked; /* what orders were asked by */
  guint n;          /* orders that there are */
  guint again;      /* so many of a page come again on the next one */
  guint status;     /* of orders, if not 200 */
  const char *body; /* (nullable): of orders, instead */
  char *url;
  char *dir;
  SmOps *ops;
} Fixture;

static void
append_order (GString *body,
              guint    id)
{
  g_autofree char *at = sm_time_to_rfc3339 (BASE + id * MINUTE);

  g_string_append_printf (body, "%s{\"id\":%u,\"seq\":%u,\"operator_id\":1,\"number\":\"N%u\","
                          "\"kind\":\"swap\",\"process\":\"%s\",\"station_id\":%u,"
                          "\"created_at\":\"%s\",\"ended_at\":\"%s\"}",
                          body->str[body->len - 1] == '[' ? "" : ",", id, id, id,
                          id % 2 == 0 ? "completed" : "aborted", 1 + id % 3, at, at);
}

/* The next page is where only this service knows: "/api/v1/orders?p=ID&odd=%26". */
static void
answer_orders (Fixture           *fixture,
               SoupServerMessage *message,
               GHashTable        *query)
{
  const char *place = query != NULL ? g_hash_table_lookup (query, "p") : NULL;
  guint first = place != NULL ? (guint) g_ascii_strtoull (place, NULL, 10) : fixture->n;
  guint last = first > PAGE ? first - PAGE + 1 : 1;
  g_autoptr (GString) body = g_string_new ("{\"items\":[");

  for (guint id = first; id >= last && id > 0; id--)
    append_order (body, id);
  g_string_append (body, "]}");
  if (last > 1)
    {
      g_autofree char *link
          = g_strdup_printf ("</api/v1/orders?p=%u&odd=%%26>; rel=\"next\"",
                             last - 1 + fixture->again);

      soup_message_headers_append (soup_server_message_get_response_headers (message), "Link",
                                   link);
    }
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body->str,
                                    body->len);
}

static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  static const struct
  {
    const char *path;
    const char *body;
  } answers[] = {
    { "/api", "{\"product\":\"stationmaster-service\",\"version\":\"1\",\"api\":[\"v1\"],"
              "\"epoch\":\"e1\",\"network\":\"Test\",\"time_zone\":\"Asia/Shanghai\","
              "\"simulated\":true,\"demo_sign_in\":true}" },
    { "/api/v1/session", "{\"token\":\"a\",\"expires_in\":900,\"refresh_token\":\"b\"}" },
    { "/api/v1/me", "{\"id\":1,\"name\":\"demo\",\"display_name\":\"Demo\",\"role\":\"operator\","
                    "\"permissions\":[],\"access_rev\":1}" },
    { "/api/v1/changes", "{\"changes\":[],\"cursor\":\"e1.1.5\",\"more\":false}" },
    { "/api/v1/live/vehicles", "{\"tick\":1,\"id\":[]}" },
    { "/api/v1/live/stations", "{\"tick\":1,\"id\":[]}" },
  };
  Fixture *fixture = user_data;
  const char *body = "{\"type\":\"route-unknown\",\"status\":404}";
  guint status = 404;

  if (g_str_equal (path, "/api/v1/orders"))
    {
      g_ptr_array_add (fixture->asked,
                       g_strdup (g_uri_get_query (soup_server_message_get_uri (message))));
      if (fixture->status == 0 && fixture->body == NULL)
        {
          answer_orders (fixture, message, query);
          return;
        }
      status = fixture->status != 0 ? fixture->status : 200;
      body = fixture->body != NULL ? fixture->body : "{\"type\":\"internal\",\"status\":500}";
    }
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (path, answers[i].path))
      {
        body = answers[i].body;
        status = 200;
      }
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
start (Fixture *fixture)
{
  g_autofree char *cache = g_build_filename (fixture->dir, "cache", NULL);
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);

  fixture->ops = sm_ops_new (fixture->url, cache, state);
  sm_ops_start (fixture->ops);
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

static gboolean
is_live (Fixture *fixture)
{
  return sm_status_get_state (sm_ops_get_status (fixture->ops)) == SM_STATUS_LIVE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->n = 250;
  fixture->asked = g_ptr_array_new_with_free_func (g_free);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, answer_cb, fixture, NULL);
  fixture->url = listen_anywhere (fixture->server);
  fixture->dir = g_dir_make_tmp ("sm-history-XXXXXX", NULL);
  start (fixture);
  run_until (is_live (fixture));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->ops != NULL)
    stop (fixture);
  g_clear_object (&fixture->server);
  g_ptr_array_unref (fixture->asked);
  sm_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->url);
}

static const char *
asked (Fixture *fixture,
       guint    i)
{
  g_assert_cmpuint (i, <, fixture->asked->len);
  return g_ptr_array_index (fixture->asked, i);
}

static guint
count_items (SmHistory *history)
{
  return g_list_model_get_n_items (G_LIST_MODEL (history));
}

static SmItem *
get_item (SmHistory *history,
          guint      position)
{
  return g_list_model_get_item (G_LIST_MODEL (history), position);
}

static gboolean
has_row (SmItem *item)
{
  return !sm_row_is_null (sm_item_get_row (item), SM_ORDER_NUMBER);
}

/* Orders from the newest on, each once. */
static void
assert_orders (SmHistory *history,
               guint      newest)
{
  for (guint i = 0; i < count_items (history); i++)
    {
      g_autoptr (SmItem) item = get_item (history, i);

      g_assert_cmpint (sm_item_get_id (item), ==, newest - i);
    }
}

static void
read_pages (SmHistory *history,
            guint      n_items)
{
  while (count_items (history) < n_items)
    {
      guint before = count_items (history);

      sm_history_load_more (history);
      run_until (count_items (history) > before || sm_history_is_complete (history));
    }
  run_until (sm_history_get_state (history) == SM_HISTORY_READY);
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (SmHistoryFilter) filter = sm_history_filter_new ();
  g_autoptr (SmHistory) history = NULL;
  g_autoptr (SmItem) last = NULL;

  filter->station_id = 2;
  filter->kind = g_strdup ("swap");
  filter->process = g_strdup ("completed,aborted");
  filter->from = BASE;
  filter->to = BASE + G_USEC_PER_SEC;
  history = sm_ops_history_new (fixture->ops, SM_NOUN_ORDER, filter);
  g_assert_cmpint (sm_history_get_state (history), ==, SM_HISTORY_LOADING);
  g_assert_cmpuint (count_items (history), ==, 0);
  run_until (sm_history_get_state (history) == SM_HISTORY_READY);
  g_assert_cmpstr (asked (fixture, 0), ==,
                   "sort=-ended_at&limit=100&station_id=2&kind=swap&process=completed%2Caborted"
                   "&ended_from=2026-01-01T00%3A00%3A00Z"
                   "&ended_to=2026-01-01T00%3A00%3A01Z");
  g_assert_cmpuint (count_items (history), ==, 100);
  g_assert_false (sm_history_is_complete (history));
  /* Looking at one of the last asks for more, by the service's own link. */
  last = get_item (history, 99);
  run_until (count_items (history) == 200);
  g_assert_cmpstr (asked (fixture, 1), ==, "p=150&odd=%26");
  sm_history_load_more (history);
  run_until (sm_history_is_complete (history));
  g_assert_cmpuint (count_items (history), ==, 250);
  assert_orders (history, 250);
  /* There is nothing more, and nobody asks for it. */
  sm_history_load_more (history);
  g_assert_cmpuint (fixture->asked->len, ==, 3);
}

/* Pages that overlap, as when something was put in between. */
static void
test_overlap (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (SmHistory) history = sm_ops_history_new (fixture->ops, SM_NOUN_ORDER, NULL);

  fixture->again = 7;
  run_until (count_items (history) == 100);
  read_pages (history, 250);
  g_assert_cmpuint (count_items (history), ==, 250);
  assert_orders (history, 250);
}

static void
changed_cb (GListModel *list,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  *(guint *) user_data += removed;
}

static void
test_stable (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (SmHistory) history = sm_ops_history_new (fixture->ops, SM_NOUN_ORDER, NULL);
  g_autoptr (SmItem) first = NULL, same = NULL, newer = NULL;
  guint removed = 0;

  run_until (count_items (history) == 100);
  g_signal_connect (history, "items-changed", G_CALLBACK (changed_cb), &removed);
  first = get_item (history, 0);
  /* More happens meanwhile: what is there stays where it is. */
  fixture->n = 260;
  read_pages (history, 250);
  same = get_item (history, 0);
  g_assert_true (same == first);
  g_assert_cmpuint (removed, ==, 0);
  assert_orders (history, 250);
  sm_history_refresh (history);
  g_assert_cmpuint (count_items (history), ==, 0);
  run_until (count_items (history) == 100);
  newer = get_item (history, 0);
  g_assert_cmpint (sm_item_get_id (newer), ==, 260);
}

static void
test_eviction (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (SmHistory) history = NULL;
  g_autoptr (SmItem) first = NULL, same = NULL;
  guint kept = 0, n_asked;

  fixture->n = 2000;
  history = sm_ops_history_new (fixture->ops, SM_NOUN_ORDER, NULL);
  run_until (count_items (history) == 100);
  first = get_item (history, 0);
  g_assert_true (has_row (first));
  read_pages (history, 2000);
  n_asked = fixture->asked->len;
  g_assert_false (has_row (first));
  g_assert_cmpint (sm_item_get_id (first), ==, 2000);
  /* Looked at again it comes back, as the item that it was. */
  same = get_item (history, 0);
  g_assert_true (same == first);
  run_until (has_row (first));
  g_assert_cmpstr (sm_row_get_text (sm_item_get_row (first), SM_ORDER_NUMBER), ==, "N2000");
  g_assert_cmpuint (fixture->asked->len, ==, n_asked + 1);
  g_assert_cmpstr (asked (fixture, n_asked), ==, asked (fixture, 0));
  for (guint i = 0; i < 2000; i += PAGE)
    {
      g_autoptr (SmItem) item = get_item (history, i);

      kept += has_row (item);
    }
  g_assert_cmpuint (kept, <=, 8);
}

static void
test_error (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (SmHistory) history = sm_ops_history_new (fixture->ops, SM_NOUN_ORDER, NULL);
  guint n_asked;

  run_until (count_items (history) == 100);
  fixture->body = "{\"items\":[{\"id\":";
  sm_history_load_more (history);
  run_until (sm_history_get_state (history) == SM_HISTORY_FAILED);
  g_assert_cmpstr (sm_history_get_problem (history), ==, "unexpected-answer");
  /* What is there stays, and nothing is asked until somebody wants it. */
  g_assert_cmpuint (count_items (history), ==, 100);
  n_asked = fixture->asked->len;
  assert_orders (history, 250);
  g_assert_cmpuint (fixture->asked->len, ==, n_asked);
  fixture->body = NULL;
  sm_history_refresh (history);
  run_until (sm_history_get_state (history) == SM_HISTORY_READY);
  g_assert_null (sm_history_get_problem (history));
  read_pages (history, 250);
  assert_orders (history, 250);
}

static void
test_offline (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (SmHistoryFilter) filter = sm_history_filter_new ();
  g_autoptr (SmHistory) history = sm_ops_history_new (fixture->ops, SM_NOUN_ORDER, NULL);
  g_autoptr (SmHistory) cached = NULL;
  g_autoptr (SmHistory) aborted = NULL;
  g_autoptr (SmHistory) nothing = NULL;

  run_until (count_items (history) == 100);
  read_pages (history, 200);
  g_clear_object (&history);
  stop (fixture);
  soup_server_disconnect (fixture->server);
  start (fixture);
  run_until (sm_status_get_state (sm_ops_get_status (fixture->ops)) == SM_STATUS_OFFLINE);
  /* Of 250 it has the 200 that were read, and says from when to when. */
  cached = sm_ops_history_new (fixture->ops, SM_NOUN_ORDER, NULL);
  run_until (sm_history_get_state (cached) == SM_HISTORY_CACHED);
  sm_history_load_more (cached);
  run_until (count_items (cached) == 200);
  sm_history_load_more (cached);
  run_until (sm_history_is_complete (cached));
  assert_orders (cached, 250);
  g_assert_cmpint (sm_history_get_cached_to (cached), ==, BASE + 250 * MINUTE);
  g_assert_cmpint (sm_history_get_cached_from (cached), ==, BASE + 51 * MINUTE);
  /* Filters hold there, too. */
  filter->process = g_strdup ("aborted,cancelled");
  filter->station_id = 1;
  aborted = sm_ops_history_new (fixture->ops, SM_NOUN_ORDER, filter);
  run_until (sm_history_is_complete (aborted));
  g_assert_cmpuint (count_items (aborted), ==, 34);
  filter->vehicle_id = 5;
  nothing = sm_ops_history_new (fixture->ops, SM_NOUN_ORDER, filter);
  run_until (sm_history_is_complete (nothing));
  g_assert_cmpuint (count_items (nothing), ==, 0);
  g_assert_cmpint (sm_history_get_cached_from (nothing), ==, SM_UNKNOWN);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ops/history/pages-follow-the-services-link", test_pages);
  ADD ("/ops/history/pages-may-overlap", test_overlap);
  ADD ("/ops/history/rows-stay-where-they-are", test_stable);
  ADD ("/ops/history/far-pages-go-and-come-back", test_eviction);
  ADD ("/ops/history/says-what-failed", test_error);
  ADD ("/ops/history/offline-has-what-was-read", test_offline);
  return g_test_run ();
}
