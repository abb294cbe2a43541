/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-server.h"

#include "sm-access-private.h"
#include "sm-paths.h"
#include "sm-test-full.h"
#include "sm-time.h"
#include "sm-users.h"

/* A7: guessing passwords, and tokens that were ended. */

#define FREE_TRIES 5

static SmTestAnswer *
guess (SmTestServer *server,
       const char   *name,
       guint         n)
{
  g_autofree char *body
    = g_strdup_printf ("{\"name\":\"%s\",\"password\":\"wrong %u\"}", name, n);

  return sm_test_service_send (server->client, "POST", SM_PATH_SESSION, NULL, NULL, body);
}

/* All that can be told apart from outside: how each guess is answered. */
static char *
guess_often (SmTestServer *server,
             const char   *name,
             guint         times,
             guint        *out_work)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  guint before = sm_password_count ();

  for (guint i = 0; i < times; i++)
    {
      g_autoptr (SmTestAnswer) answer = guess (server, name, i);
      const char *retry = sm_test_answer_header (answer, "retry-after");

      g_assert_cmpuint (answer->status, ==, i < FREE_TRIES ? 401 : 429);
      g_assert_true ((retry != NULL) == (answer->status == 429));
      g_string_append_printf (heard, "%u %s %s\n", answer->status, retry, answer->body);
    }
  *out_work = sm_password_count () - before;
  return g_string_free (g_steal_pointer (&heard), FALSE);
}

static void
guessing_client (SmTestServer *server)
{
  guint times = sm_test_times (1000), known_work, unknown_work;
  g_autofree char *known = guess_often (server, "olga", times, &known_work);
  g_autofree char *unknown = guess_often (server, "nobody", times, &unknown_work);

  g_assert_cmpstr (known, ==, unknown);
  g_assert_cmpuint (known_work, ==, unknown_work);
  g_assert_cmpuint (known_work, ==, FREE_TRIES);
  /* Not even the right one, until the time is over; and others come in meanwhile. */
  {
    g_autoptr (SmTestAnswer) right = sm_test_service_send (
        server->client, "POST", SM_PATH_SESSION, NULL, NULL,
        "{\"name\":\"olga\",\"password\":\"" SM_TEST_PASSWORD "\"}");
    g_autofree char *other = sm_test_server_sign_in (server, "wanda");

    sm_test_assert_problem (right, 429, "sign-in-locked");
    g_assert_nonnull (other);
  }
  sm_clock_advance (server->machine, 16 * SM_MINUTE);
  g_free (sm_test_server_sign_in (server, "olga"));
}

static void
test_guessing (void)
{
  sm_test_server_try (guessing_client, FALSE);
}

/* Both names cost the same: by the same function with the same parameters. */
static void
test_same_work (void)
{
  g_autofree char *hash = sm_password_hash ("any");
  guint before = sm_password_count ();

  g_assert_true (g_str_has_prefix (hash, SM_PASSWORD_SETTING));
  g_assert_false (sm_password_verify ("wrong", hash));
  g_assert_cmpuint (sm_password_count () - before, ==, 1);
  g_assert_false (sm_password_verify ("wrong", NULL));
  g_assert_cmpuint (sm_password_count () - before, ==, 2);
  g_assert_true (sm_password_verify ("any", hash));
}

typedef struct
{
  SmTestServer *server;
  const char *token;
  char *path;
} Poll;

static gpointer
poll_thread (gpointer data)
{
  Poll *poll = data;

  return sm_test_ask (poll->server, "GET", poll->path, poll->token);
}

static guint
open_polls (SmTestServer *server)
{
  g_autoptr (SmTestAnswer) answer = sm_test_ask (server, "GET", "/metrics", NULL);
  const char *line = strstr (answer->body, "\nstationmaster_polls ");

  g_assert_nonnull (line);
  return (guint) atoi (line + strlen ("\nstationmaster_polls "));
}

typedef void (*EndFunc) (SmTestServer *server,
                         const char   *token);

static void
change_role (SmTestServer *server,
             const char   *token)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  g_autoptr (GError) error = NULL;

  sm_users_set_access (server->rules, system, "olga", "engineer", NULL, &error);
  g_assert_no_error (error);
}

static void
change_password (SmTestServer *server,
                 const char   *token)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  g_autoptr (GError) error = NULL;

  sm_users_passwd (server->rules, system, "olga", SM_TEST_PASSWORD, &error);
  g_assert_no_error (error);
}

static void
sign_out (SmTestServer *server,
          const char   *token)
{
  g_autoptr (SmTestAnswer) answer = sm_test_ask (server, "DELETE", SM_PATH_SESSION, token);

  g_assert_cmpuint (answer->status, ==, 204);
}

/* What is asked, and what is still being waited for, is refused with the next answer. */
static void
end_and_ask (SmTestServer *server,
             EndFunc       end)
{
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autoptr (JsonObject) first = sm_test_service_get (server->client, SM_PATH_LIVE_VEHICLES, token);
  g_autoptr (SmTestAnswer) after = NULL;
  g_autoptr (SmTestAnswer) held = NULL;
  Poll poll = { server, token, NULL };
  GThread *thread;

  poll.path = g_strdup_printf (SM_PATH_LIVE_VEHICLES "?since=%" G_GINT64_FORMAT "&wait=8",
                               json_object_get_int_member (first, "tick"));
  thread = g_thread_new ("poll", poll_thread, &poll);
  while (open_polls (server) == 0)
    ;
  end (server, token);
  after = sm_test_ask (server, "GET", SM_PATH_ME, token);
  sm_test_assert_problem (after, 401, "token-invalid");
  sm_test_server_report (server, 31);
  held = g_thread_join (thread);
  sm_test_assert_problem (held, 401, "token-invalid");
  g_free (poll.path);
}

static void
ended_client (SmTestServer *server)
{
  sm_test_server_report (server, 30);
  end_and_ask (server, sign_out);
  end_and_ask (server, change_role);
  end_and_ask (server, change_password);
}

static void
test_ended (void)
{
  sm_test_server_try (ended_client, FALSE);
}

static SmTestAnswer *
refresh (SmTestServer *server,
         const char   *refresh_token)
{
  g_autofree char *body = g_strdup_printf ("{\"refresh_token\":\"%s\"}", refresh_token);

  return sm_test_service_send (server->client, "POST", SM_PATH_REFRESH, NULL, NULL, body);
}

static void
refresh_client (SmTestServer *server)
{
  g_autoptr (JsonObject) first = sm_test_service_post (
      server->client, SM_PATH_SESSION, NULL, NULL,
      "{\"name\":\"olga\",\"password\":\"" SM_TEST_PASSWORD "\"}");
  const char *old = json_object_get_string_member (first, "refresh_token");
  g_autoptr (SmTestAnswer) answer = refresh (server, old);
  g_autoptr (JsonObject) second = sm_test_answer_object (answer);
  const char *token = json_object_get_string_member (second, "token");
  g_autoptr (SmTestAnswer) mine = sm_test_ask (server, "GET", SM_PATH_ME, token);
  g_autoptr (SmTestAnswer) reused = refresh (server, old);
  g_autoptr (SmTestAnswer) after = sm_test_ask (server, "GET", SM_PATH_ME, token);
  g_autoptr (SmTestAnswer) rubbish = refresh (server, "..");
  g_autoptr (SmTestAnswer) empty = refresh (server, "");

  g_assert_cmpuint (mine->status, ==, 200);
  sm_test_assert_problem (reused, 401, "refresh-token-reused");
  sm_test_assert_problem (after, 401, "token-invalid");
  sm_test_assert_problem (rubbish, 401, "session-over");
  sm_test_assert_problem (empty, 401, "session-over");
}

static void
test_refresh (void)
{
  sm_test_server_try (refresh_client, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/sign-in/guessing-tells-nothing", test_guessing);
  g_test_add_func ("/service/sign-in/same-work-for-every-name", test_same_work);
  g_test_add_func ("/service/sign-in/ended-tokens-are-refused-at-once", test_ended);
  g_test_add_func ("/service/sign-in/refresh-token-serves-once", test_refresh);
  return g_test_run ();
}
