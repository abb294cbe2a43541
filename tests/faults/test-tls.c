/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sm-client.h"
#include "sm-error.h"
#include "sm-session.h"
#include "sm-test-certificates.h"
#include "sm-test-folder.h"
#include "sm-test-service.h"
#include "sm-tls.h"
#include "sm-trust.h"

/* A11: who is let through by the application, what is said of who is not, and
 * that he hears no token.  The service is the real one. */

#define TOKEN "a-token-that-nobody-may-hear"

static char *folder;

static SmTestService *
service_new (const char *certificate)
{
  g_autofree char *pem = sm_test_pem (folder, certificate), *key = sm_test_key (folder, certificate);
  const char *const args[] = { "--simulate", "none", "--tls-certificate", pem, "--tls-key", key,
                               NULL };

  return sm_test_service_start (args);
}

static void
trust (const char *authority)
{
  g_autofree char *pem = authority != NULL ? sm_test_pem (folder, authority) : NULL;
  g_autoptr (GError) error = NULL;

  sm_trust_set_ca_file (pem, &error);
  g_assert_no_error (error);
}

/* Asks as somebody who is signed in.  Returns: (transfer full) (nullable): why it failed */
static GError *
ask (const char *url)
{
  g_autoptr (SmAuth) auth = sm_auth_new ();
  g_autoptr (SmClock) clock = sm_clock_new_manual (0);
  g_autoptr (SmClient) client = sm_client_new (url, auth, clock, 30, NULL);
  const SmRequest request = { .method = "GET", .path = "/api/v1/me" };
  g_autoptr (SmResponse) response = NULL;
  GError *error = NULL;

  sm_auth_set (auth, TOKEN, NULL);
  response = sm_client_send (client, &request, NULL, &error);
  g_assert_null (response);
  g_test_message ("%s: %s", sm_error_get_slug (error), error->message);
  return error;
}

static void
assert_refused (const char *certificate,
                const char *authority,
                const char *slug)
{
  g_autoptr (SmTestService) service = service_new (certificate);
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  trust (authority);
  error = ask (sm_test_service_get_url (service));
  g_assert_error (error, SM_ERROR, SM_ERROR_OFFLINE);
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
  /* Nothing was asked, so nothing was said. */
  sm_test_service_terminate (service);
  log = sm_test_service_read_log (service);
  g_assert_null (strstr (log, "/api"));
  g_assert_null (strstr (log, TOKEN));
}

static void
test_refused (void)
{
  assert_refused ("ca", NULL, "tls-self-signed");
  assert_refused ("good", NULL, "tls-unknown-ca");
  assert_refused ("good", "other", "tls-unknown-ca");
  assert_refused ("expired", "ca", "tls-expired");
  assert_refused ("elsewhere", "ca", "tls-wrong-host");
}

static void
test_own_authority (void)
{
  g_autoptr (SmTestService) service = service_new ("good");
  g_autoptr (SmAuth) auth = sm_auth_new ();
  g_autoptr (SmClock) clock = sm_clock_new_manual (0);
  g_autoptr (SmClient) client = sm_client_new (sm_test_service_get_url (service), auth, clock, 30,
                                               NULL);
  g_autoptr (SmServiceInfo) info = NULL;
  g_autoptr (SmServiceInfo) late = NULL;
  g_autoptr (GError) error = NULL;

  trust ("ca");
  info = sm_session_check (client, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (info->epoch);
  /* Whom to believe can be changed while there are connections. */
  trust ("other");
  late = sm_session_check (client, NULL, &error);
  g_assert_null (late);
  g_assert_cmpstr (sm_error_get_slug (error), ==, "tls-unknown-ca");
  g_clear_error (&error);
  trust ("ca");
  late = sm_session_check (client, NULL, &error);
  g_assert_no_error (error);
}

static void
test_unreadable (void)
{
  g_autoptr (SmTestService) service = service_new ("good");
  g_autofree char *key = sm_test_key (folder, "good");
  const char *const bad[] = { "/nowhere.pem", key };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) later = NULL;

      g_assert_false (sm_trust_set_ca_file (bad[i], &error));
      g_assert_cmpstr (sm_error_get_slug (error), ==, "ca-file-unreadable");
      later = ask (sm_test_service_get_url (service));
      g_assert_cmpstr (sm_error_get_slug (later), ==, "ca-file-unreadable");
    }
  trust (NULL);
}

/* Two servers that are not ours: one points to the other. */
typedef struct
{
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *certificate; /* (nullable) */
  char *target;      /* (nullable): where it points */
  char *url;
  int n_heard;       /* atomic */
  int n_tokens;      /* atomic */
  int is_ready;      /* atomic */
} Stranger;

static void
heard_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  Stranger *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  g_atomic_int_inc (&self->n_heard);
  if (soup_message_headers_get_one (headers, "Authorization") != NULL)
    g_atomic_int_inc (&self->n_tokens);
  if (self->target != NULL)
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, self->target);
  else
    soup_server_message_set_status (message, 200, NULL);
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
  if (self->certificate != NULL)
    {
      g_autofree char *pem = sm_test_pem (folder, self->certificate);
      g_autofree char *key = sm_test_key (folder, self->certificate);
      g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (pem, key, &error);

      g_assert_no_error (error);
      soup_server_set_tls_certificate (server, certificate);
    }
  soup_server_add_handler (server, NULL, heard_cb, self, NULL);
  soup_server_listen_local (server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY
                            | (self->certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  self->url = g_uri_to_string (uris->data);
  g_atomic_int_set (&self->is_ready, TRUE);
  g_main_loop_run (self->loop);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static Stranger *
stranger_new (const char *certificate,
              const char *target)
{
  Stranger *self = g_new0 (Stranger, 1);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->certificate = g_strdup (certificate);
  self->target = g_strdup (target);
  self->thread = g_thread_new ("stranger", stranger_main, self);
  while (!g_atomic_int_get (&self->is_ready))
    g_thread_yield ();
  return self;
}

static void
stranger_free (Stranger *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->certificate);
  g_free (self->target);
  g_free (self->url);
  g_free (self);
}

static void
test_redirect (void)
{
  Stranger *plain = stranger_new (NULL, NULL);
  Stranger *encrypted = stranger_new ("good", plain->url);
  Stranger *onward = stranger_new ("good", encrypted->url);
  g_autoptr (GError) down = NULL;
  g_autoptr (GError) aside = NULL;

  trust ("ca");
  down = ask (encrypted->url);
  g_assert_error (down, SM_ERROR, SM_ERROR_PROTOCOL);
  g_assert_cmpstr (sm_error_get_slug (down), ==, "redirect-to-plain");
  g_assert_cmpint (g_atomic_int_get (&plain->n_heard), ==, 0);
  aside = ask (onward->url);
  g_assert_cmpstr (sm_error_get_slug (aside), ==, "redirected");
  g_assert_cmpint (g_atomic_int_get (&encrypted->n_heard), ==, 1);
  /* Whoever signs in hears it in the same words. */
  {
    g_autoptr (SmAuth) auth = sm_auth_new ();
    g_autoptr (SmClock) clock = sm_clock_new_manual (0);
    g_autoptr (SmClient) client = sm_client_new (encrypted->url, auth, clock, 30, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (sm_session_check (client, NULL, &error));
    g_assert_cmpstr (sm_error_get_slug (error), ==, "redirect-to-plain");
  }
  stranger_free (onward);
  stranger_free (encrypted);
  stranger_free (plain);
  trust (NULL);
}

/* Returns: whether openssl could shake hands in that version */
static gboolean
speaks (SmTestService *service,
        const char    *version)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", sm_test_service_get_port (service));
  const char *const args[] = { "openssl", "s_client", "-connect", address, version, "-cipher",
                               "DEFAULT@SECLEVEL=0", NULL };
  g_autofree char *output = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      args, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
            | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL);

  g_subprocess_communicate_utf8 (process, "", NULL, &output, NULL, NULL);
  return g_subprocess_get_successful (process);
}

static void
test_versions (void)
{
  g_autoptr (SmTestService) service = service_new ("good");

  g_assert_true (speaks (service, "-tls1_3"));
  g_assert_true (speaks (service, "-tls1_2"));
  g_assert_false (speaks (service, "-tls1_1"));
  g_assert_false (speaks (service, "-tls1"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  sm_tls_prepare ();
  g_test_init (&argc, &argv, NULL);
  sm_client_prepare ();
  folder = g_dir_make_tmp ("sm-test-tls-XXXXXX", NULL);
  sm_test_make_authority (folder, "ca");
  sm_test_make_authority (folder, "other");
  sm_test_make_certificate (folder, "ca", "good", SM_TEST_LOOPBACK_NAMES, 2);
  sm_test_make_certificate (folder, "ca", "expired", SM_TEST_LOOPBACK_NAMES, -1);
  sm_test_make_certificate (folder, "ca", "elsewhere", "DNS:elsewhere.example", 2);
  g_test_add_func ("/faults/tls/only-who-is-believed", test_refused);
  g_test_add_func ("/faults/tls/own-authority", test_own_authority);
  g_test_add_func ("/faults/tls/unreadable-authority-believes-nobody", test_unreadable);
  g_test_add_func ("/faults/tls/redirect-is-not-followed", test_redirect);
  g_test_add_func ("/faults/tls/no-old-versions", test_versions);
  status = g_test_run ();
  sm_test_remove_tree (folder);
  g_free (folder);
  return status;
}
