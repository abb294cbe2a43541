/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "sm-rules-private.h"
#include "sm-words.h"

#define PASSWORD "correct horse"

static void
add_person (Fixture    *f,
            const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sm_users_add (f->rules, f->system, name, NULL, "operator", NULL, PASSWORD, NULL,
                               &error));
  g_assert_no_error (error);
}

static SmSession *
sign_in (Fixture    *f,
         const char *name)
{
  g_autoptr (GError) error = NULL;
  SmSession *session = sm_sessions_sign_in (f->rules, name, PASSWORD, &error);

  g_assert_no_error (error);
  return session;
}

static void
assert_refused (Fixture    *f,
                const char *token)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sm_rules_authenticate (f->rules, token, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_UNAUTHENTICATED);
}

static void
assert_taken (Fixture    *f,
              const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmActor) actor = sm_rules_authenticate (f->rules, token, &error);

  g_assert_no_error (error);
  g_assert_nonnull (actor);
}

static void
test_sign_in (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmSession) session = NULL;
  g_autoptr (SmActor) actor = NULL;

  add_person (f, "Li.Wei");
  session = sign_in (f, "li.wei"); /* the case of a name is no secret */
  actor = sm_rules_authenticate (f->rules, session->token, NULL);
  g_assert_cmpstr (actor->name, ==, "Li.Wei");
  g_assert_true (sm_actor_may (actor, "alarm.acknowledge"));
  g_assert_false (sm_actor_may (actor, "user.manage"));
  g_assert_cmpint (actor->access_rev, ==, 1);
  assert_refused (f, NULL);
  assert_refused (f, "");
  assert_refused (f, session->refresh_token); /* it opens nothing but the next token */
}

static void
test_tokens_end (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmSession) session = NULL;
  g_autoptr (SmSession) next = NULL;
  g_autoptr (GError) error = NULL;

  add_person (f, "li");
  session = sign_in (f, "li");
  sm_clock_advance (f->network, 365 * SM_DAY); /* is not what times them */
  assert_taken (f, session->token);
  sm_clock_advance (f->machine, session->expires_in_s * SM_SECOND);
  assert_refused (f, session->token);
  next = sm_sessions_refresh (f->rules, session->refresh_token, &error);
  g_assert_no_error (error);
  assert_taken (f, next->token);
  assert_refused (f, session->token);
  fixture_reopen (f); /* a restart signs nobody out */
  assert_taken (f, next->token);
  sm_clock_advance (f->machine, 31 * SM_DAY);
  g_assert_null (sm_sessions_refresh (f->rules, next->refresh_token, &error));
  fixture_assert_error (error, SM_ERROR_UNAUTHENTICATED, "session-over");
}

static SmSession *
refresh (Fixture    *f,
         const char *refresh_token)
{
  g_autoptr (GError) error = NULL;
  SmSession *session = sm_sessions_refresh (f->rules, refresh_token, &error);

  g_assert_no_error (error);
  return session;
}

/* Each gives the next; who comes with one that was used ends them all. */
static void
test_refresh_once (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmSession) first = NULL;
  g_autoptr (SmSession) second = NULL;
  g_autoptr (SmSession) third = NULL;
  g_autoptr (SmSession) other = NULL;
  g_autoptr (GError) error = NULL;

  add_person (f, "li");
  first = sign_in (f, "li");
  other = sign_in (f, "li");
  second = refresh (f, first->refresh_token);
  g_assert_cmpstr (second->refresh_token, !=, first->refresh_token);
  assert_refused (f, first->token);
  third = refresh (f, second->refresh_token);
  assert_taken (f, third->token);
  fixture_reopen (f);
  g_assert_null (sm_sessions_refresh (f->rules, second->refresh_token, &error));
  fixture_assert_error (error, SM_ERROR_UNAUTHENTICATED, "refresh-token-reused");
  g_clear_error (&error);
  assert_refused (f, third->token);
  g_assert_null (sm_sessions_refresh (f->rules, third->refresh_token, &error));
  fixture_assert_error (error, SM_ERROR_UNAUTHENTICATED, "session-over");
  assert_taken (f, other->token); /* another desk's is another's */
}

/* An answer that never came signs nobody out, over a restart neither. */
static void
test_lost_answer (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmSession) first = NULL;
  g_autoptr (SmSession) lost = NULL;
  g_autoptr (SmSession) again = NULL;
  g_autoptr (SmSession) thief = NULL;

  add_person (f, "li");
  first = sign_in (f, "li");
  assert_taken (f, first->token);
  lost = refresh (f, first->refresh_token);
  fixture_reopen (f);
  again = refresh (f, first->refresh_token);
  assert_refused (f, lost->token);
  assert_taken (f, again->token);
  g_assert_null (sm_sessions_refresh (f->rules, lost->refresh_token, NULL));
  assert_refused (f, again->token);
  /* Who was there first with a stolen one, loses it when its owner comes. */
  g_clear_pointer (&first, sm_session_free);
  first = sign_in (f, "li");
  thief = refresh (f, first->refresh_token);
  assert_taken (f, thief->token);
  g_assert_null (sm_sessions_refresh (f->rules, first->refresh_token, NULL));
  assert_refused (f, thief->token);
}

static void
test_sign_out (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmSession) session = NULL;

  add_person (f, "li");
  session = sign_in (f, "li");
  g_assert_true (sm_sessions_sign_out (f->rules, session->token, NULL));
  assert_refused (f, session->token);
  g_assert_null (sm_sessions_refresh (f->rules, session->refresh_token, NULL));
  session = (sm_session_free (session), sign_in (f, "li"));
  {
    g_autoptr (SmSession) next = refresh (f, session->refresh_token);

    /* The bearer token of before is gone: with it nobody is signed out. */
    g_assert_true (sm_sessions_sign_out (f->rules, session->token, NULL));
    assert_taken (f, next->token);
    g_assert_true (sm_sessions_sign_out (f->rules, next->token, NULL));
    g_assert_null (sm_sessions_refresh (f->rules, next->refresh_token, NULL));
  }
}

static void
test_changed_access (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmSession) session = NULL;
  g_autoptr (SmSession) again = NULL;

  add_person (f, "li");
  session = sign_in (f, "li");
  g_assert_true (sm_users_set_access (f->rules, f->system, "li", "wall", NULL, NULL));
  assert_refused (f, session->token);
  g_assert_null (sm_sessions_refresh (f->rules, session->refresh_token, NULL));
  again = sign_in (f, "li");
  g_assert_cmpint (again->actor->access_rev, ==, 2);
  g_assert_false (sm_actor_may (again->actor, "alarm.acknowledge"));
  g_assert_true (sm_users_passwd (f->rules, f->system, "li", "another secret", NULL));
  assert_refused (f, again->token);
  g_assert_null (sm_sessions_refresh (f->rules, again->refresh_token, NULL));
  g_assert_null (sm_sessions_sign_in (f->rules, "li", PASSWORD, NULL));
}

/* The answers to a name that exists and to one that does not are the same. */
static void
test_lock (void)
{
  const char *names[] = { "li", "nobody" };
  g_autoptr (Fixture) f = fixture_new ();

  add_person (f, "li");
  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    {
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < 5; i++)
        {
          g_assert_null (sm_sessions_sign_in (f->rules, names[n], "wrong", &error));
          fixture_assert_error (error, SM_ERROR_UNAUTHENTICATED, "sign-in-failed");
          g_clear_error (&error);
        }
      for (guint i = 0; i < 1000; i++)
        {
          g_assert_null (sm_sessions_sign_in (f->rules, names[n], PASSWORD, &error));
          fixture_assert_error (error, SM_ERROR_TOO_MANY, "sign-in-locked");
          g_assert_cmpint (atoi (sm_error_get_param (error, "retry_after")), >, 0);
          g_clear_error (&error);
        }
    }
  sm_clock_advance (f->machine, 2 * SM_SECOND);
  g_assert_null (sm_sessions_sign_in (f->rules, "li", "wrong", NULL));
  sm_clock_advance (f->machine, SM_SECOND); /* the wait has doubled */
  g_assert_null (sm_sessions_sign_in (f->rules, "li", PASSWORD, NULL));
  sm_clock_advance (f->machine, 2 * SM_SECOND);
  sm_session_free (sign_in (f, "li"));
  sm_session_free (sign_in (f, "li"));
}

static void
test_demo (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SmSession) session = sm_sessions_sign_in_demo (f->rules, &error);
  g_autoptr (SmSession) second = NULL;

  g_assert_no_error (error);
  g_assert_true (sm_actor_may (session->actor, "alarm.acknowledge"));
  second = sm_sessions_sign_in_demo (f->rules, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second->actor->id, ==, session->actor->id);
  /* The demo person has no password that could be guessed. */
  g_assert_null (sm_sessions_sign_in (f->rules, "demo", "", &error));
  fixture_assert_error (error, SM_ERROR_UNAUTHENTICATED, "sign-in-failed");
  g_clear_error (&error);
  g_clear_pointer (&f->rules, sm_rules_close);
  fixture_open (f, FALSE);
  g_assert_null (sm_sessions_sign_in_demo (f->rules, &error));
  fixture_assert_error (error, SM_ERROR_UNAUTHENTICATED, "demo-off");
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
test_in_a_main_loop (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GAsyncResult) in = NULL;
  g_autoptr (GAsyncResult) wrong = NULL;
  g_autoptr (GAsyncResult) out = NULL;
  g_autoptr (SmSession) session = NULL;
  g_autoptr (GError) error = NULL;

  add_person (f, "li");
  sm_sessions_sign_in_async (f->rules, "li", PASSWORD, NULL, finished_cb, &in);
  session = sm_sessions_finish (wait_for (&in), &error);
  g_assert_no_error (error);
  assert_taken (f, session->token);
  sm_sessions_sign_in_async (f->rules, "li", "wrong", NULL, finished_cb, &wrong);
  g_assert_null (sm_sessions_finish (wait_for (&wrong), &error));
  fixture_assert_error (error, SM_ERROR_UNAUTHENTICATED, "sign-in-failed");
  g_clear_error (&error);
  sm_sessions_sign_out_async (f->rules, session->token, NULL, finished_cb, &out);
  g_assert_true (sm_sessions_sign_out_finish (wait_for (&out), &error));
  assert_refused (f, session->token);
}

static void
test_gateways (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *token = sm_gateways_add (f->rules, f->system, "north", NULL, &error);
  g_autoptr (SmActor) actor = NULL;

  g_assert_no_error (error);
  actor = sm_rules_authenticate (f->rules, token, &error);
  g_assert_cmpint (actor->kind, ==, SM_ACTOR_DEVICE);
  g_assert_true (sm_actor_may (actor, "vehicle.ingest"));
  g_assert_false (sm_actor_may (actor, "network.read"));
  g_assert_null (sm_gateways_add (f->rules, f->system, "north", NULL, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_CONFLICT);
  fixture_reopen (f);
  assert_taken (f, token);
}

static void
test_bad_people (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) operator_ = fixture_make_person (5, "operator", SM_SCOPE_ALL, 0);
  struct { const char *name, *role, *password; SmErrorCode code; } cases[] = {
    { "", "operator", PASSWORD, SM_ERROR_INVALID },
    { "a b", "operator", PASSWORD, SM_ERROR_INVALID },
    { "li", "emperor", PASSWORD, SM_ERROR_INVALID },
    { "li", "operator", "short", SM_ERROR_INVALID },
    { "KNOWN", "operator", PASSWORD, SM_ERROR_CONFLICT },
  };
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;

  add_person (f, "known");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_false (sm_users_add (f->rules, f->system, cases[i].name, NULL, cases[i].role, NULL,
                                    cases[i].password, NULL, &error));
      g_assert_error (error, SM_ERROR, (int) cases[i].code);
      g_clear_error (&error);
    }
  g_assert_false (sm_users_add (f->rules, operator_, "li", NULL, "operator", NULL, PASSWORD, NULL,
                                &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_DENIED);
  people = sm_users_list (f->rules, NULL);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_true (((SmUserInfo *) people->pdata[0])->has_password);
}

/* What the command line does beside a running service is followed. */
static void
test_another_process (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  SmRulesOptions options = { .path = f->path, .network = f->network, .machine = f->machine };
  SmRules *other = sm_rules_open (&options, NULL);
  SmRules *own = f->rules;
  g_autofree char *token = NULL;
  gint64 seq = sm_rules_get_seq (own);

  f->rules = other;
  add_person (f, "li");
  token = sm_gateways_add (other, f->system, "north", NULL, NULL);
  fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  f->rules = own;
  assert_refused (f, token);
  fixture_pass (f, 1);
  fixture_pass (f, 1);
  assert_taken (f, token);
  sm_session_free (sign_in (f, "li"));
  g_assert_cmpint (sm_rules_get_seq (own), ==, seq + 1);
  {
    g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (own, f->system, 0);

    g_assert_cmpuint (batch->columns.n, ==, 1);
  }
  sm_rules_close (other);
}

/* Neither a token nor a password is in any of the files. */
static void
test_no_secret_on_disk (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmSession) session = NULL;
  g_autofree char *gateway = sm_gateways_add (f->rules, f->system, "north", NULL, NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  add_person (f, "li");
  session = sign_in (f, "li");
  g_clear_pointer (&f->rules, sm_rules_close);
  dir = g_dir_open (f->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->dir, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      g_assert_null (memmem (data, length, session->token, strlen (session->token)));
      g_assert_null (memmem (data, length, session->refresh_token, strlen (session->refresh_token)));
      g_assert_null (memmem (data, length, gateway, strlen (gateway)));
      g_assert_null (memmem (data, length, PASSWORD, strlen (PASSWORD)));
    }
}

/* Rosters show them, and nobody reads slugs. */
static void
test_roles_in_words (void)
{
  const char *const *names = sm_role_names ();

  for (guint i = 0; names[i] != NULL; i++)
    g_assert_true (sm_word_is_known (sm_person_roles, names[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/access/sign-in", test_sign_in);
  g_test_add_func ("/rules/access/tokens-end", test_tokens_end);
  g_test_add_func ("/rules/access/refresh-once", test_refresh_once);
  g_test_add_func ("/rules/access/lost-answer", test_lost_answer);
  g_test_add_func ("/rules/access/sign-out", test_sign_out);
  g_test_add_func ("/rules/access/changed-access", test_changed_access);
  g_test_add_func ("/rules/access/lock", test_lock);
  g_test_add_func ("/rules/access/demo", test_demo);
  g_test_add_func ("/rules/access/in-a-main-loop", test_in_a_main_loop);
  g_test_add_func ("/rules/access/gateways", test_gateways);
  g_test_add_func ("/rules/access/bad-people", test_bad_people);
  g_test_add_func ("/rules/access/another-process", test_another_process);
  g_test_add_func ("/rules/access/no-secret-on-disk", test_no_secret_on_disk);
  g_test_add_func ("/rules/access/roles-in-words", test_roles_in_words);
  return g_test_run ();
}
