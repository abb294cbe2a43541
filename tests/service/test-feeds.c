/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-server.h"

#include <string.h>

/* How the feeds serve many: what is new is read, encoded and compressed once for
 * everyone who waits for it with the same rights. */

#define N_POLLERS 20

typedef struct
{
  SmTestServer *server;
  char *path;
  char *token;
  const char *headers;
} Poll;

static gpointer
poll_thread (gpointer data)
{
  Poll *poll = data;

  return sm_test_service_send (poll->server->client, "GET", poll->path, poll->token,
                               poll->headers, NULL);
}

static guint
figure (SmTestServer *server,
        const char   *name)
{
  g_autoptr (SmTestAnswer) metrics = sm_test_ask (server, "GET", "/metrics", NULL);
  g_autofree char *start = g_strdup_printf ("\nstationmaster_%s ", name);
  const char *line = strstr (metrics->body, start);

  g_assert_nonnull (line);
  return (guint) atoi (line + strlen (start));
}

static char *
live_path (SmTestServer *server,
           const char   *token)
{
  g_autoptr (JsonObject) first = sm_test_service_get (server->client, "/api/v1/live/vehicles", token);

  return g_strdup_printf ("/api/v1/live/vehicles?since=%" G_GINT64_FORMAT "&wait=8",
                          json_object_get_int_member (first, "tick"));
}

static char *
changes_path (SmTestServer *server,
              const char   *token)
{
  g_autoptr (JsonObject) first = sm_test_service_get (server->client, "/api/v1/changes", token);

  g_assert_false (json_object_get_boolean_member (first, "more"));
  return g_strdup_printf ("/api/v1/changes?since=%s&wait=8",
                          json_object_get_string_member (first, "cursor"));
}

/* Lets all wait, has something happen, and gives every one's answer to @check. */
static void
serve_all (SmTestServer *server,
           Poll         *polls,
           void        (*happen) (SmTestServer *server),
           void        (*check) (const SmTestAnswer *answer,
                                 const SmTestAnswer *first))
{
  GThread *threads[N_POLLERS];
  g_autoptr (SmTestAnswer) first = NULL;

  for (guint i = 0; i < N_POLLERS; i++)
    threads[i] = g_thread_new ("poll", poll_thread, &polls[i]);
  while (figure (server, "polls") < N_POLLERS)
    ;
  happen (server);
  for (guint i = 0; i < N_POLLERS; i++)
    {
      SmTestAnswer *answer = g_thread_join (threads[i]);

      g_assert_cmpuint (answer->status, ==, 200);
      check (answer, first != NULL ? first : answer);
      if (first == NULL)
        first = answer;
      else
        sm_test_answer_free (answer);
    }
}

/* One vehicle moves, and its pack is so hot that there is an alarm. */
static void
report_heat (SmTestServer *server)
{
  sm_test_server_report (server, 95);
}

/* To something that is long enough to be worth compressing. */
static void
rename_station (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "adam");
  g_autoptr (SmTestAnswer) before = sm_test_ask (server, "GET", "/api/v1/stations/1", token);
  g_autofree char *headers
    = g_strdup_printf ("If-Match: %s\r\nIdempotency-Key: 018f0000-0000-7000-8000-000000000001\r\n",
                       sm_test_answer_header (before, "etag"));
  g_autofree char *x = g_strnfill (150, 'x');
  g_auto (GStrv) parts = g_strsplit (x, "x", -1);
  g_autofree char *name = g_strjoinv ("港", parts);
  g_autofree char *body
    = g_strdup_printf ("{\"name\":{\"en\":\"%s\",\"zh-CN\":\"%s\"}}", name, name);
  g_autoptr (SmTestAnswer) after
    = sm_test_service_send (server->client, "PATCH", "/api/v1/stations/1", token, headers, body);

  g_assert_cmpuint (after->status, ==, 200);
}

static void
check_same (const SmTestAnswer *answer,
            const SmTestAnswer *first)
{
  g_assert_cmpmem (answer->body, answer->length, first->body, first->length);
}

/* How many answers are encoded for @n_people who wait for the same thing. */
static guint
count_readings (SmTestServer *server,
                char       *(*make_path) (SmTestServer *server, const char *token),
                const char  **names,
                guint         n_names)
{
  g_autofree char *first_token = sm_test_server_sign_in (server, names[0]);
  g_autofree char *last_token = sm_test_server_sign_in (server, names[n_names - 1]);
  g_autofree char *path = make_path (server, first_token);
  Poll polls[N_POLLERS];
  guint before = figure (server, "feed_readings");

  for (guint i = 0; i < N_POLLERS; i++)
    polls[i] = (Poll){ server, path, i % 2 == 0 ? first_token : last_token, NULL };
  serve_all (server, polls, report_heat, check_same);
  return figure (server, "feed_readings") - before;
}

/* One reading finds nothing yet, the next one has what all were waiting for;
 * of a feed that moves twice while it is read there may be one more. */
static void
live_once_client (SmTestServer *server)
{
  const char *names[] = { "olga" };

  sm_test_server_report (server, 30);
  g_assert_cmpuint (count_readings (server, live_path, names, 1), <=, 3);
}

static void
test_live_once (void)
{
  sm_test_server_try (live_once_client, FALSE);
}

static void
changes_once_client (SmTestServer *server)
{
  const char *names[] = { "olga" };

  g_assert_cmpuint (count_readings (server, changes_path, names, 1), <=, 3);
}

static void
test_changes_once (void)
{
  sm_test_server_try (changes_once_client, FALSE);
}

/* People with the same rights are served by the same answer. */
static void
scope_client (SmTestServer *server)
{
  const char *names[] = { "olga", "otto" };

  sm_test_server_report (server, 30);
  g_assert_cmpuint (count_readings (server, live_path, names, 2), <=, 3);
}

static void
test_scope (void)
{
  sm_test_server_try (scope_client, FALSE);
}

static void
check_gzip (const SmTestAnswer *answer,
            const SmTestAnswer *first)
{
  g_assert_cmpstr (sm_test_answer_header (answer, "content-encoding"), ==, "gzip");
  g_assert_cmpstr (sm_test_answer_header (answer, "vary"), ==, "Accept-Encoding");
  check_same (answer, first);
}

/* Returns: (transfer full): @answer's body, expanded */
static char *
expand (const SmTestAnswer *answer,
        gsize              *out_length)
{
  g_autoptr (GZlibDecompressor) decompressor
    = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out
    = g_converter_output_stream_new (memory, G_CONVERTER (decompressor));
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (out, answer->body, answer->length, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (out, NULL, &error);
  g_assert_no_error (error);
  *out_length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (memory));
}

/* All that is known, compressed, says the same as the same in plain. */
static void
gzip_whole_client (SmTestServer *server)
{
  static const char *const refusals[]
    = { NULL, "Accept-Encoding: identity\r\n", "Accept-Encoding: gzip;q=0\r\n",
        "Accept-Encoding: br\r\n" };
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autoptr (SmTestAnswer) packed = sm_test_service_send (
    server->client, "GET", "/api/v1/changes", token, "Accept-Encoding: br, gzip;q=0.5\r\n", NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_cmpstr (sm_test_answer_header (packed, "content-encoding"), ==, "gzip");
  text = expand (packed, &length);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (SmTestAnswer) plain
        = sm_test_service_send (server->client, "GET", "/api/v1/changes", token, refusals[i], NULL);

      g_assert_null (sm_test_answer_header (plain, "content-encoding"));
      g_assert_cmpmem (plain->body, plain->length, text, length);
      g_assert_cmpuint (plain->length, >, 2 * packed->length);
    }
}

static void
test_gzip_whole (void)
{
  SmServiceOptions options = { .packs_locally = TRUE };
  g_autoptr (SmTestServer) server = sm_test_server_new (&options, FALSE);

  sm_test_server_run (server, gzip_whole_client);
}

/* A page of changes that many wait for is compressed once. */
static void
gzip_once_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autofree char *path = changes_path (server, token);
  Poll polls[N_POLLERS];
  guint before = figure (server, "packings");

  for (guint i = 0; i < N_POLLERS; i++)
    polls[i] = (Poll){ server, path, token, "Accept-Encoding: gzip\r\n" };
  serve_all (server, polls, rename_station, check_gzip);
  g_assert_cmpuint (figure (server, "packings") - before, ==, 1);
}

static void
test_gzip_once (void)
{
  SmServiceOptions options = { .packs_locally = TRUE };
  g_autoptr (SmTestServer) server = sm_test_server_new (&options, FALSE);

  sm_test_server_run (server, gzip_once_client);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/feeds/live-encoded-once", test_live_once);
  g_test_add_func ("/service/feeds/changes-encoded-once", test_changes_once);
  g_test_add_func ("/service/feeds/once-for-a-scope", test_scope);
  g_test_add_func ("/service/feeds/gzip-says-the-same", test_gzip_whole);
  g_test_add_func ("/service/feeds/gzip-once", test_gzip_once);
  return g_test_run ();
}
