/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sm-test-server.h"

/* A1, A4, A7 and A9 of what must be survived, at a tenth of the counts.  The
 * requests are bytes on a socket: no client library would send them. */

#define N_SILENT 50
#define N_DRIPPING 10

/* Where all must be answered, a machine that stands still must not let a short deadline pass. */
static const SmServiceOptions patient = { .idle_ms = 300 };
static const SmServiceOptions impatient = { .request_ms = 300, .idle_ms = 300 };

static SmTestAnswer *
send_lines (SmTestServer *server,
            const char   *request_line,
            const char   *headers,
            const char   *body)
{
  g_autofree char *text =
      g_strdup_printf ("%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s\r\n%s",
                       request_line, headers, body);

  return sm_test_service_send_raw (server->client, text, strlen (text));
}

static void
assert_problem (SmTestAnswer *answer,
                guint         status,
                const char   *slug)
{
  g_autoptr (JsonObject) problem = NULL;

  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (sm_test_answer_header (answer, "content-type"), ==, "application/problem+json");
  g_assert_nonnull (sm_test_answer_header (answer, "stationmaster-time"));
  problem = sm_test_answer_object (answer);
  g_assert_cmpstr (json_object_get_string_member (problem, "type"), ==, slug);
  g_assert_cmpint (json_object_get_int_member (problem, "status"), ==, status);
}

/* Refused, or ended without a word; never taken, never a failure of ours. */
static void
assert_refused (SmTestAnswer *answer,
                const char   *what)
{
  if (answer->status != 0 && (answer->status < 400 || answer->status == 500))
    g_error ("%s answered %u", what, answer->status);
}

static void
assert_serves (SmTestServer *server)
{
  sm_test_assert_serves (server->client);
}

static void
paths_client (SmTestServer *server)
{
  static const char *const paths[] = {
    "/api/../etc/passwd", "/..", "/api/v1/%2e%2e/%2e%2e/etc/passwd", "/api/v1/..%2f..%2fetc",
    "/%ff", "/api%00", "//api", "/api/", "/api?x=%00", "/api?x=%ff", "/api/v1/stations/%zz",
    "*", "", "api", "http://evil.example/api", "/api/v1/nothing/7/at/all",
  };
  g_autofree char *many = g_strnfill (50000, 'a');
  g_autofree char *long_line = g_strdup_printf ("GET /%s", many);
  g_autoptr (SmTestAnswer) too_long = send_lines (server, long_line, "", "");

  assert_refused (too_long, "a long path");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *line = g_strdup_printf ("GET %s", paths[i]);
      g_autoptr (SmTestAnswer) answer = send_lines (server, line, "", "");

      assert_refused (answer, paths[i]);
    }
  assert_serves (server);
}

static void
test_paths (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (&impatient, FALSE);

  sm_test_server_run (server, paths_client);
}

static void
methods_client (SmTestServer *server)
{
  static const char *const methods[] = { "FOO", "TRACE", "CONNECT", "get", "PUT", "PRI", "" };
  g_autoptr (SmTestAnswer) options = NULL;
  g_autoptr (SmTestAnswer) head = NULL;
  g_autoptr (SmTestAnswer) put = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *line = g_strdup_printf ("%s /api", methods[i]);
      g_autoptr (SmTestAnswer) answer = send_lines (server, line, "", "");

      assert_refused (answer, methods[i]);
    }
  put = send_lines (server, "PUT /api/v1/session", "", "");
  assert_problem (put, 405, "method-not-allowed");
  g_assert_cmpstr (sm_test_answer_header (put, "allow"), ==, "POST, DELETE, OPTIONS");
  options = send_lines (server, "OPTIONS /api", "", "");
  g_assert_cmpuint (options->status, ==, 204);
  g_assert_cmpstr (sm_test_answer_header (options, "allow"), ==, "GET, HEAD, OPTIONS");
  head = send_lines (server, "HEAD /api", "", "");
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpuint (head->length, ==, 0);
  g_assert_cmpstr (sm_test_answer_header (head, "content-length"), !=, "0");
}

static void
test_methods (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (&patient, FALSE);

  sm_test_server_run (server, methods_client);
}

static void
framing_client (SmTestServer *server)
{
  static const struct
  {
    const char *headers, *body;
  } requests[] = {
    { "Content-Length: 2\r\nContent-Length: 5\r\n", "{}abc" },
    { "Content-Length: 2, 5\r\n", "{}abc" },
    { "Content-Length: -5\r\n", "{}" },
    { "Content-Length: +2\r\n", "{}" },
    { "Content-Length: 99999999999999999999\r\n", "{}" },
    { "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n" },
    { "Transfer-Encoding: chunked, chunked\r\n", "2\r\n{}\r\n0\r\n\r\n" },
    { "Transfer-Encoding: nonsense\r\n", "2\r\n{}\r\n0\r\n\r\n" },
    { "Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n" },
    { "Transfer-Encoding: chunked\r\n", "-2\r\n{}\r\n0\r\n\r\n" },
    { "Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n" },
    { "Content-Encoding: gzip\r\nContent-Length: 2\r\n", "{}" },
    { "Content-Length: 10\r\n", "{}" }, /* half */
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (SmTestAnswer) answer =
          send_lines (server, "POST /api/v1/session", requests[i].headers, requests[i].body);

      assert_refused (answer, requests[i].headers);
    }
  assert_serves (server);
}

static void
test_framing (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (&impatient, FALSE);

  sm_test_server_run (server, framing_client);
}

static void
hosts_client (SmTestServer *server)
{
  static const char *const refused[] = { "Host: evil.example\r\n", "Host: a/b\r\n",
                                         "Host:\r\n",              "Host: x@127.0.0.1\r\n",
                                         "Host: 192.0.2.1\r\n",    "",
                                         "Host: 127.0.0.1\r\nHost: evil.example\r\n" };
  static const char *const served[] = { "Host: localhost\r\n", "Host: LOCALHOST:1\r\n",
                                        "Host: 127.0.0.1:9\r\n", "Host: [::1]\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (refused) + G_N_ELEMENTS (served); i++)
    {
      const char *host = i < G_N_ELEMENTS (refused) ? refused[i]
                                                    : served[i - G_N_ELEMENTS (refused)];
      g_autofree char *text =
          g_strdup_printf ("GET /api HTTP/1.1\r\n%sConnection: close\r\n\r\n", host);
      g_autoptr (SmTestAnswer) answer =
          sm_test_service_send_raw (server->client, text, strlen (text));

      if (i < G_N_ELEMENTS (refused))
        assert_refused (answer, host);
      else
        g_assert_cmpuint (answer->status, ==, 200);
    }
}

static void
test_hosts (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (&patient, FALSE);

  sm_test_server_run (server, hosts_client);
}

static void
sizes_client (SmTestServer *server)
{
  g_autofree char *big = g_strnfill (1100000, 'x');
  g_autofree char *chunked = g_strdup_printf ("%zx\r\n%s\r\n0\r\n\r\n", strlen (big), big);
  g_autofree char *header = g_strnfill (200000, 'a');
  g_autofree char *headers = g_strdup_printf ("X: %s\r\n", header);
  g_autoptr (SmTestAnswer) by_length =
      send_lines (server, "POST /api/v1/session", "Content-Length: 1100000\r\n", big);
  g_autoptr (SmTestAnswer) by_chunks =
      send_lines (server, "POST /api/v1/session", "Transfer-Encoding: chunked\r\n", chunked);
  g_autoptr (SmTestAnswer) expecting = send_lines (
      server, "POST /api/v1/session", "Expect: 100-continue\r\nContent-Length: 200000000\r\n", "");
  g_autoptr (SmTestAnswer) unknown = send_lines (
      server, "POST /api/v1/alarms/1/acknowledge", "Expect: 100-continue\r\nContent-Length: 2\r\n",
      "");
  g_autoptr (SmTestAnswer) head = send_lines (server, "GET /api", headers, "");

  assert_problem (by_length, 413, "body-too-large");
  assert_problem (by_chunks, 413, "body-too-large");
  assert_problem (expecting, 413, "body-too-large");
  assert_problem (unknown, 401, "token-missing");
  assert_refused (head, "200 kB of headers");
  assert_serves (server);
}

static void
test_sizes (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (&patient, FALSE);

  sm_test_server_run (server, sizes_client);
}

/* Sends much more than is taken: it is not kept, and the sender is told. */
static void
endless_client (SmTestServer *server)
{
  g_autoptr (SmTestAnswer) answer = NULL;
  gsize size = 16 * 1024 * 1024;
  g_autofree char *body = g_strnfill (size, 'x');

  answer = send_lines (server, "POST /api/v1/session", "Content-Length: 16777216\r\n", body);
  assert_problem (answer, 413, "body-too-large");
  assert_serves (server);
}

static void
test_endless (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (NULL, FALSE);

  sm_test_server_run (server, endless_client);
}

static void
json_client (SmTestServer *server)
{
  static const char *const bodies[] = {
    "", "null", "[]", "7", "{", "{\"name\":", "{\"name\":\"a\",}", "{'name':'a'}",
    "{\"name\":\"a\",\"password\":NaN}", "{\"name\":\"a\",\"password\":010}",
    "{\"name\":\"a\\u0000b\",\"password\":\"x\"}", "{\"name\":\"\\ud800\",\"password\":\"x\"}",
    "{\"name\":\"\xff\",\"password\":\"x\"}", "{} {}", "{\"name\":1,\"password\":\"x\"}",
    "{\"name\":\"a\",\"password\":1e400}", "/* */ {}", "{\"demo\":1}",
    "{\"refresh_token\":null}",
  };
  g_autofree char *deep = g_strnfill (75000, '[');
  g_autoptr (GString) wide = g_string_new ("{\"a0\":0");
  g_autoptr (SmTestAnswer) nested = NULL;
  g_autoptr (SmTestAnswer) many = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (SmTestAnswer) answer =
          sm_test_service_send (server->client, "POST", "/api/v1/session", NULL, NULL, bodies[i]);

      if (answer->status != 400 && answer->status != 422)
        g_error ("%s answered %u", bodies[i], answer->status);
    }
  nested = sm_test_service_send (server->client, "POST", "/api/v1/session", NULL, NULL, deep);
  assert_problem (nested, 400, "json-too-deep");
  for (guint i = 1; i < 60000; i++)
    g_string_append_printf (wide, ",\"a%u\":0", i);
  g_string_append_c (wide, '}');
  many = sm_test_service_send (server->client, "POST", "/api/v1/session", NULL, NULL, wide->str);
  g_assert_true (many->status == 400 || many->status == 413 || many->status == 422);
  assert_serves (server);
}

static void
test_json (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (NULL, FALSE);

  sm_test_server_run (server, json_client);
}

static gboolean
has_ended (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  char byte;

  g_socket_set_blocking (socket, TRUE);
  return g_socket_receive (socket, &byte, 1, NULL, NULL) <= 0;
}

/* Says one byte after another until the service hangs up. */
static void
drip (GSocketConnection *connection)
{
  static const char request[] = "GET /api HTTP/1.1\r\nHost: localhost\r\nX: ";
  GSocket *socket = g_socket_connection_get_socket (connection);
  gboolean ended = FALSE;

  for (guint i = 0; !ended && i < 1000; i++)
    {
      const char *byte = i < strlen (request) ? request + i : "a";

      if (g_socket_send (socket, byte, 1, NULL, NULL) < 0)
        return;
      ended = g_socket_condition_timed_wait (socket, G_IO_IN | G_IO_HUP, 20000, NULL, NULL);
    }
  g_assert_true (ended);
}

static gpointer
drip_thread (gpointer data)
{
  g_autoptr (GSocketConnection) connection = data;

  drip (connection);
  return NULL;
}

static void
slow_client (SmTestServer *server)
{
  GSocketConnection *silent[N_SILENT];
  GThread *dripping[N_DRIPPING];

  for (guint i = 0; i < N_SILENT; i++)
    silent[i] = sm_test_service_connect (server->client);
  for (guint i = 0; i < N_DRIPPING; i++)
    dripping[i] = g_thread_new ("drip", drip_thread, sm_test_service_connect (server->client));
  /* Meanwhile somebody with good manners is served. */
  assert_serves (server);
  for (guint i = 0; i < N_DRIPPING; i++)
    g_thread_join (dripping[i]);
  for (guint i = 0; i < N_SILENT; i++)
    {
      g_assert_true (has_ended (silent[i]));
      g_object_unref (silent[i]);
    }
  assert_serves (server);
}

static void
test_slow (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (&impatient, FALSE);

  sm_test_server_run (server, slow_client);
}

static void
idle_client (SmTestServer *server)
{
  static const char request[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  g_autofree char *twice = g_strconcat (request, request, NULL);
  g_autoptr (SmTestAnswer) answer =
      sm_test_service_send_raw (server->client, twice, strlen (twice));

  /* Both were answered on one connection, which the service then ended. */
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strstr (answer->body, "HTTP/1.1 200"));
}

static void
test_idle (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (&patient, FALSE);

  sm_test_server_run (server, idle_client);
}

static void
crowd_client (SmTestServer *server)
{
  GSocketConnection *others[5];

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    others[i] = sm_test_service_connect (server->client);
  /* One of these is too many and is let go at once, not at a deadline. */
  g_assert_true (has_ended (others[4]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_object_unref (others[i]);
  assert_serves (server); /* the others are gone */
}

static void
test_crowd (void)
{
  static const SmServiceOptions small = { .max_connections = 4 };
  g_autoptr (SmTestServer) server = sm_test_server_new (&small, FALSE);

  sm_test_server_run (server, crowd_client);
}

/* SoupServer ends its listening when it cannot open one more. */
static void
test_files (void)
{
  static const char *const bare[] = { "--simulate", "none", NULL };
  g_autoptr (SmTestService) service = sm_test_service_new (bare);
  GSocketConnection *others[200];

  sm_test_service_limit_files (service, 100);
  sm_test_service_run (service);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    others[i] = sm_test_service_connect (service);
  /* It has seen the last one, too, and had no room for it. */
  g_assert_true (has_ended (others[G_N_ELEMENTS (others) - 1]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_object_unref (others[i]);
  sm_test_assert_serves (service);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Asks something and does not wait for the answer's end. */
static void
ask_and_leave (SmTestServer *server,
               const char   *path,
               const char   *token,
               gboolean      waits)
{
  g_autoptr (GSocketConnection) connection = sm_test_service_connect (server->client);
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autofree char *request = g_strdup_printf (
      "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", path, token);
  char byte;

  g_socket_send (socket, request, strlen (request), NULL, NULL);
  g_socket_set_blocking (socket, TRUE);
  if (waits)
    g_socket_receive (socket, &byte, 1, NULL, NULL);
}

static void
left_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  guint before = count_descriptors ();
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  for (guint i = 0; i < 30; i++)
    {
      ask_and_leave (server, "/api/v1/live/engineers?since=9007199254740000&wait=1", token, FALSE);
      ask_and_leave (server, "/api/v1/me", "wrong", TRUE);
      ask_and_leave (server, "/api/v1/me", token, TRUE);
    }
  while (count_descriptors () > before + 2 && g_get_monotonic_time () < deadline)
    assert_serves (server);
  g_assert_cmpuint (count_descriptors (), <=, before + 2);
}

/* libsoup keeps connections that were left; in weeks they would be all there are. */
static void
test_left (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (&patient, FALSE);

  sm_test_server_run (server, left_client);
}

static guint
try_password (SmTestServer *server,
              const char   *name,
              const char   *password,
              char        **out_body)
{
  g_autofree char *body =
      g_strdup_printf ("{\"name\":\"%s\",\"password\":\"%s\"}", name, password);
  g_autoptr (SmTestAnswer) answer =
      sm_test_service_send (server->client, "POST", "/api/v1/session", NULL, NULL, body);

  if (answer->status == 429)
    g_assert_nonnull (sm_test_answer_header (answer, "retry-after"));
  if (out_body != NULL)
    *out_body = g_strdup (answer->body);
  return answer->status;
}

static void
guess_client (SmTestServer *server)
{
  guint known[100], unknown[100];
  gboolean locked = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *known_says = NULL;
      g_autofree char *unknown_says = NULL;

      known[i] = try_password (server, "olga", "wrong", &known_says);
      unknown[i] = try_password (server, "nobody", "wrong", &unknown_says);
      g_assert_true (known[i] == 401 || known[i] == 429);
      /* Whether there is such a name cannot be told from what is answered. */
      g_assert_cmpuint (known[i], ==, unknown[i]);
      g_assert_cmpstr (known_says, ==, unknown_says);
      locked = locked || known[i] == 429;
    }
  g_assert_true (locked);
  g_assert_cmpuint (try_password (server, "olga", SM_TEST_PASSWORD, NULL), ==, 429);
  /* Somebody else is not locked with her, and she is not for ever. */
  g_assert_cmpuint (try_password (server, "adam", SM_TEST_PASSWORD, NULL), ==, 200);
  sm_test_server_tick (server, 24 * 3600);
  g_assert_cmpuint (try_password (server, "olga", SM_TEST_PASSWORD, NULL), ==, 200);
}

static void
test_guess (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (NULL, FALSE);

  sm_test_server_run (server, guess_client);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* libsoup itself warns about some of what is sent here. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_test_add_func ("/service/abuse/paths", test_paths);
  g_test_add_func ("/service/abuse/methods", test_methods);
  g_test_add_func ("/service/abuse/framing", test_framing);
  g_test_add_func ("/service/abuse/hosts", test_hosts);
  g_test_add_func ("/service/abuse/sizes", test_sizes);
  g_test_add_func ("/service/abuse/endless-body", test_endless);
  g_test_add_func ("/service/abuse/json", test_json);
  g_test_add_func ("/service/abuse/silent-and-dripping", test_slow);
  g_test_add_func ("/service/abuse/idle", test_idle);
  g_test_add_func ("/service/abuse/too-many-connections", test_crowd);
  g_test_add_func ("/service/abuse/no-files-left", test_files);
  g_test_add_func ("/service/abuse/left-connections-are-closed", test_left);
  g_test_add_func ("/service/abuse/password-guessing", test_guess);
  return g_test_run ();
}
