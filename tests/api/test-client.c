/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "listening.h"
#include "sm-auth.h"
#include "sm-client.h"
#include "sm-error.h"
#include "sm-paths.h"
#include "sm-time.h"

static void
test_time (void)
{
  static const struct
  {
    const char *header;
    gboolean is_good;
    gint64 now;
    double rate;
  } cases[] = {
    { "1970-01-01T00:00:01Z;rate=60", TRUE, 1000000, 60 },
    { "1970-01-01T08:00:01.5+08:00;rate=0.5", TRUE, 1500000, 0.5 },
    { "1970-01-01T00:00:01Z", TRUE, 1000000, 1 },
    { "1970-01-01T00:00:01Z; rate=2", TRUE, 1000000, 2 },
    { NULL, FALSE, 0, 0 },
    { "", FALSE, 0, 0 },
    { "yesterday;rate=1", FALSE, 0, 0 },
    { "1970-01-01T00:00:01Z;rate=0", FALSE, 0, 0 },
    { "1970-01-01T00:00:01Z;rate=-1", FALSE, 0, 0 },
    { "1970-01-01T00:00:01Z;rate=nan", FALSE, 0, 0 },
    { "1970-01-01T00:00:01Z;rate=inf", FALSE, 0, 0 },
    { "1970-01-01T00:00:01Z;rate=1x", FALSE, 0, 0 },
    { "1970-01-01T00:00:01Z;speed=1", FALSE, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 now = 0;
      double rate = 0;

      g_test_message ("%s", cases[i].header);
      g_assert_cmpint (sm_client_parse_time (cases[i].header, &now, &rate), ==, cases[i].is_good);
      g_assert_cmpint (now, ==, cases[i].now);
      g_assert_cmpfloat (rate, ==, cases[i].rate);
    }
}

static void
test_address (void)
{
  static const char *const bad[] = { "", "x", "ftp://example.org", "http://", "/api",
                                     "http://[::1" };
  g_autoptr (SmAuth) auth = sm_auth_new ();
  g_autoptr (SmClock) clock = sm_clock_new_manual (0);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SmClient) client = sm_client_new (bad[i], auth, clock, 1, &error);

      g_test_message ("%s", bad[i]);
      g_assert_null (client);
      g_assert_error (error, SM_ERROR, SM_ERROR_PROTOCOL);
      g_assert_cmpstr (sm_error_get_slug (error), ==, "bad-address");
    }
}

static void
test_auth (void)
{
  g_autoptr (SmAuth) auth = sm_auth_new ();
  g_autofree char *token = NULL, *first = NULL, *second = NULL;

  g_assert_false (sm_auth_is_signed_in (auth));
  sm_auth_set (auth, "t1", "r1");
  g_assert_true (sm_auth_is_signed_in (auth));
  token = sm_auth_dup_token (auth);
  g_assert_cmpstr (token, ==, "t1");
  /* One of those who were refused fetches a new token ... */
  first = sm_auth_begin_refresh (auth, "t1");
  g_assert_cmpstr (first, ==, "r1");
  sm_auth_set (auth, "t2", "r2");
  sm_auth_end_refresh (auth);
  /* ... and the others find it there. */
  second = sm_auth_begin_refresh (auth, "t1");
  g_assert_null (second);
  sm_auth_end_refresh (auth);
  sm_auth_clear (auth);
  g_assert_false (sm_auth_is_signed_in (auth));
}

static void
test_blame (void)
{
  g_autoptr (GError) error = NULL;

  sm_set_error (&error, SM_ERROR_MALFORMED, "malformed", "a comma is missing");
  sm_client_blame_answer (&error);
  g_assert_error (error, SM_ERROR, SM_ERROR_PROTOCOL);
  g_assert_cmpstr (sm_error_get_slug (error), ==, "unexpected-answer");
  g_clear_error (&error);
  /* A connection that broke is nobody's mistake. */
  sm_set_error (&error, SM_ERROR_OFFLINE, "server-unreachable", "reset");
  sm_client_blame_answer (&error);
  g_assert_error (error, SM_ERROR, SM_ERROR_OFFLINE);
}

#define LATE_US (300 * 1000)

/* Says its time, and "/late" only then goes to sleep. */
static void
say_time_cb (SoupServer        *server,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           user_data)
{
  g_autofree char *now = sm_time_to_rfc3339 (g_get_real_time ());

  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                SM_HEADER_TIME, now);
  if (g_str_equal (path, "/late"))
    g_usleep (LATE_US);
  soup_server_message_set_status (message, 200, NULL);
}

typedef struct
{
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *url; /* once the thread is up */
  GMutex mutex;
  GCond cond;
} Service;

static gpointer
serve_main (gpointer data)
{
  Service *self = data;
  g_autoptr (SoupServer) server = NULL;

  g_main_context_push_thread_default (self->context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, say_time_cb, NULL, NULL);
  g_mutex_lock (&self->mutex);
  self->url = listen_anywhere (server);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_main_loop_run (self->loop);
  soup_server_disconnect (server);
  /* What it had accepted is let go of by the loop. */
  g_clear_object (&server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
service_start (Service *self)
{
  sm_client_prepare ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("service", serve_main, self);
  g_mutex_lock (&self->mutex);
  while (self->url == NULL)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
service_stop (Service *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->url);
}

/* As each thread of the application does, which all follow the one clock. */
static void
ask_with_own_client (Service    *service,
                     SmClock    *clock,
                     const char *path)
{
  g_autoptr (SmAuth) auth = sm_auth_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SmClient) client = sm_client_new (service->url, auth, clock, 20, &error);
  SmRequest request = { .method = "GET", .path = path, .anonymous = TRUE };
  SmResponse *response = sm_client_send (client, &request, NULL, &error);

  g_assert_no_error (error);
  sm_response_free (response);
}

static void
test_late (void)
{
  g_autoptr (SmClock) clock = sm_clock_new_network (0, 1);
  Service service = { 0 };
  gint64 before, elapsed;

  service_start (&service);
  ask_with_own_client (&service, clock, "/");
  before = sm_clock_now (clock);
  elapsed = g_get_monotonic_time ();
  ask_with_own_client (&service, clock, "/late");
  elapsed = g_get_monotonic_time () - elapsed;
  g_assert_cmpint (elapsed, >=, LATE_US);
  /* All of the time that has passed has passed on the clock. */
  g_assert_cmpint (sm_clock_now (clock) - before, >=, elapsed);
  service_stop (&service);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/client/network-time", test_time);
  g_test_add_func ("/api/client/late-answer-takes-no-time-back", test_late);
  g_test_add_func ("/api/client/bad-address", test_address);
  g_test_add_func ("/api/client/rubbish-is-the-services-mistake", test_blame);
  g_test_add_func ("/api/auth/renewed-once-for-all", test_auth);
  return g_test_run ();
}
