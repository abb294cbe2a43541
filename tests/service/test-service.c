/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sm-driving-events.h"
#include "sm-movements.h"
#include "sm-noun.h"
#include "sm-orders.h"
#include "sm-stations.h"
#include "sm-test-server.h"

/* What the contract promises, asked for over HTTP. */

#define KEY_1 "01934a5e-0000-7000-8000-000000000001"

static void
api_client (SmTestServer *server)
{
  g_autoptr (SmTestAnswer) answer = sm_test_ask (server, "GET", "/api", NULL);
  g_autoptr (JsonObject) api = sm_test_answer_object (answer);
  g_autoptr (SmTestAnswer) contract = sm_test_ask (server, "GET", "/api/v1/openapi.json", NULL);
  g_autoptr (SmTestAnswer) ready = sm_test_ask (server, "GET", "/readyz", NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (json_object_get_string_member (api, "product"), ==, "stationmaster-service");
  g_assert_cmpstr (json_object_get_string_member (api, "network"), ==, "Test");
  g_assert_false (json_object_get_boolean_member (api, "demo_sign_in"));
  g_assert_cmpstr (sm_test_answer_header (answer, "stationmaster-time"), ==,
                   "2023-11-14T22:13:20Z;rate=1");
  g_assert_cmpstr (sm_test_answer_header (answer, "cache-control"), ==, "no-store");
  g_assert_cmpuint (contract->status, ==, 200);
  g_assert_nonnull (strstr (contract->body, "\"openapi\""));
  g_assert_cmpuint (ready->status, ==, 200);
}

static void
test_api (void)
{
  sm_test_server_try (api_client, FALSE);
}

static void
sign_in_client (SmTestServer *server)
{
  g_autoptr (SmTestAnswer) wrong =
      sm_test_service_send (server->client, "POST", "/api/v1/session", NULL, NULL,
                            "{\"name\":\"olga\",\"password\":\"no\"}");
  g_autoptr (SmTestAnswer) demo = sm_test_service_send (server->client, "POST", "/api/v1/session",
                                                        NULL, NULL, "{\"demo\":true}");
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autoptr (JsonObject) me = sm_test_service_get (server->client, "/api/v1/me", token);
  g_autoptr (SmTestAnswer) out = NULL;
  g_autoptr (SmTestAnswer) after = NULL;

  g_assert_cmpuint (wrong->status, ==, 401);
  g_assert_nonnull (sm_test_answer_header (wrong, "www-authenticate"));
  sm_test_assert_problem (demo, 403, "demo-not-here");
  g_assert_cmpstr (json_object_get_string_member (me, "name"), ==, "olga");
  g_assert_cmpstr (json_object_get_string_member (me, "role"), ==, "operator");
  out = sm_test_ask (server, "DELETE", "/api/v1/session", token);
  g_assert_cmpuint (out->status, ==, 204);
  after = sm_test_ask (server, "GET", "/api/v1/me", token);
  g_assert_cmpuint (after->status, ==, 401);
}

static void
test_sign_in (void)
{
  sm_test_server_try (sign_in_client, FALSE);
}

static void
refresh_client (SmTestServer *server)
{
  g_autoptr (JsonObject) first =
      sm_test_service_post (server->client, "/api/v1/session", NULL, NULL, "{\"demo\":true}");
  g_autofree char *body =
      g_strdup_printf ("{\"refresh_token\":\"%s\"}",
                       json_object_get_string_member (first, "refresh_token"));
  g_autoptr (JsonObject) second =
      sm_test_service_post (server->client, "/api/v1/session", NULL, NULL, body);
  g_autoptr (JsonObject) me = NULL;
  g_autoptr (SmTestAnswer) expired = NULL;
  const char *token = json_object_get_string_member (second, "token");

  g_assert_cmpstr (token, !=, json_object_get_string_member (first, "token"));
  me = sm_test_service_get (server->client, "/api/v1/me", token);
  g_assert_nonnull (me);
  sm_test_server_tick (server, json_object_get_int_member (second, "expires_in") + 1);
  expired = sm_test_ask (server, "GET", "/api/v1/me", token);
  g_assert_cmpuint (expired->status, ==, 401);
}

static void
test_refresh (void)
{
  sm_test_server_try (refresh_client, TRUE);
}

static void
token_client (SmTestServer *server)
{
  static const char *const paths[] = { "/api/v1/me",       "/api/v1/changes",
                                       "/api/v1/stations", "/api/v1/live/vehicles",
                                       "/api/v1/alarms/1", "/api/v1/audit" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (SmTestAnswer) none = sm_test_ask (server, "GET", paths[i], NULL);
      g_autoptr (SmTestAnswer) wrong = sm_test_ask (server, "GET", paths[i], "not-a-token");
      g_autoptr (SmTestAnswer) device = sm_test_ask (server, "GET", paths[i], server->gateway);

      sm_test_assert_problem (none, 401, "token-missing");
      g_assert_cmpuint (wrong->status, ==, 401);
      sm_test_assert_problem (device, 403, "persons-only");
    }
}

static void
test_token (void)
{
  sm_test_server_try (token_client, FALSE);
}

static void
permission_client (SmTestServer *server)
{
  g_autofree char *wanda = sm_test_server_sign_in (server, "wanda");
  g_autoptr (SmTestAnswer) audit = sm_test_ask (server, "GET", "/api/v1/audit", wanda);
  g_autoptr (SmTestAnswer) ingest = sm_test_service_send (
      server->client, "POST", "/api/v1/ingest/vehicles", wanda, NULL, "{\"reports\":[]}");
  g_autoptr (SmTestAnswer) ack =
      sm_test_service_send (server->client, "POST", "/api/v1/alarms/1/acknowledge", wanda,
                            "Idempotency-Key: " KEY_1 "\r\n",
                            "{\"seen_level\":1,\"seen_count\":1}");
  g_autoptr (JsonObject) problem = sm_test_answer_object (audit);
  JsonObject *params = json_object_get_object_member (problem, "params");

  g_assert_cmpuint (audit->status, ==, 403);
  g_assert_cmpstr (json_object_get_string_member (params, "permission"), ==, "audit.read");
  sm_test_assert_problem (ingest, 403, "devices-only");
  g_assert_cmpuint (ack->status, ==, 403);
}

static void
test_permission (void)
{
  sm_test_server_try (permission_client, FALSE);
}

static guint
count_kind (JsonObject *page,
            const char *kind)
{
  JsonArray *changes = json_object_get_array_member (page, "changes");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);

      n += strcmp (json_object_get_string_member (change, "kind"), kind) == 0;
    }
  return n;
}

static char *
next_path (JsonObject *page,
           const char *more)
{
  const char *cursor = json_object_get_string_member (page, "cursor");
  g_autofree char *escaped = g_uri_escape_string (cursor, NULL, FALSE);

  return g_strdup_printf ("/api/v1/changes?since=%s%s", escaped, more);
}

/* Follows pages from @path on until there are no more. */
static JsonObject *
read_all (SmTestServer *server,
          const char   *token,
          const char   *path,
          guint        *out_stations)
{
  g_autofree char *at = g_strdup (path);
  JsonObject *page = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_clear_pointer (&page, json_object_unref);
      page = sm_test_service_get (server->client, at, token);
      *out_stations += count_kind (page, "station");
      if (!json_object_get_boolean_member (page, "more"))
        return page;
      g_free (at);
      at = next_path (page, "&limit=2");
    }
  g_error ("the feed does not end");
}

static void
changes_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  guint n_stations = 0, n_small = 0;
  g_autoptr (JsonObject) all = read_all (server, token, "/api/v1/changes", &n_stations);
  g_autoptr (JsonObject) small = read_all (server, token, "/api/v1/changes?limit=2", &n_small);
  g_autofree char *empty = next_path (all, "");
  g_autoptr (JsonObject) nothing = sm_test_service_get (server->client, empty, token);
  g_autoptr (JsonObject) one_kind =
      sm_test_service_get (server->client, "/api/v1/changes?kinds=vehicle,unicorn", token);

  g_assert_cmpuint (n_stations, ==, 2);
  g_assert_cmpuint (n_small, ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (nothing, "changes")), ==,
                    0);
  g_assert_cmpuint (count_kind (one_kind, "vehicle"), ==, 2);
  g_assert_cmpuint (count_kind (one_kind, "station"), ==, 0);
}

static void
test_changes (void)
{
  sm_test_server_try (changes_client, FALSE);
}

static void
cursors_client (SmTestServer *server)
{
  static const char *const gone[] = { "otherepoch.1.1" };
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autoptr (SmTestAnswer) broken = sm_test_ask (server, "GET", "/api/v1/changes?since=%22", token);
  g_autoptr (SmTestAnswer) limit = sm_test_ask (server, "GET", "/api/v1/changes?limit=5001", token);
  g_autoptr (SmTestAnswer) kinds =
      sm_test_ask (server, "GET", "/api/v1/changes?kinds=unicorn", token);

  g_assert_cmpuint (broken->status, ==, 400);
  sm_test_assert_problem (limit, 400, "query-malformed");
  sm_test_assert_problem (kinds, 400, "kinds-unknown");
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    {
      g_autofree char *path = g_strdup_printf ("/api/v1/changes?since=%s", gone[i]);
      g_autoptr (SmTestAnswer) answer = sm_test_ask (server, "GET", path, token);

      g_assert_cmpuint (answer->status, ==, 410);
    }
}

static void
test_cursors (void)
{
  sm_test_server_try (cursors_client, FALSE);
}

typedef struct
{
  SmTestServer *server;
  char *path;
  char *token;
} Poll;

static gpointer
poll_thread (gpointer data)
{
  Poll *poll = data;

  return sm_test_service_get (poll->server->client, poll->path, poll->token);
}

static guint
open_polls (SmTestServer *server)
{
  g_autoptr (SmTestAnswer) metrics = sm_test_ask (server, "GET", "/metrics", NULL);
  const char *line = strstr (metrics->body, "\nstationmaster_polls ");

  g_assert_nonnull (line);
  return (guint) atoi (line + strlen ("\nstationmaster_polls "));
}

/* Three wait for the same thing; none is answered before it is there. */
static void
long_poll_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  guint n_stations = 0;
  g_autoptr (JsonObject) all = read_all (server, token, "/api/v1/changes", &n_stations);
  g_autofree char *path = next_path (all, "&wait=8");
  Poll poll = { server, path, token };
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("poll", poll_thread, &poll);
  while (open_polls (server) < G_N_ELEMENTS (threads))
    ;
  sm_test_server_report (server, 95);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (JsonObject) page = g_thread_join (threads[i]);

      g_assert_cmpuint (count_kind (page, "alarm"), ==, 1);
    }
  g_assert_cmpuint (open_polls (server), ==, 0);
}

static void
test_long_poll (void)
{
  sm_test_server_try (long_poll_client, FALSE);
}

static void
live_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  static const char *const others[] = { "stations", "piles", "connectors" };
  g_autofree char *path = NULL;
  gint64 tick;

  sm_test_server_report (server, 30);
  first = sm_test_service_get (server->client, "/api/v1/live/vehicles", token);
  tick = json_object_get_int_member (first, "tick");
  g_assert_cmpint (tick, >, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (first, "id")), ==, 2);
  g_assert_cmpfloat_with_epsilon (
      json_array_get_double_element (json_object_get_array_member (first, "pack_temperature_c"), 0),
      30, 1e-3);
  path = g_strdup_printf ("/api/v1/live/vehicles?since=%" G_GINT64_FORMAT, tick);
  second = sm_test_service_get (server->client, path, token);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (second, "id")), ==, 0);
  g_assert_cmpint (json_object_get_int_member (second, "tick"), ==, tick);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *other = g_strconcat ("/api/v1/live/", others[i], NULL);
      g_autoptr (JsonObject) page = sm_test_service_get (server->client, other, token);

      g_assert_true (json_object_has_member (page, "id"));
    }
}

static void
test_live (void)
{
  sm_test_server_try (live_client, FALSE);
}

static void
live_poll_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) page = NULL;
  g_autofree char *path = NULL;
  Poll poll = { server, NULL, token };
  GThread *thread;

  sm_test_server_report (server, 30);
  first = sm_test_service_get (server->client, "/api/v1/live/vehicles", token);
  poll.path = path = g_strdup_printf ("/api/v1/live/vehicles?since=%" G_GINT64_FORMAT "&wait=8",
                                      json_object_get_int_member (first, "tick"));
  thread = g_thread_new ("poll", poll_thread, &poll);
  while (open_polls (server) == 0)
    ;
  sm_test_server_report (server, 31);
  page = g_thread_join (thread);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "id")), ==, 1);
}

static void
test_live_poll (void)
{
  sm_test_server_try (live_poll_client, FALSE);
}

static void
collections_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autoptr (SmTestAnswer) first = sm_test_ask (server, "GET", "/api/v1/stations?limit=1", token);
  g_autoptr (JsonObject) page = sm_test_answer_object (first);
  g_autoptr (JsonObject) last = NULL;
  g_autoptr (JsonObject) by_sn =
      sm_test_service_get (server->client, "/api/v1/stations?sn=S-2", token);
  g_autoptr (SmTestAnswer) unknown =
      sm_test_ask (server, "GET", "/api/v1/stations?colour=red", token);
  g_autoptr (SmTestAnswer) no_kind = sm_test_ask (server, "GET", "/api/v1/unicorns", token);
  g_autoptr (JsonObject) piles = sm_test_service_get (server->client, "/api/v1/piles", token);
  const char *link = sm_test_answer_header (first, "link");
  JsonArray *items = json_object_get_array_member (page, "items");
  g_autofree char *next = NULL;

  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  g_assert_true (g_str_has_suffix (link, ">; rel=\"next\""));
  next = g_strndup (link + 1, strchr (link, '>') - link - 1);
  last = sm_test_service_get (server->client, next, token);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (last, "items")), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (
                       json_array_get_object_element (
                           json_object_get_array_member (by_sn, "items"), 0),
                       "sn"),
                   ==, "S-2");
  sm_test_assert_problem (unknown, 400, "filter-unknown");
  sm_test_assert_problem (no_kind, 404, "route-unknown");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (piles, "items")), ==, 2);
}

static void
test_collections (void)
{
  sm_test_server_try (collections_client, FALSE);
}

static void
items_client (SmTestServer *server)
{
  static const char *const none[] = { "/api/v1/stations/999", "/api/v1/stations/0",
                                      "/api/v1/stations/-1", "/api/v1/stations/x",
                                      "/api/v1/stations/99999999999999999999" };
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autoptr (SmTestAnswer) answer = sm_test_ask (server, "GET", "/api/v1/stations/1", token);
  g_autoptr (JsonObject) station = sm_test_answer_object (answer);
  g_autofree char *etag =
      g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", json_object_get_int_member (station, "seq"));

  g_assert_cmpstr (json_object_get_string_member (station, "sn"), ==, "S-1");
  g_assert_cmpstr (sm_test_answer_header (answer, "etag"), ==, etag);
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (SmTestAnswer) missing = sm_test_ask (server, "GET", none[i], token);

      g_assert_cmpuint (missing->status, ==, 404);
    }
}

static void
test_items (void)
{
  sm_test_server_try (items_client, FALSE);
}

/* A row of a noun that says no more than it must. */
static SmRow *
make_least (const SmNoun *noun,
            gint64        now)
{
  SmRow *row = sm_row_new (noun);

  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    {
      const SmField *field = &noun->fields[i];

      if (field->klass != SM_RECORD || !(field->flags & SM_FIELD_REQUIRED))
        continue;
      if (field->kind == SM_KIND_ENUM)
        sm_row_set_text (row, i, field->slugs[0]);
      else if (field->kind == SM_KIND_NAME)
        sm_row_set_text (row, i, "{\"en\":\"Thing\"}");
      else if (sm_kind_is_text (field->kind))
        sm_row_set_text (row, i, noun->name);
      else if (field->kind == SM_KIND_REAL)
        sm_row_set_real (row, i, 1);
      else
        sm_row_set_int (row, i, field->kind == SM_KIND_TIME ? now : 1); /* what is old is forgotten */
    }
  return row;
}

/* The nouns that the server has none of yet, and what happens among them. */
static gpointer
add_the_rest (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");
  gint64 now = sm_clock_now (sm_rules_get_network_clock (rules));

  for (guint i = SM_NOUN_ORGANISATION; i < SM_N_NOUNS; i++)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
      gboolean ok;

      g_ptr_array_add (rows, make_least (sm_noun_get (i), now));
      if (i == SM_NOUN_ORDER)
        ok = sm_orders_put (rules, actor, rows, error);
      else if (i == SM_NOUN_BATTERY_MOVEMENT)
        ok = sm_movements_put (rules, actor, rows, error);
      else if (i == SM_NOUN_DRIVING_EVENT)
        ok = sm_driving_events_put (rules, actor, rows, error);
      else
        ok = sm_registry_fill (rules, actor, rows, error);
      if (!ok)
        return NULL;
    }
  return NULL;
}

/* Every noun has its collection, and each thing in it its place. */
static void
nouns_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "adam");
  g_autoptr (GError) error = NULL;

  sm_rules_run_sync (server->rules, add_the_rest, NULL, &error);
  g_assert_no_error (error);
  sm_test_server_report (server, 95);
  for (guint i = 0; i < SM_N_NOUNS; i++)
    {
      const char *plural = sm_noun_get (i)->plural;
      g_autofree char *path = g_strdup_printf ("/api/v1/%s", plural);
      g_autoptr (JsonObject) page = sm_test_service_get (server->client, path, token);
      JsonArray *items = json_object_get_array_member (page, "items");

      for (guint k = 0; k < json_array_get_length (items); k++)
        {
          JsonObject *item = json_array_get_object_element (items, k);
          gint64 id = json_object_get_int_member (item, "id");
          g_autofree char *own = g_strdup_printf ("%s/%" G_GINT64_FORMAT, path, id);
          g_autoptr (JsonObject) alone = sm_test_service_get (server->client, own, token);

          g_assert_cmpint (json_object_get_int_member (alone, "id"), ==, id);
          g_assert_cmpint (json_object_get_int_member (alone, "seq"), ==,
                           json_object_get_int_member (item, "seq"));
        }
      g_assert_cmpuint (json_array_get_length (items), >, 0);
    }
}

/* The same in the order of its time, page by page, with what it is asked for. */
static void
history_client (SmTestServer *server)
{
  static const struct
  {
    const char *path;
    guint status;
    guint n;
  } cases[] = {
    { "/api/v1/orders?sort=-ended_at&kind=swap&process=created", 200, 1 },
    { "/api/v1/orders?kind=charge", 200, 0 },
    { "/api/v1/orders?station_id=1", 200, 1 },
    { "/api/v1/orders?station_id=1&ended_from=2000-01-01T00:00:00Z", 200, 0 },
    { "/api/v1/orders?ended_to=2100-01-01T00:00:00Z", 200, 0 },
    { "/api/v1/battery_movements?battery_id=1&sort=at&limit=1", 200, 1 },
    { "/api/v1/driving_events?at_to=2100-01-01T00:00:00Z", 200, 1 },
    { "/api/v1/alarms?sort=-raised_at&level=2", 200, 1 },
    { "/api/v1/stats/now", 200, 0 },
    { "/api/v1/stats/area_quarter", 200, 0 },
    { "/api/v1/stats/station_day?from=20200101", 200, 0 },
    { "/api/v1/orders?colour=red", 400, 0 },
    { "/api/v1/orders?sort=amount_minor", 400, 0 },
    { "/api/v1/orders?after=x", 400, 0 },
    { "/api/v1/orders?ended_from=yesterday", 400, 0 },
    { "/api/v1/stats/unicorns", 404, 0 },
  };
  g_autofree char *token = sm_test_server_sign_in (server, "adam");
  g_autoptr (GError) error = NULL;

  sm_rules_run_sync (server->rules, add_the_rest, NULL, &error);
  g_assert_no_error (error);
  sm_test_server_report (server, 95);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SmTestAnswer) answer = sm_test_ask (server, "GET", cases[i].path, token);
      g_autoptr (JsonObject) page = NULL;

      g_test_message ("%s", cases[i].path);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      page = sm_test_answer_object (answer);
      if (cases[i].n > 0)
        g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "items")), ==,
                          cases[i].n);
    }
}

static void
test_history (void)
{
  sm_test_server_try (history_client, FALSE);
}

static void
test_nouns (void)
{
  sm_test_server_try (nouns_client, FALSE);
}

static void
test_listen (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (NULL, FALSE);
  static const char *const refused[] = { "0.0.0.0:0", "192.0.2.1:80", "[::]:0",
                                         "nonsense",  "",             "x:y" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (sm_service_listen (server->service, refused[i], FALSE, NULL, &error));
      g_assert_nonnull (error);
      if (i < 3)
        g_assert_nonnull (strstr (error->message, "--allow-plain"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/api/says-what-it-is", test_api);
  g_test_add_func ("/service/session/sign-in-and-out", test_sign_in);
  g_test_add_func ("/service/session/refresh-and-expiry", test_refresh);
  g_test_add_func ("/service/session/token-on-every-request", test_token);
  g_test_add_func ("/service/session/permission-is-named", test_permission);
  g_test_add_func ("/service/changes/snapshot-by-pages", test_changes);
  g_test_add_func ("/service/changes/cursors-that-do-not-serve", test_cursors);
  g_test_add_func ("/service/changes/long-poll", test_long_poll);
  g_test_add_func ("/service/live/only-what-moved", test_live);
  g_test_add_func ("/service/live/long-poll", test_live_poll);
  g_test_add_func ("/service/rows/collections", test_collections);
  g_test_add_func ("/service/rows/items", test_items);
  g_test_add_func ("/service/rows/every-noun", test_nouns);
  g_test_add_func ("/service/rows/history", test_history);
  g_test_add_func ("/service/listen/loopback-unless-told", test_listen);
  return g_test_run ();
}
