/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-users.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-uuid.h"
#include "sm-verb-private.h"

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

/* "<sign-in>.<secret>": the first half finds the sign-in, and stays with it. */
static char *
hash_family (const char *refresh_token)
{
  g_autofree char *family = g_strndup (refresh_token, strcspn (refresh_token, "."));

  return hash_token (family);
}

static SmSession *
make_session (SmRules    *rules,
              const char *token,
              const char *refresh_token,
              gint64      user_id)
{
  SmSession *session = g_new (SmSession, 1);

  *session = (SmSession){ g_strdup (token), g_strdup (refresh_token), TOKEN_LIFETIME / SM_SECOND,
                          sm_access_dup_actor (rules->access, user_id) };
  return session;
}

/* Gives the sign-in its next tokens, with the times that they last. */
static void
set_tokens (SmRules         *rules,
            SmSessionRecord *record,
            const char      *token,
            const char      *refresh_token)
{
  gint64 now = sm_rules_machine_now (rules);

  g_free (record->token_hash);
  record->token_hash = hash_token (token);
  g_free (record->refresh_hash);
  record->refresh_hash = hash_token (refresh_token);
  record->is_used = FALSE;
  record->expires_at = now + TOKEN_LIFETIME;
  record->refresh_expires_at = now + REFRESH_LIFETIME;
}

static gboolean
keep_session (SmRules                *rules,
              const SmSessionRecord  *record,
              GError                **error)
{
  if (!sm_session_table_put (sm_rules_get_connection (rules), record, error))
    return FALSE;
  sm_access_put_session (rules->access, record);
  return TRUE;
}

static gpointer
write_session (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  keep_session (rules, data, error);
  return NULL;
}

static SmSession *
begin_session (SmRules  *rules,
               gint64    user_id,
               GError  **error)
{
  g_autofree char *token = sm_random_token ();
  g_autofree char *family = sm_random_token ();
  g_autofree char *secret = sm_random_token ();
  g_autofree char *refresh_token = g_strconcat (family, ".", secret, NULL);
  g_autoptr (SmSessionRecord) record = g_new0 (SmSessionRecord, 1);

  record->family_hash = hash_token (family);
  record->user_id = user_id;
  set_tokens (rules, record, token, refresh_token);
  if (!sm_rules_do_sync (rules, write_session, record, error))
    return NULL;
  return make_session (rules, token, refresh_token, user_id);
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

typedef struct
{
  const char *refresh_token;
  char *next_token;
  char *next_refresh_token;
  gint64 user_id; /* out */
} Rotation;

/* Somebody came with a token that was used: one of two has stolen it, and nobody
 * knows which.  Neither stays. */
static void
end_stolen (SmRules                *rules,
            const SmSessionRecord  *record,
            GError                **error)
{
  g_autofree char *object = g_strdup_printf ("user/%" G_GINT64_FORMAT, record->user_id);
  g_autoptr (SmActor) actor = sm_access_dup_actor (rules->access, record->user_id);

  if (!sm_rules_begin (rules, error))
    return;
  if (!sm_session_table_remove (sm_rules_get_connection (rules), record->family_hash, error)
      || (actor != NULL
          && !sm_verb_audit_texts (rules, actor, "session.refresh", object, "refused",
                                   "refresh-token-reused", NULL, NULL, error)))
    {
      sm_rules_rollback (rules);
      return;
    }
  if (!sm_rules_commit (rules, error))
    return;
  sm_access_remove_family (rules->access, record->family_hash);
  set_unauthenticated (error, "refresh-token-reused");
}

static gpointer
rotate (SmRules       *rules,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Rotation *rotation = data;
  g_autofree char *family = hash_family (rotation->refresh_token);
  g_autofree char *hash = hash_token (rotation->refresh_token);
  g_autoptr (SmSessionRecord) record = sm_access_dup_family (rules->access, family);

  if (record == NULL || record->refresh_expires_at <= sm_rules_machine_now (rules))
    {
      set_unauthenticated (error, "session-over");
      return NULL;
    }
  if (g_str_equal (record->refresh_hash, hash))
    {
      g_free (record->previous_hash);
      record->previous_hash = g_steal_pointer (&hash);
    }
  else if (record->is_used || g_strcmp0 (record->previous_hash, hash) != 0)
    {
      end_stolen (rules, record, error);
      return NULL;
    }
  /* Else the answer that gave the tokens of now was lost: they never were anybody's. */
  set_tokens (rules, record, rotation->next_token, rotation->next_refresh_token);
  rotation->user_id = record->user_id;
  keep_session (rules, record, error);
  return NULL;
}

/**
 * sm_sessions_refresh:
 *
 * A refresh token is good once, and again only until one of the tokens that it
 * gave was used: so a lost answer signs nobody out, and a token that was stolen
 * serves nobody for long.
 *
 * Returns: (transfer full) (nullable): the session with both tokens new
 */
SmSession *
sm_sessions_refresh (SmRules     *rules,
                     const char  *refresh_token,
                     GError     **error)
{
  g_autofree char *family = g_strndup (refresh_token, strcspn (refresh_token, "."));
  g_autofree char *token = sm_random_token ();
  g_autofree char *secret = sm_random_token ();
  g_autofree char *next = g_strconcat (family, ".", secret, NULL);
  Rotation rotation = { refresh_token, token, next, 0 };

  if (!sm_rules_do_sync (rules, rotate, &rotation, error))
    return NULL;
  return make_session (rules, token, next, rotation.user_id);
}

static gpointer
end_session (SmRules       *rules,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const SmSessionRecord *record = data;

  if (sm_session_table_remove (sm_rules_get_connection (rules), record->family_hash, error))
    sm_access_remove_family (rules->access, record->family_hash);
  return NULL;
}

/** sm_sessions_sign_out: From now on none of its tokens is good for anything. */
gboolean
sm_sessions_sign_out (SmRules     *rules,
                      const char  *token,
                      GError     **error)
{
  g_autofree char *hash = hash_token (token);
  g_autoptr (SmSessionRecord) record = sm_access_dup_session (rules->access, hash);

  return record == NULL || sm_rules_do_sync (rules, end_session, record, error);
}

static gpointer
write_use (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  sm_session_table_use (sm_rules_get_connection (rules), data, error);
  return NULL;
}

/**
 * sm_rules_get_ended_sessions:
 *
 * For whoever has let somebody in and goes on answering: any thread.
 *
 * Returns: another number whenever somebody may have been signed out, or may
 *   do or see something else than before
 */
guint
sm_rules_get_ended_sessions (SmRules *rules)
{
  return sm_access_get_ended (rules->access);
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
  gboolean is_first = FALSE;
  SmActor *actor = hash != NULL ? sm_access_find_token (rules->access, hash,
                                                        sm_rules_machine_now (rules), &is_first)
                                : NULL;

  /* When it cannot be written, only a lost answer more is forgiven after a restart. */
  if (is_first)
    sm_rules_run_async (rules, write_use, g_steal_pointer (&hash), g_free, NULL, NULL, NULL, NULL);
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
