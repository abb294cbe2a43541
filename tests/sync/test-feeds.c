/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-connection.h"
#include "sm-error.h"
#include "sm-statement.h"
#include "sm-sync.h"
#include "sm-test-folder.h"
#include "sm-test-sockets.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <gio/gio.h>
#include <libsoup/soup.h>
#include <string.h>

/*
 * A service that says the same three vehicles over and over, as fast as it is
 * asked, only the charge of the third being another each time; packed or as a
 * bomb where the test wants it so.
 */
typedef struct
{
  SoupServer *server;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  char *url;
  char *dir;
  int port;
  gint tick;      /* atomic */
  gint is_packed; /* atomic: answers are gzip when asked for */
  gint n_packed;  /* atomic: and so many were */
  gint is_bomb;   /* atomic: a feed without an end */
  gint is_gone;   /* atomic: the third is removed, and said for ever all the same */
  GBytes *bomb;

  SmClock *network;
  SmSync *sync;
  guint n_moved;
  guint n_vehicles; /* of the last batch */
  guint n_gone;
  gboolean is_whole; /* the copy: before that it may be begun anew, in another file */
  gint64 last_tick;
  char *problem;
} Feeds;

static const struct
{
  const char *path, *body;
} answers[] = {
  { "/api", "{\"product\":\"stationmaster-service\",\"version\":\"1\",\"api\":[\"v1\"],"
            "\"epoch\":\"e1\",\"network\":\"Test\",\"time_zone\":\"Asia/Shanghai\","
            "\"simulated\":true,\"demo_sign_in\":true}" },
  { "/api/v1/session", "{\"token\":\"t\",\"expires_in\":900,\"refresh_token\":\"r\"}" },
  { "/api/v1/me", "{\"id\":1,\"name\":\"demo\",\"display_name\":\"Demo\",\"role\":\"operator\","
                  "\"permissions\":[],\"access_rev\":1}" },
  { "/api/v1/changes", "{\"changes\":[],\"cursor\":\"e1.1.5\",\"more\":false}" },
};

#define BOMB_MB 64

/* @n: how often @text, between @head and @tail */
static GBytes *
make_gzip (const char *head,
           const char *text,
           gsize       length,
           guint       n,
           const char *tail)
{
  g_autoptr (GZlibCompressor) compressor
    = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out
    = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  for (guint i = 0; i < n; i++)
    g_output_stream_write_all (out, text, length, NULL, NULL, NULL);
  g_output_stream_write_all (out, tail, strlen (tail), NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* Text without an end: 64 MB of it are 300 KB on the way. */
static GBytes *
make_bomb (void)
{
  g_autofree char *spaces = g_strnfill (1000 * 1000, ' ');

  return make_gzip ("{\"tick\":1,\"id\":[],\"padding\":\"", spaces, 1000 * 1000, BOMB_MB, "\"}");
}

static void
answer_gzip (SoupServerMessage *message,
             GBytes            *gzip)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  soup_message_headers_replace (headers, "Content-Type", "application/json");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), gzip);
}

static void
answer_with (Feeds             *self,
             SoupServerMessage *message,
             const char        *text,
             gsize              length)
{
  const char *accepted = soup_message_headers_get_list (
    soup_server_message_get_request_headers (message), "Accept-Encoding");

  soup_server_message_set_status (message, 200, NULL);
  if (g_atomic_int_get (&self->is_packed) && accepted != NULL && strstr (accepted, "gzip") != NULL)
    {
      g_autoptr (GBytes) gzip = make_gzip ("", text, length, 1, "");

      answer_gzip (message, gzip);
      g_atomic_int_inc (&self->n_packed);
      return;
    }
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, length);
}

static void
answer_vehicles (Feeds             *self,
                 SoupServerMessage *message)
{
  int tick = g_atomic_int_add (&self->tick, 1) + 1;
  g_autofree char *body
    = g_strdup_printf ("{\"tick\":%d,\"id\":[1,2,3],\"soc\":[50,50,%d]}", tick, tick);

  if (g_atomic_int_get (&self->is_bomb))
    {
      answer_gzip (message, self->bomb);
      return;
    }
  answer_with (self, message, body, strlen (body));
}

/* Returns: whether it is answered */
static gboolean
answer_gone (Feeds             *self,
             SoupServerMessage *message,
             GHashTable        *query)
{
  static const char gone[] = "{\"changes\":[{\"kind\":\"vehicle\",\"id\":3,\"deleted\":true,"
                             "\"seq\":6}],\"cursor\":\"e1.1.6\",\"more\":false}";
  static const char nothing[] = "{\"changes\":[],\"cursor\":\"e1.1.6\",\"more\":false}";
  const char *since = query != NULL ? g_hash_table_lookup (query, "since") : NULL;

  if (!g_atomic_int_get (&self->is_gone) || since == NULL)
    return FALSE;
  if (g_str_equal (since, "e1.1.6"))
    answer_with (self, message, nothing, strlen (nothing));
  else
    answer_with (self, message, gone, strlen (gone));
  return TRUE;
}

static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  static const char unknown[] = "{\"type\":\"route-unknown\",\"status\":404}";
  Feeds *self = user_data;

  if (g_str_equal (path, "/api/v1/live/vehicles"))
    {
      answer_vehicles (self, message);
      return;
    }
  if (g_str_equal (path, "/api/v1/changes") && answer_gone (self, message, query))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (path, answers[i].path))
      {
        answer_with (self, message, answers[i].body, strlen (answers[i].body));
        return;
      }
  soup_server_message_set_status (message, 404, NULL);
  soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_STATIC,
                                    unknown, strlen (unknown));
}

static gpointer
server_main (gpointer data)
{
  Feeds *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* In a thread of its own, so that what it does is not the main loop's. */
static void
serve (Feeds *self)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSList) sockets = NULL;
  g_autoptr (GError) error = NULL;

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  sm_test_forgive_sockets ();
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, answer_cb, self, NULL);
  soup_server_listen (self->server, any, 0, &error);
  g_assert_no_error (error);
  g_main_context_pop_thread_default (self->context);
  sockets = soup_server_get_listeners (self->server);
  address = g_socket_get_local_address (sockets->data, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->thread = g_thread_new ("service", server_main, self);
}

static void
reload_cb (gpointer user_data)
{
}

static void
changed_cb (gpointer   user_data,
            GPtrArray *rows,
            GArray    *gone)
{
  Feeds *self = user_data;

  self->n_gone += gone->len;
}

static void
moved_cb (gpointer        user_data,
          SmVehicleBatch *batch)
{
  Feeds *self = user_data;

  g_assert_cmpint (batch->tick, >, self->last_tick);
  self->last_tick = batch->tick;
  self->n_vehicles = batch->columns.n;
  self->n_moved++;
}

static void
live_cb (gpointer      user_data,
         const SmNoun *noun,
         GPtrArray    *rows)
{
}

static void
acts_cb (gpointer   user_data,
         GPtrArray *acts,
         GPtrArray *elsewhere)
{
}

static void
stats_cb (gpointer          user_data,
          const SmStatsNow *stats,
          gboolean          is_cached)
{
}

static void
network_cb (gpointer             user_data,
            const SmSyncNetwork *network)
{
}

static void
status_cb (gpointer              user_data,
           const SmConnectivity *connectivity,
           const char           *problem,
           const char           *storage_problem)
{
  Feeds *self = user_data;

  self->is_whole = connectivity->is_whole;
  if (problem == NULL)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
}

static const SmSyncListener listener = {
  .reload = reload_cb,
  .changed = changed_cb,
  .vehicles_moved = moved_cb,
  .live = live_cb,
  .acts = acts_cb,
  .stats = stats_cb,
  .network = network_cb,
  .status = status_cb,
};

static void
set_up (Feeds         *self,
        gconstpointer  data)
{
  self->dir = g_dir_make_tmp ("sm-feeds-XXXXXX", NULL);
  self->network = sm_clock_new_manual (SM_SECOND);
  serve (self);
}

/* @host: what the application takes the service's machine for */
static void
start (Feeds      *self,
       const char *host)
{
  self->url = g_strdup_printf ("http://%s:%d", host, self->port);
  self->sync = sm_sync_new (self->url, self->dir, self->dir, self->network, &listener, self);
  sm_sync_start (self->sync);
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
tear_down (Feeds         *self,
           gconstpointer  data)
{
  sm_sync_stop (self->sync);
  sm_sync_unref (self->sync);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_context_push_thread_default (self->context);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  sm_clock_unref (self->network);
  sm_test_remove_tree (self->dir);
  g_free (self->dir);
  g_free (self->url);
  g_free (self->problem);
  g_clear_pointer (&self->bomb, g_bytes_unref);
}

/* Returns: (transfer full) (nullable): the one file that ends so, in any folder below */
static char *
find_file (const char *dir,
           const char *suffix)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  const char *name;
  char *found = NULL;

  while (entries != NULL && found == NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        found = find_file (path, suffix);
      else if (g_str_has_suffix (name, suffix) && !g_str_equal (name, "outbox.db"))
        found = g_steal_pointer (&path);
    }
  return found;
}

/* SQLite itself notes whose row is written. */
static SmConnection *
watch_writes (Feeds *self)
{
  g_autofree char *path = find_file (self->dir, ".db");
  g_autoptr (GError) error = NULL;
  SmConnection *connection;

  g_assert_nonnull (path);
  connection = sm_connection_open (path, SM_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  sm_connection_exec (connection,
                      "CREATE TABLE written (id INTEGER);"
                      "CREATE TRIGGER watch_insert AFTER INSERT ON vehicle_live BEGIN"
                      " INSERT INTO written VALUES (new.id); END;"
                      "CREATE TRIGGER watch_update AFTER UPDATE ON vehicle_live BEGIN"
                      " INSERT INTO written VALUES (new.id); END",
                      &error);
  g_assert_no_error (error);
  return connection;
}

static gint64
read_number (SmConnection *connection,
             const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, &error);
  gboolean has_row;

  g_assert_no_error (error);
  sm_statement_step (statement, &has_row, &error);
  g_assert_no_error (error);
  return sm_statement_get_int (statement, 0);
}

/* The copy that was begun anew is there, and has been told of more than once. */
static void
settle_copy (Feeds *self)
{
  guint n_moved;

  run_until (self->is_whole);
  n_moved = self->n_moved;
  run_until (self->n_moved > n_moved + 3);
}

static void
test_only_changed_rows (Feeds         *self,
                        gconstpointer  data)
{
  SmConnection *connection;

  start (self, "127.0.0.1");
  settle_copy (self);
  connection = watch_writes (self);
  run_until (read_number (connection, "SELECT count(*) FROM written WHERE id = 3") >= 20);
  /* Three are said each time; one is news, for the screen and for the file. */
  g_assert_cmpuint (self->n_vehicles, ==, 1);
  g_assert_cmpint (read_number (connection, "SELECT count(*) FROM written WHERE id != 3"), ==, 0);
  sm_connection_close (connection);
}

/* The feeds come by wires of their own: what was asked before a thing was removed
 * may be answered after it, and must not bring it back. */
static void
test_gone_stays_gone (Feeds         *self,
                      gconstpointer  data)
{
  SmConnection *connection;
  guint n_moved;
  int tick;

  start (self, "127.0.0.1");
  settle_copy (self);
  connection = watch_writes (self);
  g_atomic_int_set (&self->is_gone, TRUE);
  run_until (self->n_gone > 0);
  n_moved = self->n_moved;
  sm_connection_exec (connection, "DELETE FROM written", NULL);
  tick = g_atomic_int_get (&self->tick);
  run_until (g_atomic_int_get (&self->tick) > tick + 20);
  g_assert_cmpuint (self->n_moved, ==, n_moved);
  g_assert_cmpint (read_number (connection, "SELECT count(*) FROM written"), ==, 0);
  g_assert_cmpint (read_number (connection, "SELECT count(*) FROM vehicle_live WHERE id = 3"), ==,
                   0);
  sm_connection_close (connection);
}

/* A service that answers a thousand times a second does not make the screen be
 * drawn as often. */
static void
test_once_a_frame (Feeds         *self,
                   gconstpointer  data)
{
  gint64 began = g_get_monotonic_time ();
  guint64 most;

  start (self, "127.0.0.1");
  run_until (self->n_moved > 200);
  most = (guint64) (g_get_monotonic_time () - began) / (G_USEC_PER_SEC / 60) + 1;
  g_assert_cmpuint (sm_sync_get_n_frames (self->sync), >, 0);
  g_assert_cmpuint (sm_sync_get_n_frames (self->sync), <=, most);
  g_test_message ("%u batches in %" G_GUINT64_FORMAT " frames of %" G_GUINT64_FORMAT,
                  self->n_moved, sm_sync_get_n_frames (self->sync), most);
}

/* From another machine it is packed; by that name the application takes it for one. */
static void
test_packed (Feeds         *self,
             gconstpointer  data)
{
  g_atomic_int_set (&self->is_packed, TRUE);
  start (self, "elsewhere.localhost");
  run_until (self->n_moved > 5);
  g_assert_cmpuint (self->n_vehicles, ==, 1);
  g_assert_cmpint (g_atomic_int_get (&self->n_packed), >, 5);
}

/* On this machine packing would cost more than it saves. */
static void
test_not_packed_here (Feeds         *self,
                      gconstpointer  data)
{
  g_atomic_int_set (&self->is_packed, TRUE);
  start (self, "127.0.0.1");
  run_until (self->n_moved > 5);
  g_assert_cmpint (g_atomic_int_get (&self->n_packed), ==, 0);
}

static guint64
memory_kb (void)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  return g_ascii_strtoull (strstr (status, "VmRSS:") + strlen ("VmRSS:"), NULL, 10);
}

/* What becomes 64 MB is given up where the limit of a text is. */
static void
test_bomb (Feeds         *self,
           gconstpointer  data)
{
  guint64 before;

  self->bomb = make_bomb ();
  g_atomic_int_set (&self->is_packed, TRUE);
  start (self, "elsewhere.localhost");
  run_until (self->n_moved > 5);
  before = memory_kb ();
  g_atomic_int_set (&self->is_bomb, TRUE);
  run_until (self->problem != NULL);
  g_assert_cmpstr (self->problem, ==, "answer-too-large");
  g_assert_cmpuint (memory_kb (), <, before + 32 * 1024);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, test) g_test_add (path, Feeds, NULL, set_up, test, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/feeds/only-changed-rows-are-written", test_only_changed_rows);
  ADD ("/sync/feeds/gone-stays-gone", test_gone_stays_gone);
  ADD ("/sync/feeds/at-most-once-a-frame", test_once_a_frame);
  ADD ("/sync/feeds/packed-from-elsewhere", test_packed);
  ADD ("/sync/feeds/not-packed-on-this-machine", test_not_packed_here);
  ADD ("/sync/feeds/compression-bomb", test_bomb);
  return g_test_run ();
}
