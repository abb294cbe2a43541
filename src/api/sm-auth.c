/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-auth.h"

struct _SmAuth
{
  gatomicrefcount ref_count;
  GMutex mutex;
  GMutex refresh_mutex; /* held while one thread fetches a new token for all */
  char *token;
  char *refresh_token;
  SmAuthKeepFunc keep;
  gpointer keep_data;
};

SmAuth *
sm_auth_new (void)
{
  SmAuth *self = g_new0 (SmAuth, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->refresh_mutex);
  return self;
}

SmAuth *
sm_auth_ref (SmAuth *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_auth_unref (SmAuth *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->token);
  g_free (self->refresh_token);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->refresh_mutex);
  g_free (self);
}

/** sm_auth_set_keeper: @keep: (nullable) */
void
sm_auth_set_keeper (SmAuth         *self,
                    SmAuthKeepFunc  keep,
                    gpointer        user_data)
{
  g_mutex_lock (&self->mutex);
  self->keep = keep;
  self->keep_data = user_data;
  g_mutex_unlock (&self->mutex);
}

/* A token that was used before its successor is kept is lost with the program. */
static void
keep (SmAuth     *self,
      const char *refresh_token)
{
  SmAuthKeepFunc func;
  gpointer data;

  g_mutex_lock (&self->mutex);
  func = self->keep;
  data = self->keep_data;
  g_mutex_unlock (&self->mutex);
  if (func != NULL)
    func (refresh_token, data);
}

/**
 * sm_auth_set:
 * @token: (nullable): NULL: only the means to fetch one is there
 *
 * Takes over the tokens of a sign-in or a refresh.
 */
void
sm_auth_set (SmAuth     *self,
             const char *token,
             const char *refresh_token)
{
  if (token != NULL && refresh_token != NULL)
    keep (self, refresh_token);
  g_mutex_lock (&self->mutex);
  g_free (self->token);
  self->token = g_strdup (token);
  g_free (self->refresh_token);
  self->refresh_token = g_strdup (refresh_token);
  g_mutex_unlock (&self->mutex);
}

/** sm_auth_clear: Nobody is signed in any more. */
void
sm_auth_clear (SmAuth *self)
{
  sm_auth_set (self, NULL, NULL);
}

gboolean
sm_auth_is_signed_in (SmAuth *self)
{
  g_autofree char *token = sm_auth_dup_token (self);

  return token != NULL;
}

/** sm_auth_dup_token: Returns: (transfer full) (nullable): the bearer token of now */
char *
sm_auth_dup_token (SmAuth *self)
{
  char *token;

  g_mutex_lock (&self->mutex);
  token = g_strdup (self->token);
  g_mutex_unlock (&self->mutex);
  return token;
}

/**
 * sm_auth_begin_refresh:
 * @used_token: the token that was refused
 *
 * Waits until no other thread is refreshing; to be followed by
 * sm_auth_end_refresh() in any case.
 *
 * Returns: (transfer full) (nullable): what to fetch a new token with; NULL
 *   when another thread has just done it or nobody is signed in
 */
char *
sm_auth_begin_refresh (SmAuth     *self,
                       const char *used_token)
{
  char *refresh_token = NULL;

  g_mutex_lock (&self->refresh_mutex);
  g_mutex_lock (&self->mutex);
  if (g_strcmp0 (self->token, used_token) == 0)
    refresh_token = g_strdup (self->refresh_token);
  g_mutex_unlock (&self->mutex);
  return refresh_token;
}

void
sm_auth_end_refresh (SmAuth *self)
{
  g_mutex_unlock (&self->refresh_mutex);
}
