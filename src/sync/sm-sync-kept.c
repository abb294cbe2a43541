/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-keyring.h"
#include "sm-sync-private.h"

/*
 * The sign-in that outlasts the program.  Its refresh token serves once, so the
 * next one is kept before anybody uses it, and only one window of this program
 * keeps one for a service.
 */

static void
kept_cb (SmSync   *self,
         gpointer  data)
{
  if (self->listener.kept != NULL)
    self->listener.kept (self->listener_data, (SmKept) GPOINTER_TO_INT (data));
}

static void
set_kept (SmSync *self,
          SmKept  kept)
{
  gboolean is_new;

  g_mutex_lock (&self->mutex);
  is_new = self->kept != kept;
  self->kept = kept;
  g_mutex_unlock (&self->mutex);
  if (is_new)
    sm_sync_post (self, kept_cb, GINT_TO_POINTER (kept), NULL);
}

static SmKept
get_kept (SmSync *self)
{
  SmKept kept;

  g_mutex_lock (&self->mutex);
  kept = self->keeps_sign_in ? self->kept : SM_KEPT_OFF;
  g_mutex_unlock (&self->mutex);
  return kept;
}

/* In the thread that takes over new tokens, before anybody uses them. */
static void
keep_cb (const char *refresh_token,
         gpointer    user_data)
{
  SmSync *self = user_data;
  gboolean is_person;

  g_mutex_lock (&self->mutex);
  is_person = self->is_password_sign_in;
  g_mutex_unlock (&self->mutex);
  if (is_person && get_kept (self) == SM_KEPT_READY)
    set_kept (self, sm_keyring_store (self->server_url, refresh_token, NULL));
}

/* Two windows that come with the same token would end each other's sign-in. */
static gboolean
take_turn (SmSync *self)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->server_url, -1);
  g_autofree char *folder = g_path_get_dirname (self->networks_path);
  g_autofree char *path = g_strdup_printf ("%s/sign-in-%.16s.lock", folder, hash);

  g_mkdir_with_parents (folder, 0700);
  self->sign_in_lock = sm_lock_take (path, NULL);
  return self->sign_in_lock != NULL;
}

/* sm_sync_open_kept: Once, in the thread that signs in, before it does. */
void
sm_sync_open_kept (SmSync *self)
{
  if (!self->keeps_sign_in)
    set_kept (self, SM_KEPT_OFF);
  else if (!take_turn (self))
    set_kept (self, SM_KEPT_ELSEWHERE);
  else
    {
      g_autofree char *ignored = NULL;

      set_kept (self, sm_keyring_load (self->server_url, NULL, &ignored));
      sm_auth_set_keeper (self->auth, keep_cb, self);
    }
}

/* sm_sync_dup_kept: Returns: (transfer full) (nullable): what to come back in with */
char *
sm_sync_dup_kept (SmSync       *self,
                  GCancellable *cancellable)
{
  char *refresh_token = NULL;

  if (get_kept (self) != SM_KEPT_READY)
    return NULL;
  sm_keyring_load (self->server_url, cancellable, &refresh_token);
  return refresh_token;
}

/* sm_sync_forget_kept: Whoever was signed in is not any more. */
void
sm_sync_forget_kept (SmSync *self)
{
  if (get_kept (self) == SM_KEPT_READY)
    set_kept (self, sm_keyring_clear (self->server_url, NULL));
}

static gpointer
stop_keeping_main (gpointer data)
{
  SmSync *self = data;

  sm_keyring_clear (self->server_url, NULL);
  set_kept (self, SM_KEPT_OFF);
  sm_sync_unref (self);
  return NULL;
}

/** sm_sync_stop_keeping: The sign-in of now ends with this run after all. */
void
sm_sync_stop_keeping (SmSync *self)
{
  gboolean kept;

  g_mutex_lock (&self->mutex);
  kept = self->keeps_sign_in && self->kept == SM_KEPT_READY;
  self->keeps_sign_in = FALSE;
  g_mutex_unlock (&self->mutex);
  if (kept)
    g_thread_unref (g_thread_new ("sm-keyring", stop_keeping_main, sm_sync_ref (self)));
  else
    set_kept (self, SM_KEPT_OFF);
}

void
sm_sync_close_kept (SmSync *self)
{
  sm_auth_set_keeper (self->auth, NULL, NULL);
  g_clear_pointer (&self->sign_in_lock, sm_lock_drop);
}

/**
 * sm_sync_set_keeps_sign_in:
 *
 * Whether a sign-in by password is to outlast this run, where there is a
 * keyring for it.  Before sm_sync_start().
 */
void
sm_sync_set_keeps_sign_in (SmSync   *self,
                           gboolean  keeps)
{
  g_return_if_fail (self->n_threads == 0);

  self->keeps_sign_in = keeps;
}
