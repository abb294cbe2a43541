/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-access-private.h"

#include "sm-companies.h"
#include "sm-error.h"
#include "sm-time.h"

/* The first tries cost nothing; then the wait doubles, up to the longest. */
#define FREE_ATTEMPTS 5
#define LONGEST_LOCK (15 * SM_MINUTE)
/* Made-up names must not fill the memory. */
#define MAX_ATTEMPTED_NAMES 10000

typedef struct
{
  guint failures;
  gint64 locked_until; /* machine time */
} Attempts;

struct _SmAccess
{
  GMutex mutex;
  GHashTable *users;    /* folded name -> SmUserRecord */
  GHashTable *actors;   /* &user id -> SmActor */
  GHashTable *families; /* hash -> SmSessionRecord */
  GHashTable *tokens;   /* hash -> the same, borrowed */
  GHashTable *gateways; /* hash -> SmActor */
  GHashTable *attempts; /* folded name -> Attempts */
  guint ended;          /* grows when somebody's token may have ended before its time */
};

static void
make_tables (SmAccess *self)
{
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) sm_user_record_free);
  self->actors = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                        (GDestroyNotify) sm_actor_unref);
  self->families = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                          (GDestroyNotify) sm_session_record_free);
  self->tokens = g_hash_table_new (g_str_hash, g_str_equal);
  self->gateways = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) sm_actor_unref);
}

static void
clear_tables (SmAccess *self)
{
  g_clear_pointer (&self->users, g_hash_table_unref);
  g_clear_pointer (&self->actors, g_hash_table_unref);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_clear_pointer (&self->families, g_hash_table_unref);
  g_clear_pointer (&self->gateways, g_hash_table_unref);
}

SmAccess *
sm_access_new (void)
{
  SmAccess *self = g_new0 (SmAccess, 1);

  g_mutex_init (&self->mutex);
  make_tables (self);
  self->attempts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
sm_access_free (SmAccess *self)
{
  clear_tables (self);
  g_hash_table_unref (self->attempts);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
add_user (SmAccess     *self,
          SmUserRecord *user)
{
  SmScope *scope = sm_scope_from_text (user->scope_kind, user->scope_ids);
  SmActor *actor;

  /* See sm_companies_follow(): of a company that is suspended. */
  scope->organisation_id = user->organisation_id != 0 && scope->kind == SM_SCOPE_FLEETS
                               ? SM_COMPANIES_NONE : user->organisation_id;
  actor = sm_actor_new (SM_ACTOR_PERSON, user->id, user->name, user->display_name, user->role,
                        scope, user->access_rev);
  g_hash_table_replace (self->actors, g_memdup2 (&user->id, sizeof user->id), actor);
  g_hash_table_replace (self->users, g_utf8_casefold (user->name, -1), user);
}

static void
add_gateway (SmAccess              *self,
             const SmGatewayRecord *gateway)
{
  g_hash_table_replace (self->gateways, g_strdup (gateway->token_hash),
                        sm_actor_new (SM_ACTOR_DEVICE, gateway->id, gateway->name, gateway->name,
                                      "gateway",
                                      sm_scope_from_text (gateway->scope_kind, gateway->scope_ids),
                                      0));
}

static void
forget_family (SmAccess   *self,
               const char *family_hash)
{
  const SmSessionRecord *session = g_hash_table_lookup (self->families, family_hash);

  if (session == NULL)
    return;
  g_hash_table_remove (self->tokens, session->token_hash);
  g_hash_table_remove (self->families, family_hash);
}

/* @session: (transfer full) */
static void
put_session (SmAccess        *self,
             SmSessionRecord *session)
{
  forget_family (self, session->family_hash);
  g_hash_table_replace (self->families, session->family_hash, session);
  g_hash_table_replace (self->tokens, session->token_hash, session);
}

/** sm_access_load: Reads the tables again, in the thread of @connection. */
gboolean
sm_access_load (SmAccess      *self,
                SmConnection  *connection,
                GError       **error)
{
  g_autoptr (GPtrArray) users = sm_user_table_list (connection, error);
  g_autoptr (GPtrArray) sessions = users != NULL ? sm_session_table_list (connection, error) : NULL;
  g_autoptr (GPtrArray) gateways = sessions != NULL ? sm_gateway_table_list (connection, error)
                                                    : NULL;

  if (gateways == NULL)
    return FALSE;
  g_ptr_array_set_free_func (users, NULL);
  g_ptr_array_set_free_func (sessions, NULL);
  g_mutex_lock (&self->mutex);
  clear_tables (self);
  make_tables (self);
  for (guint i = 0; i < users->len; i++)
    add_user (self, users->pdata[i]);
  for (guint i = 0; i < sessions->len; i++)
    put_session (self, sessions->pdata[i]);
  for (guint i = 0; i < gateways->len; i++)
    add_gateway (self, gateways->pdata[i]);
  self->ended++;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/**
 * sm_access_find_token:
 * @out_is_first: (out): whether nobody has come with it before: to be written down
 *
 * Returns: (transfer full) (nullable): whose token it is, if it holds
 */
SmActor *
sm_access_find_token (SmAccess   *self,
                      const char *token_hash,
                      gint64      machine_now,
                      gboolean   *out_is_first)
{
  SmActor *actor;
  SmSessionRecord *session;

  g_mutex_lock (&self->mutex);
  actor = g_hash_table_lookup (self->gateways, token_hash);
  session = g_hash_table_lookup (self->tokens, token_hash);
  if (actor == NULL && session != NULL && session->expires_at > machine_now)
    actor = g_hash_table_lookup (self->actors, &session->user_id);
  *out_is_first = actor != NULL && session != NULL && !session->is_used;
  if (*out_is_first)
    session->is_used = TRUE;
  if (actor != NULL)
    sm_actor_ref (actor);
  g_mutex_unlock (&self->mutex);
  return actor;
}

/** sm_access_dup_user: Returns: (transfer full) (nullable): the person of that name */
SmUserRecord *
sm_access_dup_user (SmAccess   *self,
                    const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  const SmUserRecord *user;
  SmUserRecord *copy = NULL;

  g_mutex_lock (&self->mutex);
  user = g_hash_table_lookup (self->users, folded);
  if (user != NULL)
    {
      copy = g_new (SmUserRecord, 1);
      *copy = (SmUserRecord){ user->id, g_strdup (user->name), g_strdup (user->display_name),
                              g_strdup (user->role), g_strdup (user->scope_kind),
                              g_strdup (user->scope_ids), g_strdup (user->password_hash),
                              user->access_rev, user->organisation_id };
    }
  g_mutex_unlock (&self->mutex);
  return copy;
}

/** sm_access_dup_actor: Returns: (transfer full) (nullable): the person of that id */
SmActor *
sm_access_dup_actor (SmAccess *self,
                     gint64    user_id)
{
  SmActor *actor;

  g_mutex_lock (&self->mutex);
  actor = g_hash_table_lookup (self->actors, &user_id);
  if (actor != NULL)
    sm_actor_ref (actor);
  g_mutex_unlock (&self->mutex);
  return actor;
}

static SmSessionRecord *
session_copy (const SmSessionRecord *session)
{
  SmSessionRecord *copy = g_new (SmSessionRecord, 1);

  *copy = *session;
  copy->family_hash = g_strdup (session->family_hash);
  copy->refresh_hash = g_strdup (session->refresh_hash);
  copy->previous_hash = g_strdup (session->previous_hash);
  copy->token_hash = g_strdup (session->token_hash);
  return copy;
}

static SmSessionRecord *
dup_from (SmAccess    *self,
          GHashTable **table,
          const char  *hash)
{
  const SmSessionRecord *session;
  SmSessionRecord *copy;

  g_mutex_lock (&self->mutex);
  session = g_hash_table_lookup (*table, hash);
  copy = session != NULL ? session_copy (session) : NULL;
  g_mutex_unlock (&self->mutex);
  return copy;
}

/** sm_access_dup_session: Returns: (transfer full) (nullable): the sign-in of a bearer token */
SmSessionRecord *
sm_access_dup_session (SmAccess   *self,
                       const char *token_hash)
{
  return dup_from (self, &self->tokens, token_hash);
}

/** sm_access_dup_family: Returns: (transfer full) (nullable): the sign-in of that name */
SmSessionRecord *
sm_access_dup_family (SmAccess   *self,
                      const char *family_hash)
{
  return dup_from (self, &self->families, family_hash);
}

/** sm_access_put_session: Lets the tokens of a sign-in in, and no others of it. */
void
sm_access_put_session (SmAccess              *self,
                       const SmSessionRecord *session)
{
  g_mutex_lock (&self->mutex);
  put_session (self, session_copy (session));
  g_mutex_unlock (&self->mutex);
}

/** sm_access_remove_family: From now on no token of that sign-in is good for anything. */
void
sm_access_remove_family (SmAccess   *self,
                         const char *family_hash)
{
  g_mutex_lock (&self->mutex);
  forget_family (self, family_hash);
  self->ended++;
  g_mutex_unlock (&self->mutex);
}

/** sm_access_get_ended: Returns: another number whenever a token may have ended early */
guint
sm_access_get_ended (SmAccess *self)
{
  guint ended;

  g_mutex_lock (&self->mutex);
  ended = self->ended;
  g_mutex_unlock (&self->mutex);
  return ended;
}

static void
set_locked (GError **error,
            gint64   left_us)
{
  g_autoptr (GError) locked = NULL;
  g_autofree char *seconds = g_strdup_printf ("%d", (int) (left_us / SM_SECOND) + 1);

  sm_set_error (&locked, SM_ERROR_TOO_MANY, "sign-in-locked", "Too many wrong passwords");
  sm_error_set_param (locked, "retry_after", seconds);
  g_propagate_error (error, g_steal_pointer (&locked));
}

static gboolean
is_over (gpointer key,
         gpointer value,
         gpointer user_data)
{
  const Attempts *attempts = value;

  return attempts->locked_until + LONGEST_LOCK < *(gint64 *) user_data;
}

/**
 * sm_access_begin_attempt:
 *
 * Counts a try to sign in before it is known to be wrong, so that many at once
 * gain nothing, whether the name exists or not.
 *
 * Returns: FALSE with %SM_ERROR_TOO_MANY while the name is locked
 */
gboolean
sm_access_begin_attempt (SmAccess    *self,
                         const char  *name,
                         gint64       machine_now,
                         GError     **error)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  Attempts *attempts;
  gint64 left;

  g_mutex_lock (&self->mutex);
  if (g_hash_table_size (self->attempts) >= MAX_ATTEMPTED_NAMES)
    g_hash_table_foreach_remove (self->attempts, is_over, &machine_now);
  if (g_hash_table_size (self->attempts) >= MAX_ATTEMPTED_NAMES)
    g_hash_table_remove_all (self->attempts);
  attempts = g_hash_table_lookup (self->attempts, folded);
  if (attempts == NULL)
    {
      attempts = g_new0 (Attempts, 1);
      g_hash_table_insert (self->attempts, g_steal_pointer (&folded), attempts);
    }
  left = attempts->locked_until - machine_now;
  if (left <= 0 && ++attempts->failures >= FREE_ATTEMPTS)
    attempts->locked_until =
        machine_now
        + MIN (LONGEST_LOCK, SM_SECOND << MIN (attempts->failures - FREE_ATTEMPTS, 20));
  g_mutex_unlock (&self->mutex);
  if (left > 0)
    set_locked (error, left);
  return left <= 0;
}

/** sm_access_end_attempt: The password was right: nothing is held against the name. */
void
sm_access_end_attempt (SmAccess   *self,
                       const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->attempts, folded);
  g_mutex_unlock (&self->mutex);
}
