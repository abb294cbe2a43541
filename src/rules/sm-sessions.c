/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-users.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-uuid.h"

#include <string.h>

#define TOKEN_LIFETIME (15 * SM_MINUTE)
#define REFRESH_LIFETIME (30 * SM_DAY)
#define DEMO_NAME "demo"
#define DEMO_ROLE "dispatcher"
#define MAX_PASSWORD 1024

void
sm_session_free (SmSession *self)
{
  g_free (self->token);
  g_free (self->refresh_token);
  g_clear_pointer (&self->actor, sm_actor_unref);
  g_free (self);
}

static char *
hash_token (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

typedef struct
{
  SmSessionRecord *session; /* to be written */
  char *old_token_hash;     /* (nullable): the token that it takes the place of */
  gboolean ends;
} Job;

static gpointer
write_session (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const Job *job = data;
  SmConnection *connection = sm_rules_get_connection (rules);

  if (job->ends)
    {
      if (sm_session_table_remove (connection, job->session->refresh_hash, error))
        sm_access_remove_session (rules->access, job->session->token_hash);
      return NULL;
    }
  if (!sm_session_table_put (connection, job->session, error))
    return NULL;
  if (job->old_token_hash != NULL)
    sm_access_remove_session (rules->access, job->old_token_hash);
  sm_access_add_session (rules->access, job->session);
  return NULL;
}

static SmSession *
make_session (const char *token,
              const char *refresh_token,
              SmActor    *actor)
{
  SmSession *session = g_new (SmSession, 1);

  *session = (SmSession){ g_strdup (token), g_strdup (refresh_token), TOKEN_LIFETIME / SM_SECOND,
                          actor };
  return session;
}

static SmSession *
begin_session (SmRules  *rules,
               gint64    user_id,
               GError  **error)
{
  g_autofree char *token = sm_random_token ();
  g_autofree char *refresh_token = sm_random_token ();
  g_autoptr (SmSessionRecord) record = g_new0 (SmSessionRecord, 1);
  gint64 now = sm_rules_machine_now (rules);
  Job job = { record, NULL, FALSE };

  record->token_hash = hash_token (token);
  record->refresh_hash = hash_token (refresh_token);
  record->user_id = user_id;
  record->expires_at = now + TOKEN_LIFETIME;
  record->refresh_expires_at = now + REFRESH_LIFETIME;
  if (!sm_rules_do_sync (rules, write_session, &job, error))
    return NULL;
  return make_session (token, refresh_token, sm_access_dup_actor (rules->access, user_id));
}

static void
set_unauthenticated (GError    **error,
                     const char *slug)
{
  sm_set_error (error, SM_ERROR_UNAUTHENTICATED, slug, "Not signed in: %s", slug);
}

/**
 * sm_sessions_sign_in:
 *
 * Takes its time: never in a main loop, never in the writer's thread.  A name
 * that does not exist cannot be told from a wrong password, and both lock the
 * name for a while.
 *
 * Returns: (transfer full) (nullable): the session
 */
SmSession *
sm_sessions_sign_in (SmRules     *rules,
                     const char  *name,
                     const char  *password,
                     GError     **error)
{
  g_autoptr (SmUserRecord) user = NULL;

  if (name == NULL || password == NULL || strlen (name) > 100 || strlen (password) > MAX_PASSWORD
      || !g_utf8_validate (name, -1, NULL))
    {
      set_unauthenticated (error, "sign-in-failed");
      return NULL;
    }
  if (!sm_access_begin_attempt (rules->access, name, sm_rules_machine_now (rules), error))
    return NULL;
  user = sm_access_dup_user (rules->access, name);
  if (!sm_password_verify (password, user != NULL ? user->password_hash : NULL))
    {
      set_unauthenticated (error, "sign-in-failed");
      return NULL;
    }
  sm_access_end_attempt (rules->access, name);
  return begin_session (rules, user->id, error);
}

/**
 * sm_sessions_sign_in_demo:
 *
 * On a simulated network only: the demo person, who needs no password.  That
 * the request came over loopback is for the caller to see to.
 *
 * Returns: (transfer full) (nullable): the session
 */
SmSession *
sm_sessions_sign_in_demo (SmRules  *rules,
                          GError  **error)
{
  g_autoptr (SmUserRecord) user = NULL;
  g_autoptr (SmActor) system = sm_actor_new_system ("service");

  if (!rules->simulated)
    {
      set_unauthenticated (error, "demo-off");
      return NULL;
    }
  user = sm_access_dup_user (rules->access, DEMO_NAME);
  if (user == NULL)
    {
      g_autoptr (GError) failed = NULL;

      /* Two at once: one of them finds the name taken, which is as good. */
      if (!sm_users_add (rules, system, DEMO_NAME, "Demo", DEMO_ROLE, NULL, NULL, NULL, &failed)
          && !g_error_matches (failed, SM_ERROR, SM_ERROR_CONFLICT))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
      user = sm_access_dup_user (rules->access, DEMO_NAME);
    }
  if (user == NULL || user->password_hash != NULL)
    {
      set_unauthenticated (error, "demo-off"); /* somebody else bears the name */
      return NULL;
    }
  return begin_session (rules, user->id, error);
}

/**
 * sm_sessions_refresh:
 *
 * Returns: (transfer full) (nullable): the session with a new token; the
 *   refresh token stays, so that a lost answer signs nobody out
 */
SmSession *
sm_sessions_refresh (SmRules     *rules,
                     const char  *refresh_token,
                     GError     **error)
{
  g_autofree char *refresh_hash = hash_token (refresh_token);
  g_autofree char *token = sm_random_token ();
  g_autoptr (SmSessionRecord) record =
      sm_access_dup_session (rules->access, refresh_hash, TRUE);
  gint64 now = sm_rules_machine_now (rules);
  Job job = { record, NULL, FALSE };
  gboolean ok;

  if (record == NULL || record->refresh_expires_at <= now)
    {
      set_unauthenticated (error, "session-over");
      return NULL;
    }
  job.old_token_hash = g_steal_pointer (&record->token_hash);
  record->token_hash = hash_token (token);
  record->expires_at = now + TOKEN_LIFETIME;
  ok = sm_rules_do_sync (rules, write_session, &job, error);
  g_free (job.old_token_hash);
  if (!ok)
    return NULL;
  return make_session (token, refresh_token, sm_access_dup_actor (rules->access, record->user_id));
}

/** sm_sessions_sign_out: From now on neither of the two tokens is good for anything. */
gboolean
sm_sessions_sign_out (SmRules     *rules,
                      const char  *token,
                      GError     **error)
{
  g_autofree char *hash = hash_token (token);
  g_autoptr (SmSessionRecord) record = sm_access_dup_session (rules->access, hash, FALSE);
  Job job = { record, NULL, TRUE };

  return record == NULL || sm_rules_do_sync (rules, write_session, &job, error);
}

/**
 * sm_rules_authenticate:
 *
 * Whose token it is: from memory, any thread.
 *
 * Returns: (transfer full) (nullable): the person or gateway
 */
SmActor *
sm_rules_authenticate (SmRules     *rules,
                       const char  *token,
                       GError     **error)
{
  g_autofree char *hash = token != NULL ? hash_token (token) : NULL;
  SmActor *actor = hash != NULL ? sm_access_find_token (rules->access, hash,
                                                        sm_rules_machine_now (rules))
                                : NULL;

  if (actor == NULL)
    set_unauthenticated (error, token != NULL ? "token-invalid" : "token-missing");
  return actor;
}

/* --- for a main loop: each in a thread of its own --- */

typedef enum
{
  SIGN_IN,
  SIGN_IN_DEMO,
  REFRESH,
  SIGN_OUT,
} What;

typedef struct
{
  What what;
  SmRules *rules;
  char *name; /* or the token */
  char *password;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->name);
  if (request->password != NULL)
    explicit_bzero (request->password, strlen (request->password));
  g_free (request->password);
  g_free (request);
}

static SmSession *
do_request (const Request  *request,
            GError        **error)
{
  switch (request->what)
    {
    case SIGN_IN:
      return sm_sessions_sign_in (request->rules, request->name, request->password, error);
    case SIGN_IN_DEMO:
      return sm_sessions_sign_in_demo (request->rules, error);
    case REFRESH:
      return sm_sessions_refresh (request->rules, request->name, error);
    case SIGN_OUT:
      sm_sessions_sign_out (request->rules, request->name, error);
      return NULL;
    default:
      g_assert_not_reached ();
    }
}

static void
request_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  GError *error = NULL;
  SmSession *session = do_request (task_data, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, session, (GDestroyNotify) sm_session_free);
}

static void
start_request (What                 what,
               SmRules             *rules,
               const char          *name,
               const char          *password,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new (Request, 1);

  *request = (Request){ what, rules, g_strdup (name), g_strdup (password) };
  g_task_set_source_tag (task, start_request);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, request_in_thread);
}

void
sm_sessions_sign_in_async (SmRules             *rules,
                           const char          *name,
                           const char          *password,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  start_request (SIGN_IN, rules, name, password, cancellable, callback, user_data);
}

void
sm_sessions_sign_in_demo_async (SmRules             *rules,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  start_request (SIGN_IN_DEMO, rules, NULL, NULL, cancellable, callback, user_data);
}

void
sm_sessions_refresh_async (SmRules             *rules,
                           const char          *refresh_token,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  start_request (REFRESH, rules, refresh_token, NULL, cancellable, callback, user_data);
}

/** sm_sessions_finish: Returns: (transfer full) (nullable): of a sign-in or a refresh */
SmSession *
sm_sessions_finish (GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sm_sessions_sign_out_async (SmRules             *rules,
                            const char          *token,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  start_request (SIGN_OUT, rules, token, NULL, cancellable, callback, user_data);
}

gboolean
sm_sessions_sign_out_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_task_propagate_pointer (G_TASK (result), error);
  return !g_task_had_error (G_TASK (result));
}
