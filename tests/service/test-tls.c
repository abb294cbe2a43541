/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sm-error.h"
#include "sm-test-certificates.h"
#include "sm-test-folder.h"
#include "sm-test-server.h"
#include "sm-tls.h"

/* The service behind TLS: what is shown, when it is renewed, and who says nothing. */

#define N_BAD_HANDSHAKES 100

typedef struct
{
  char *folder;
  char *pem, *key; /* what the service was told to show */
} Files;

static Files files;

static char *
read_pem (const char *name)
{
  g_autofree char *path = sm_test_pem (files.folder, name);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  char *pem = NULL;

  g_object_get (certificate, "certificate-pem", &pem, NULL);
  return pem;
}

/* Key first: the service must not be taken in by what is between. */
static void
show (const char *name)
{
  g_autofree char *pem = sm_test_pem (files.folder, name), *key = sm_test_key (files.folder, name);
  g_autofree char *certificate_text = NULL, *key_text = NULL;

  g_assert_true (g_file_get_contents (key, &key_text, NULL, NULL));
  g_assert_true (g_file_get_contents (pem, &certificate_text, NULL, NULL));
  g_assert_true (g_file_set_contents (files.key, key_text, -1, NULL));
  g_assert_true (g_file_set_contents (files.pem, certificate_text, -1, NULL));
}

static SmTestServer *
server_new (SmServiceOptions options)
{
  options.tls_certificate = files.pem;
  options.tls_key = files.key;
  options.tls_look_ms = 20;
  show ("first");
  return sm_test_server_new (&options, FALSE);
}

static gboolean
accept_any_cb (GTlsConnection       *connection,
               GTlsCertificate      *certificate,
               GTlsCertificateFlags  flags,
               gpointer              user_data)
{
  return TRUE;
}

/* Returns: (nullable): after the handshake */
static GTlsConnection *
shake_hands (SmTestServer *server)
{
  g_autoptr (GSocketConnection) plain = sm_test_service_connect (server->client);
  GIOStream *connection = g_tls_client_connection_new (G_IO_STREAM (plain), NULL, NULL);

  g_signal_connect (connection, "accept-certificate", G_CALLBACK (accept_any_cb), NULL);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (connection), NULL, NULL))
    g_clear_object (&connection);
  return (GTlsConnection *) connection;
}

static char *
shown_now (SmTestServer *server)
{
  g_autoptr (GTlsConnection) connection = shake_hands (server);
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (connection);
  char *pem = NULL;

  g_object_get (certificate, "certificate-pem", &pem, NULL);
  return pem;
}

static gboolean
answers (GTlsConnection *connection)
{
  static const char request[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  char answer[64] = "";

  return g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                    request, strlen (request), NULL, NULL, NULL)
         && g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                                 sizeof answer - 1, NULL, NULL)
                > 0
         && g_str_has_prefix (answer, "HTTP/1.1 200");
}

static void
renewed_client (SmTestServer *server)
{
  g_autofree char *first = read_pem ("first"), *second = read_pem ("second");
  g_autofree char *before = shown_now (server);
  g_autofree char *now = NULL;
  g_autoptr (GTlsConnection) old = shake_hands (server);

  g_assert_cmpstr (before, ==, first);
  show ("second");
  do
    {
      g_free (now);
      now = shown_now (server);
    }
  while (g_str_equal (now, first));
  g_assert_cmpstr (now, ==, second);
  /* Nobody who was there was sent away. */
  g_assert_true (answers (old));
}

static void
test_renewed (void)
{
  g_autoptr (SmTestServer) server = server_new ((SmServiceOptions){ 0 });

  sm_test_server_run (server, renewed_client);
}

static gboolean
reload_cb (gpointer user_data)
{
  sm_service_reload (((SmTestServer *) user_data)->service);
  return G_SOURCE_REMOVE;
}

static void
rubbish_client (SmTestServer *server)
{
  g_autofree char *first = read_pem ("first");
  g_autofree char *now = NULL;

  g_assert_true (g_file_set_contents (files.pem, "rubbish", -1, NULL));
  g_main_context_invoke_full (NULL, G_PRIORITY_HIGH, reload_cb, server, NULL);
  now = shown_now (server);
  g_assert_cmpstr (now, ==, first);
}

static void
test_rubbish (void)
{
  g_autoptr (SmTestServer) server = server_new ((SmServiceOptions){ 0 });

  sm_test_server_run (server, rubbish_client);
}

static gboolean
has_ended (GSocketConnection *connection)
{
  char byte;

  return g_socket_receive (g_socket_connection_get_socket (connection), &byte, 1, NULL, NULL) <= 0;
}

static void
silent_client (SmTestServer *server)
{
  static const char hello[] = "\x16\x03\x01\x02";
  g_autoptr (GSocketConnection) silent = sm_test_service_connect (server->client);
  g_autoptr (GSocketConnection) begun = sm_test_service_connect (server->client);
  g_autoptr (GTlsConnection) good = NULL;

  g_socket_send (g_socket_connection_get_socket (begun), hello, 4, NULL, NULL);
  g_assert_true (has_ended (silent));
  g_assert_true (has_ended (begun));
  /* On a machine that stands still for so long, the deadline is for good manners, too. */
  do
    {
      g_clear_object (&good);
      good = shake_hands (server);
    }
  while (good == NULL || !answers (good));
}

static void
test_silent (void)
{
  g_autoptr (SmTestServer) server = server_new ((SmServiceOptions){ .request_ms = 300 });

  sm_test_server_run (server, silent_client);
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
plain_client (SmTestServer *server)
{
  static const char request[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  g_autoptr (GTlsConnection) good = NULL;
  guint before = count_files ();

  for (guint i = 0; i < N_BAD_HANDSHAKES; i++)
    {
      g_autoptr (SmTestAnswer) answer =
          sm_test_service_send_raw (server->client, request, strlen (request));

      g_assert_cmpuint (answer->status, ==, 0);
    }
  good = shake_hands (server);
  g_assert_true (answers (good));
  g_assert_cmpuint (count_files (), <, before + N_BAD_HANDSHAKES / 2);
}

static void
test_plain (void)
{
  g_autoptr (SmTestServer) server = server_new ((SmServiceOptions){ 0 });

  sm_test_server_run (server, plain_client);
}

static void
test_not_loopback (void)
{
  g_autoptr (SmTestServer) server = server_new ((SmServiceOptions){ 0 });
  SmServiceOptions options = { .quiet = TRUE };
  g_autoptr (SmService) plain = sm_service_new (server->rules, &options);
  g_autoptr (SmService) encrypted = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sm_service_listen (plain, "0.0.0.0:0", FALSE, NULL, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "listen-not-loopback");
  g_clear_error (&error);
  options.tls_certificate = files.pem;
  options.tls_key = files.key;
  encrypted = sm_service_new (server->rules, &options);
  sm_service_listen (encrypted, "0.0.0.0:0", FALSE, &url, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (url, "https://"));
}

static void
test_unusable (void)
{
  g_autoptr (SmTestServer) server = server_new ((SmServiceOptions){ 0 });
  SmServiceOptions options = { .quiet = TRUE, .tls_certificate = "/nowhere.pem" };
  g_autofree char *second_key = sm_test_key (files.folder, "second");
  g_autoptr (GError) error = NULL;
  SmService *service = sm_service_new (server->rules, &options);

  g_assert_false (sm_service_listen (service, "127.0.0.1:0", FALSE, NULL, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "tls-certificate");
  sm_service_free (service);
  g_clear_error (&error);
  options.tls_key = "/nowhere.key";
  service = sm_service_new (server->rules, &options);
  g_assert_false (sm_service_listen (service, "127.0.0.1:0", FALSE, NULL, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "tls-certificate");
  sm_service_free (service);
  g_clear_error (&error);
  /* Each good, but not of each other. */
  options.tls_certificate = files.pem;
  options.tls_key = second_key;
  service = sm_service_new (server->rules, &options);
  g_assert_false (sm_service_listen (service, "127.0.0.1:0", FALSE, NULL, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "tls-certificate");
  sm_service_free (service);
}

static void
make_files (void)
{
  files.folder = g_dir_make_tmp ("sm-test-tls-XXXXXX", NULL);
  files.pem = g_build_filename (files.folder, "shown.pem", NULL);
  files.key = g_build_filename (files.folder, "shown.key", NULL);
  sm_test_make_authority (files.folder, "ca");
  sm_test_make_certificate (files.folder, "ca", "first", SM_TEST_LOOPBACK_NAMES, 2);
  sm_test_make_certificate (files.folder, "ca", "second", SM_TEST_LOOPBACK_NAMES, 2);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  sm_tls_prepare ();
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  make_files ();
  g_test_add_func ("/service/tls/renewed-without-a-restart", test_renewed);
  g_test_add_func ("/service/tls/rubbish-changes-nothing", test_rubbish);
  g_test_add_func ("/service/tls/silent-before-the-handshake", test_silent);
  g_test_add_func ("/service/tls/plain-is-not-answered", test_plain);
  g_test_add_func ("/service/tls/not-loopback-needs-it", test_not_loopback);
  g_test_add_func ("/service/tls/unusable-files", test_unusable);
  status = g_test_run ();
  sm_test_remove_tree (files.folder);
  g_free (files.folder);
  g_free (files.pem);
  g_free (files.key);
  return status;
}
