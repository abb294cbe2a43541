/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>
#include <unistd.h>

#include "sm-client.h"
#include "sm-error.h"
#include "sm-session.h"
#include "sm-test-memory.h"

/* A3 toward the application: a service that packs 300 MiB into 300 KiB.  The
 * application takes no packed answers from this machine by its usual names, so
 * it is called here by one that is not usual. */

#define MIB (1024 * 1024)
#define N_MIB 300
#define MOST_KB (64 * 1024)

typedef struct
{
  GMainContext *context;
  GMainLoop *loop;
  GBytes *bomb;
  char *url;
  int is_ready; /* atomic */
} Stranger;

static GBytes *
pack (char byte)
{
  g_autoptr (GConverter) packer =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, packer);
  g_autofree char *piece = g_strnfill (MIB, byte);

  for (guint i = 0; i < N_MIB; i++)
    g_assert_true (g_output_stream_write_all (out, piece, MIB, NULL, NULL, NULL));
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  Stranger *self = user_data;
  gboolean is_problem = g_str_has_suffix (path, "/problem");

  soup_message_headers_append (soup_server_message_get_response_headers (message),
                               "Content-Encoding", "gzip");
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Content-Type",
                               is_problem ? "application/problem+json" : "application/json");
  soup_server_message_set_status (message, is_problem ? 422 : 200, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), self->bomb);
}

static gpointer
stranger_main (gpointer data)
{
  Stranger *self = data;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  g_main_context_push_thread_default (self->context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, asked_cb, self, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  self->url = g_strdup_printf ("http://0.0.0.0:%d", g_uri_get_port (uris->data));
  g_atomic_int_set (&self->is_ready, TRUE);
  g_main_loop_run (self->loop);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* Returns: (transfer full): what the application said of it */
static GError *
read_answer (SmClient   *client,
             const char *path)
{
  const SmRequest request = { .method = "GET", .path = path, .anonymous = TRUE };
  GError *error = NULL;
  g_autoptr (SmResponse) response = sm_client_send (client, &request, NULL, &error);
  g_autoptr (SmJsonReader) reader = response != NULL ? sm_response_read_feed (response) : NULL;

  /* As somebody who does not know what it is: all of it is read and passed over. */
  if (reader != NULL)
    {
      sm_json_reader_skip_value (reader);
      g_assert_false (sm_json_reader_finish (reader, &error));
    }
  g_assert_nonnull (error);
  return error;
}

static void
assert_modest (Stranger   *stranger,
               const char *what)
{
  static const char *const paths[] = { "/feed", "/problem" };
  g_autoptr (SmAuth) auth = sm_auth_new ();
  g_autoptr (SmClock) clock = sm_clock_new_manual (0);
  g_autoptr (SmClient) client = sm_client_new (stranger->url, auth, clock, 30, NULL);
  gint64 before = sm_test_memory_begin (getpid ()), grown;
  g_autoptr (GError) error = NULL;

  g_assert_null (sm_session_check (client, NULL, &error));
  g_test_message ("%s: %s, %s", what, sm_error_get_slug (error), error->message);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) other = read_answer (client, paths[i]);

      g_test_message ("%s %s: %s", what, paths[i], other->message);
      g_assert_true (other->domain == SM_ERROR && other->code != SM_ERROR_OFFLINE);
    }
  grown = sm_test_memory_peak (getpid ()) - before;
  g_test_message ("%s took %" G_GINT64_FORMAT " KiB", what, grown);
  if (SM_TEST_MEMORY_TELLS)
    g_assert_cmpint (grown, <, MOST_KB);
}

static void
test_packed (gconstpointer byte)
{
  g_autofree char *what = g_strdup_printf ("%d MiB of '%s'", N_MIB, (const char *) byte);
  Stranger stranger = { .bomb = pack (*(const char *) byte) };
  GThread *thread;

  stranger.context = g_main_context_new ();
  stranger.loop = g_main_loop_new (stranger.context, FALSE);
  thread = g_thread_new ("stranger", stranger_main, &stranger);
  while (!g_atomic_int_get (&stranger.is_ready))
    g_thread_yield ();
  assert_modest (&stranger, what);
  g_main_loop_quit (stranger.loop);
  g_thread_join (thread);
  g_main_loop_unref (stranger.loop);
  g_main_context_unref (stranger.context);
  g_bytes_unref (stranger.bomb);
  g_free (stranger.url);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sm_client_prepare ();
  g_test_add_data_func ("/faults/packed/spaces", " ", test_packed);
  g_test_add_data_func ("/faults/packed/brackets", "[", test_packed);
  return g_test_run ();
}
