/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sm-test-full.h"
#include "sm-test-memory.h"
#include "sm-test-server.h"

/* A3, A4 and A5 toward the service: what costs its sender little may cost us no
 * more than that.  Deadlines are short here; what is asserted is their order. */

#define MIB (1024 * 1024)
#define BODY (200 * (gsize) MIB)
#define PIECE ((gsize) 64 * 1024)
#define MOST_BODY_KB (64 * 1024)
#define MOST_READERS_KB (32 * 1024)

static void
assert_modest (gint64      before,
               gint64      most,
               const char *what)
{
  gint64 grown = sm_test_memory_peak (getpid ()) - before;

  g_test_message ("%s took %" G_GINT64_FORMAT " KiB", what, grown);
  if (SM_TEST_MEMORY_TELLS)
    g_assert_cmpint (grown, <, most);
}

/* Returns: the status of what was answered; 0: the connection was ended */
static guint
read_status (GSocketConnection *connection)
{
  char answer[64] = "";

  g_socket_receive (g_socket_connection_get_socket (connection), answer, sizeof answer - 1, NULL,
                    NULL);
  return g_str_has_prefix (answer, "HTTP/1.1 ") ? (guint) atoi (answer + strlen ("HTTP/1.1 ")) : 0;
}

/* Sends until all is sent or nobody takes it any more. */
static guint
send_large (SmTestServer *server,
            const char   *path,
            gboolean      is_chunked)
{
  g_autoptr (GSocketConnection) connection = sm_test_service_connect (server->client);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *length = is_chunked ? g_strdup ("Transfer-Encoding: chunked")
                                       : g_strdup_printf ("Content-Length: %zu", BODY);
  g_autofree char *head = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                                           "Bearer %s\r\nContent-Type: application/json\r\n%s\r\n\r\n",
                                           path, server->gateway, length);
  g_autofree char *spaces = g_strnfill (PIECE, ' ');
  g_autofree char *piece = is_chunked ? g_strdup_printf ("%zx\r\n%s\r\n", PIECE, spaces)
                                      : g_steal_pointer (&spaces);
  gboolean goes_on = g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);

  for (gsize sent = 0; goes_on && sent < BODY; sent += PIECE)
    goes_on = g_output_stream_write_all (out, piece, strlen (piece), NULL, NULL, NULL);
  if (goes_on && is_chunked)
    g_output_stream_write_all (out, "0\r\n\r\n", 5, NULL, NULL, NULL);
  return read_status (connection);
}

static void
large_client (SmTestServer *server)
{
  static const char *const paths[] = { "/api/v1/session", "/api/v1/ingest/vehicles" };
  gint64 before = sm_test_memory_begin (getpid ());

  for (guint i = 0; i < G_N_ELEMENTS (paths) * 2; i++)
    {
      guint status = send_large (server, paths[i / 2], i % 2 == 1);

      g_test_message ("%s %s: %u", paths[i / 2], i % 2 == 1 ? "in chunks" : "with its length",
                      status);
      g_assert_true (status == 0 || status == 413);
    }
  assert_modest (before, MOST_BODY_KB, "4 bodies of 200 MiB");
  sm_test_assert_serves (server->client);
}

static void
test_large (void)
{
  sm_test_server_try (large_client, FALSE);
}

static char *
pack_spaces (gsize *out_length)
{
  g_autoptr (GConverter) packer =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, packer);
  g_autofree char *piece = g_strnfill (MIB, ' ');

  for (guint i = 0; i < 200; i++)
    g_assert_true (g_output_stream_write_all (out, piece, MIB, NULL, NULL, NULL));
  g_output_stream_close (out, NULL, NULL);
  *out_length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
packed_client (SmTestServer *server)
{
  static const char *const codings[] = { "gzip", "x-gzip", "deflate", "br", "gzip, gzip",
                                         "identity, gzip" };
  gsize length;
  g_autofree char *bomb = pack_spaces (&length);
  gint64 before = sm_test_memory_begin (getpid ());

  for (guint i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      g_autofree char *head = g_strdup_printf (
          "POST /api/v1/ingest/vehicles HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
          "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
          "Content-Encoding: %s\r\nContent-Length: %zu\r\n\r\n", server->gateway, codings[i],
          length);
      g_autoptr (GByteArray) all = g_byte_array_new ();
      g_autoptr (SmTestAnswer) answer = NULL;

      g_byte_array_append (all, (const guint8 *) head, (guint) strlen (head));
      g_byte_array_append (all, (const guint8 *) bomb, (guint) length);
      answer = sm_test_service_send_raw (server->client, (const char *) all->data, all->len);
      g_assert_true (answer->status == 0 || (answer->status >= 400 && answer->status < 500));
    }
  assert_modest (before, MOST_BODY_KB, "200 MiB in 200 KiB of gzip, six times");
}

static void
test_packed (void)
{
  sm_test_server_try (packed_client, FALSE);
}

static gboolean
has_ended (GSocketConnection *connection)
{
  char byte;

  return g_socket_receive (g_socket_connection_get_socket (connection), &byte, 1, NULL, NULL) <= 0;
}

typedef struct
{
  SmTestServer *server;
  GPtrArray *dripping; /* of GSocketConnection */
  int ended;           /* atomic: all are gone */
  GArray *took;        /* of gint64, µs */
} Crowd;

/* One byte each in turn, until the service has hung up on all of them. */
static gpointer
drip_main (gpointer data)
{
  static const char request[] = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ";
  Crowd *crowd = data;
  guint n_open = crowd->dripping->len;

  for (guint at = 0; n_open > 0; at++)
    {
      n_open = 0;
      for (guint i = 0; i < crowd->dripping->len; i++)
        {
          GSocket *socket = g_socket_connection_get_socket (crowd->dripping->pdata[i]);
          const char *byte = at < strlen (request) ? request + at : "a";

          if (g_socket_send (socket, byte, 1, NULL, NULL) == 1
              && !(g_socket_condition_check (socket, G_IO_IN) & (G_IO_IN | G_IO_HUP | G_IO_ERR)))
            n_open++;
        }
      /* What drips takes its time. */
      if (n_open > 0)
        g_socket_condition_timed_wait (
            g_socket_connection_get_socket (crowd->dripping->pdata[0]), G_IO_IN, 50000, NULL, NULL);
    }
  g_atomic_int_set (&crowd->ended, TRUE);
  return NULL;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

/* Somebody with good manners, for as long as they are there. */
static void
ask_meanwhile (Crowd *crowd)
{
  gint64 p99;

  while (!g_atomic_int_get (&crowd->ended))
    {
      gint64 begin = g_get_monotonic_time (), took;
      g_autoptr (SmTestAnswer) health = sm_test_ask (crowd->server, "GET", "/healthz", NULL);

      /* With short deadlines, a busy machine has none. */
      if (health->status == 0)
        continue;
      g_assert_cmpuint (health->status, ==, 200);
      took = g_get_monotonic_time () - begin;
      g_array_append_val (crowd->took, took);
    }
  if (crowd->took->len == 0)
    return;
  g_array_sort (crowd->took, compare_times);
  p99 = g_array_index (crowd->took, gint64, crowd->took->len * 99 / 100);
  g_test_message ("meanwhile %u requests, p99 %.1f ms (target 200)", crowd->took->len, p99 / 1000.0);
}

static GPtrArray *
connect_many (SmTestServer *server,
              guint         n)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, sm_test_service_connect (server->client));
  return all;
}

static void
slow_client (SmTestServer *server)
{
  g_autoptr (GPtrArray) silent = connect_many (server, sm_test_times (500));
  g_autoptr (GPtrArray) dripping = connect_many (server, sm_test_times (100));
  g_autoptr (GArray) took = g_array_new (FALSE, FALSE, sizeof (gint64));
  Crowd crowd = { server, dripping, FALSE, took };
  GThread *thread = g_thread_new ("drip", drip_main, &crowd);
  gint64 begin = g_get_monotonic_time ();

  ask_meanwhile (&crowd);
  g_thread_join (thread);
  for (guint i = 0; i < silent->len; i++)
    g_assert_true (has_ended (silent->pdata[i]));
  g_test_message ("%u silent and %u dripping ones gone after %.1f s", silent->len, dripping->len,
                  (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  sm_test_assert_serves (server->client);
}

/* In full with the deadlines that the service has by itself. */
static void
test_slow (void)
{
  gboolean is_full = g_getenv ("SM_TEST_FULL") != NULL;
  SmServiceOptions options = { .request_ms = is_full ? 0 : 1000, .idle_ms = is_full ? 0 : 1000 };
  g_autoptr (SmTestServer) server = sm_test_server_new (&options, FALSE);

  sm_test_server_run (server, slow_client);
}

/* NAN when there was no answer: with short deadlines, a busy machine has that too. */
static double
metric (SmTestServer *server,
        const char   *name)
{
  g_autoptr (SmTestAnswer) metrics = sm_test_ask (server, "GET", "/metrics", NULL);
  g_autofree char *start = g_strdup_printf ("\n%s ", name);
  const char *line;

  if (metrics->body == NULL)
    return NAN;
  line = strstr (metrics->body, start);
  g_assert_nonnull (line);
  return g_ascii_strtod (line + strlen (start), NULL);
}

/* The contract is what everybody may have as often as he likes: never read, again
 * and again on one connection, it would pile up. */
static void
readers_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autofree char *request = g_strdup_printf (
      "GET /api/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n",
      token);
  g_autoptr (GString) greedy = g_string_new (NULL);
  guint n = MAX (50, sm_test_times (50));
  g_autoptr (GPtrArray) readers = NULL;
  gint64 before;

  for (guint i = 0; i < 40; i++)
    g_string_append (greedy, request);
  before = sm_test_memory_begin (getpid ());
  readers = connect_many (server, n);
  for (guint i = 0; i < n; i++)
    {
      GSocket *socket = g_socket_connection_get_socket (readers->pdata[i]);
      int small = 4096;

      g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, small, NULL);
      g_assert_cmpint (g_socket_send (socket, greedy->str, greedy->len, NULL, NULL), >, 0);
    }
  while (!(metric (server, "stationmaster_connections_cut") >= n))
    g_thread_yield ();
  assert_modest (before, MOST_READERS_KB, "50 who never read");
  sm_test_assert_serves (server->client);
}

static void
test_readers (void)
{
  SmServiceOptions options = { .request_ms = 2000, .idle_ms = 500 };
  g_autoptr (SmTestServer) server = sm_test_server_new (&options, FALSE);

  sm_test_server_run (server, readers_client);
}

static void
ready_client (SmTestServer *server)
{
  g_autoptr (SmTestAnswer) before = sm_test_ask (server, "GET", "/readyz", NULL);
  SmTestAnswer *after = NULL;

  /* A network whose first gateway is still to come is no fault of the service's. */
  g_assert_cmpuint (before->status, ==, 200);
  sm_test_server_report (server, 20);
  g_assert_cmpfloat (metric (server, "stationmaster_feed_lag_seconds"), >=, 0);
  do
    {
      g_clear_pointer (&after, sm_test_answer_free);
      after = sm_test_ask (server, "GET", "/readyz", NULL);
    }
  while (after->status == 200);
  sm_test_assert_problem (after, 503, "not-ready");
  g_assert_nonnull (strstr (after->body, "network-silent"));
  g_assert_null (strstr (after->body, "database-not-writable"));
  sm_test_answer_free (after);
  g_assert_cmpfloat (metric (server, "stationmaster_ready"), ==, 0);
  g_assert_cmpfloat (metric (server, "stationmaster_write_outage_seconds_total"), ==, 0);
  g_assert_cmpfloat (metric (server, "stationmaster_writer_wait_seconds"), >=, 0);
  sm_test_server_report (server, 21);
}

static void
test_ready (void)
{
  SmServiceOptions options = { .silence_ms = 300 };
  g_autoptr (SmTestServer) server = sm_test_server_new (&options, FALSE);

  sm_test_server_run (server, ready_client);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_test_add_func ("/service/limits/large-bodies", test_large);
  g_test_add_func ("/service/limits/packed-bombs", test_packed);
  g_test_add_func ("/service/limits/silent-and-dripping", test_slow);
  g_test_add_func ("/service/limits/readers-that-never-read", test_readers);
  g_test_add_func ("/service/limits/ready-or-why-not", test_ready);
  return g_test_run ();
}
