/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "bombs.h"
#include "sm-changes-codec.h"
#include "sm-live-codec.h"
#include "sm-row-codec.h"
#include "sm-session.h"
#include "sm-stats-codec.h"
#include "sm-test-memory.h"
#include "sm-test-service.h"

/* A1 both ways: whoever reads one of the bombs says what is wrong with it, goes on, and never
 * takes 32 MB for it. */

#define MOST_KB (32 * 1024)

static void
assert_modest (pid_t       pid,
               gint64      before,
               const char *who,
               const char *what)
{
  gint64 grown = sm_test_memory_peak (pid) - before;

  g_test_message ("%s took %" G_GINT64_FORMAT " KiB for %s", who, grown, what);
  if (SM_TEST_MEMORY_TELLS)
    g_assert_cmpint (grown, <, MOST_KB);
}

/* --- toward the service --- */

/* The status of the answer; 0: the connection was ended instead. */
static guint
send_bomb (SmTestService *service,
           const char    *path,
           const char    *token,
           const SmBomb  *bomb)
{
  g_autoptr (GSocketConnection) connection = sm_test_service_connect (service);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autofree char *head = g_strdup_printf (
      "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: "
      "application/json\r\n%s%s%sContent-Length: %" G_GUINT64_FORMAT "\r\n\r\n",
      path, token != NULL ? "Authorization: Bearer " : "", token != NULL ? token : "",
      token != NULL ? "\r\n" : "", sm_bomb_length (bomb));
  g_autofree char *answer = g_malloc0 (4096);
  gsize length;

  if (!g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL))
    return 0;
  sm_bomb_send (bomb, out);
  g_input_stream_read_all (in, answer, 4095, &length, NULL, NULL);
  if (!g_str_has_prefix (answer, "HTTP/1.1 "))
    return 0;
  if (length > 0)
    g_assert_nonnull (strstr (answer, "application/problem+json"));
  return (guint) g_ascii_strtoull (answer + strlen ("HTTP/1.1 "), NULL, 10);
}

static void
try_path (SmTestService *service,
          const char    *path,
          const char    *token)
{
  pid_t pid = sm_test_service_get_pid (service);

  for (guint i = 0; i < sm_n_bombs; i++)
    {
      gint64 before = sm_test_memory_begin (pid);
      guint status = send_bomb (service, path, token, &sm_bombs[i]);
      g_autofree char *what = g_strdup_printf ("%s at %s: %u", sm_bombs[i].name, path, status);
      g_autoptr (JsonObject) health = NULL;

      if (status != 0 && status != 400 && status != 413 && status != 422)
        g_error ("%s", what);
      /* Who sends no more than may be sent is told what is wrong with it. */
      if (sm_bomb_length (&sm_bombs[i]) <= 1024 * 1024)
        g_assert_cmpuint (status, !=, 0);
      assert_modest (pid, before, "the service", what);
      health = sm_test_service_get (service, "/healthz", NULL);
      g_assert_cmpstr (json_object_get_string_member (health, "status"), ==, "ok");
    }
}

static void
test_service (void)
{
  static const char *const bare[] = { "--simulate", "none", NULL };
  g_autoptr (SmTestService) service = sm_test_service_new (bare);
  /* Before it runs: of what is added beside it, it hears a second later. */
  g_autofree char *token = sm_test_service_add_gateway (service, "gateway");

  sm_test_service_run (service);
  try_path (service, "/api/v1/session", NULL);
  try_path (service, "/api/v1/ingest/vehicles", token);
}

/* --- toward the application --- */

typedef struct
{
  GThread *thread;
  GSocketListener *listener;
  GCancellable *cancellable;
  char *url;
  const SmBomb *bomb; /* what it answers with, whatever it is asked */
} Hostile;

static void
answer_one (Hostile           *self,
            GSocketConnection *connection)
{
  static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                             "Connection: close\r\n\r\n";
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (in);
  gsize length = 1;

  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while (length > 0)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, &length, NULL, NULL);

      if (line == NULL)
        return;
    }
  if (g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL))
    sm_bomb_send (self->bomb, out);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

static gpointer
hostile_main (gpointer data)
{
  Hostile *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL)))
    {
      answer_one (self, connection);
      g_object_unref (connection);
    }
  return NULL;
}

static void
hostile_start (Hostile *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->cancellable = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  self->thread = g_thread_new ("hostile", hostile_main, self);
}

static void
hostile_stop (Hostile *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->cancellable);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_free (self->url);
}

/* Each way that the application reads an answer; the error that it says. */
typedef GError *(*Reading) (SmJsonReader *reader);

static GError *
read_changes (SmJsonReader *reader)
{
  GError *error = NULL;
  g_autofree char *cursor = NULL;
  gboolean more;
  g_autoptr (GPtrArray) changes = sm_changes_read (reader, &cursor, &more, &error);

  return error;
}

static GError *
read_vehicles (SmJsonReader *reader)
{
  GError *error = NULL;
  g_autoptr (SmVehicleBatch) batch = sm_live_vehicles_read (reader, &error);

  return error;
}

static GError *
read_connectors (SmJsonReader *reader)
{
  GError *error = NULL;
  gint64 tick;
  g_autoptr (GPtrArray) rows
      = sm_live_rows_read (reader, sm_noun_get (SM_NOUN_CONNECTOR), &tick, &error);

  return error;
}

static GError *
read_station (SmJsonReader *reader)
{
  GError *error = NULL;
  g_autoptr (SmRow) row = sm_row_read (reader, sm_noun_get (SM_NOUN_STATION), &error);

  return error;
}

static const Reading readings[] = { read_changes, read_vehicles, read_connectors, read_station };

static void
read_feed (SmClient *client,
           Reading   reading,
           GError  **error)
{
  const SmRequest request = { .method = "GET", .path = "/api/v1/changes", .anonymous = TRUE };
  g_autoptr (SmResponse) response = sm_client_send (client, &request, NULL, error);
  g_autoptr (SmJsonReader) reader = NULL;

  if (response == NULL)
    return;
  reader = sm_response_read_feed (response);
  *error = reading (reader);
}

static void
try_readings (SmClient     *client,
              const SmBomb *bomb)
{
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 before = sm_test_memory_begin (getpid ());

      read_feed (client, readings[i], &error);
      /* A station that is only odd is a station. */
      if (readings[i] != read_station || !g_str_has_prefix (bomb->name, "same-key"))
        g_assert_nonnull (error);
      if (error != NULL)
        g_assert_nonnull (sm_error_get_slug (error));
      assert_modest (getpid (), before, "the application", bomb->name);
    }
}

static void
try_documents (SmClient     *client,
               const SmBomb *bomb)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) me_error = NULL;
  gint64 before = sm_test_memory_begin (getpid ());
  g_autoptr (SmServiceInfo) info = sm_session_check (client, NULL, &error);
  g_autoptr (SmPerson) me = sm_session_read_me (client, NULL, &me_error);

  g_assert_null (info);
  g_assert_null (me);
  g_assert_nonnull (error);
  g_assert_nonnull (me_error);
  assert_modest (getpid (), before, "the application", bomb->name);
}

static void
test_application (void)
{
  Hostile hostile = { .bomb = &sm_bombs[0] };
  g_autoptr (SmAuth) auth = sm_auth_new ();
  g_autoptr (SmClock) clock = sm_clock_new_machine ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SmClient) client = NULL;

  hostile_start (&hostile);
  sm_auth_set (auth, "token", "refresh");
  client = sm_client_new (hostile.url, auth, clock, 30, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sm_n_bombs; i++)
    {
      hostile.bomb = &sm_bombs[i];
      try_readings (client, &sm_bombs[i]);
      try_documents (client, &sm_bombs[i]);
    }
  g_clear_pointer (&client, sm_client_free);
  hostile_stop (&hostile);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* What is kept for the judge of the contract would count, and is none of it. */
  g_unsetenv ("SM_RECORD_DIR");
  /* Nor does what malloc writes to memory that nobody uses yet. */
  g_unsetenv ("MALLOC_PERTURB_");
  sm_client_prepare ();
  g_test_add_func ("/faults/bombs/service", test_service);
  g_test_add_func ("/faults/bombs/application", test_application);
  return g_test_run ();
}
