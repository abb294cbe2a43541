/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-changes-codec.h"
#include "sm-error.h"
#include "sm-paths.h"
#include "sm-sync-private.h"

/*
 * The thread that makes the session (who is the service, who is signed in, is
 * the cache theirs) and then follows /changes.
 */

/* What the wall needs comes first; the rest is what only a panel opens. */
static const char *const load_order[] = {
  "area,fleet,station,limit,alarm,work_order,guidance",
  "vehicle",
  "battery_model,compatibility,tariff,organisation,service_point,engineer,lane,bay",
  "pile,connector",
  "driver",
  "battery",
  "desk,roster_entry,handover",
  "equipment,command,maintenance_window,drill_step",
  "problem_record,part,certificate,inspection,safety_incident,contact,complaint,"
  "inspection_template",
};

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Takes name and password, if somebody waits for them to be tried in this session. */
static GTask *
take_sign_in (SmSync        *self,
              GCancellable  *cancellable,
              char         **out_name,
              char         **out_password)
{
  GTask *task = NULL;

  g_mutex_lock (&self->mutex);
  /* The next session is the one that it was interrupted for. */
  if (!g_cancellable_is_cancelled (cancellable))
    task = g_steal_pointer (&self->sign_in);
  if (task == NULL)
    {
      g_mutex_unlock (&self->mutex);
      return NULL;
    }
  *out_name = g_steal_pointer (&self->name);
  *out_password = g_steal_pointer (&self->password);
  g_mutex_unlock (&self->mutex);
  return task;
}

/* The service cannot be asked, and nobody can be told why later: whoever waits
 * to be signed in is told now.  Who was tried has been told already, and who
 * came since is tried next. */
static void
fail_sign_in (SmSync       *self,
              const GError *error)
{
  g_autofree char *name = NULL, *password = NULL;
  g_autoptr (GTask) task = NULL;

  /* "signed-out" is what the wait for a name ends with: it is to be tried now. */
  if (is_cancelled (error) || g_strcmp0 (sm_error_get_slug (error), "signed-out") == 0)
    return;
  task = take_sign_in (self, NULL, &name, &password);
  if (task != NULL)
    g_task_return_error (task, g_error_copy (error));
}

static gboolean
check_service (SmSync        *self,
               SmClient      *client,
               GCancellable  *cancellable,
               GError       **error)
{
  GError *cause = NULL;
  SmServiceInfo *info = sm_session_check (client, cancellable, &cause);

  if (info == NULL)
    {
      if (cause->domain == SM_ERROR && cause->code == SM_ERROR_PROTOCOL)
        sm_sync_set_refused (self, TRUE);
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->info, sm_service_info_free);
  self->info = info;
  g_mutex_unlock (&self->mutex);
  sm_sync_note_contact (self);
  return TRUE;
}

static void
set_signed_out (SmSync   *self,
                gboolean  signed_out)
{
  g_mutex_lock (&self->mutex);
  self->connectivity.signed_out = signed_out;
  g_mutex_unlock (&self->mutex);
  sm_sync_note_contact (self);
}

/* Waits until there is a name to try, or something else to do. */
static void
wait_for_a_person (SmSync *self)
{
  set_signed_out (self, TRUE);
  /* While the service can be asked, nobody is taken for who they were. */
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->person, sm_person_free);
  g_mutex_unlock (&self->mutex);
  sm_sync_post_network (self);
  g_mutex_lock (&self->mutex);
  while (!self->stopping && self->sign_in == NULL && !self->wants_sign_out)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
set_is_password (SmSync   *self,
                 gboolean  is_password)
{
  g_mutex_lock (&self->mutex);
  self->is_password_sign_in = is_password;
  g_mutex_unlock (&self->mutex);
}

/* Returns: FALSE without @error set when there is nothing to go on with */
static gboolean
resume (SmSync        *self,
        SmClient      *client,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autofree char *refresh_token = sm_sync_dup_kept (self, cancellable);
  g_autoptr (GError) cause = NULL;

  if (refresh_token == NULL)
    return FALSE;
  set_is_password (self, TRUE);
  if (sm_session_resume (client, refresh_token, cancellable, &cause))
    return TRUE;
  if (g_error_matches (cause, SM_ERROR, SM_ERROR_UNAUTHENTICATED))
    sm_sync_forget_kept (self);
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
sign_in (SmSync        *self,
         SmClient      *client,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autofree char *name = NULL, *password = NULL;
  g_autoptr (GTask) task = take_sign_in (self, cancellable, &name, &password);
  GError *cause = NULL;
  gboolean may_demo;

  if (task != NULL)
    {
      sm_auth_clear (self->auth);
      set_is_password (self, TRUE);
      if (!sm_session_sign_in (client, name, password, cancellable, &cause))
        {
          g_task_return_error (task, g_error_copy (cause));
          g_propagate_error (error, cause);
          return FALSE;
        }
      g_task_return_boolean (task, TRUE);
      return TRUE;
    }
  if (sm_auth_is_signed_in (self->auth))
    return TRUE;
  g_mutex_lock (&self->mutex);
  may_demo = self->info->demo_sign_in && !self->stays_signed_out;
  g_mutex_unlock (&self->mutex);
  if (resume (self, client, cancellable, &cause))
    return TRUE;
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  set_is_password (self, FALSE);
  if (may_demo)
    return sm_session_sign_in_demo (client, cancellable, error);
  wait_for_a_person (self);
  sm_set_error (error, SM_ERROR_UNAUTHENTICATED, "signed-out", "nobody is signed in");
  return FALSE;
}

static gboolean
connect_session (SmSync        *self,
                 SmClient      *client,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SmPerson *person;

  /* When it turns out to be another network, this ends what was begun. */
  if (!check_service (self, client, cancellable, error) || !sm_sync_adopt (self, error))
    {
      fail_sign_in (self, *error);
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !sign_in (self, client, cancellable, error))
    return FALSE;
  person = sm_session_read_me (client, cancellable, error);
  if (person == NULL)
    return FALSE;
  set_signed_out (self, FALSE);
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->person, sm_person_free);
  self->person = person;
  self->person_id = person->id;
  g_mutex_unlock (&self->mutex);
  if (!sm_sync_claim (self, error))
    return FALSE;
  sm_sync_keep_person (self);
  sm_sync_post_network (self);
  sm_sync_post_acts (self);
  g_mutex_lock (&self->mutex);
  self->is_ready = !g_cancellable_is_cancelled (cancellable);
  self->wakes++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static char *
make_path (const char *cursor,
           const char *kinds,
           guint       wait_s)
{
  GString *path = g_string_new (SM_PATH_CHANGES);

  g_string_append_printf (path, "?%s=%d", SM_QUERY_LIMIT, SM_CHANGES_MAX_LIMIT);
  if (wait_s > 0)
    g_string_append_printf (path, "&%s=%u", SM_QUERY_WAIT, wait_s);
  if (kinds != NULL)
    g_string_append_printf (path, "&%s=%s", SM_QUERY_KINDS, kinds);
  if (cursor != NULL)
    {
      g_string_append_printf (path, "&%s=", SM_QUERY_SINCE);
      g_string_append_uri_escaped (path, cursor, NULL, FALSE);
    }
  return g_string_free (path, FALSE);
}

static GPtrArray *
fetch_page (SmClient      *client,
            const char    *path,
            GCancellable  *cancellable,
            char         **out_cursor,
            gboolean      *out_more,
            GError       **error)
{
  SmRequest request = { .method = "GET", .path = path };
  g_autoptr (SmResponse) response = sm_client_send (client, &request, cancellable, error);
  g_autoptr (SmJsonReader) reader = NULL;
  GPtrArray *changes;

  if (response == NULL)
    return NULL;
  reader = sm_response_read_feed (response);
  changes = sm_changes_read (reader, out_cursor, out_more, error);
  if (changes == NULL)
    sm_client_blame_answer (error);
  return changes;
}

/* Reads the snapshot of some kinds; @out_cursor is where it ends. */
static gboolean
load_kinds (SmSync        *self,
            SmClient      *client,
            guint          copy,
            const char    *kinds,
            GCancellable  *cancellable,
            char         **out_cursor,
            GError       **error)
{
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *path = make_path (cursor, kinds, 0);
      g_autofree char *next = NULL;
      g_autoptr (GPtrArray) changes = fetch_page (client, path, cancellable, &next, &more, error);

      if (changes == NULL || !sm_sync_write_changes (self, copy, changes, NULL, error))
        return FALSE;
      if (more && g_strcmp0 (next, cursor) == 0)
        {
          sm_set_error (error, SM_ERROR_PROTOCOL, "unexpected-answer",
                        "there is more, but behind the page that we have");
          return FALSE;
        }
      sm_sync_note_good (self, SM_FEED_CHANGES);
      g_free (cursor);
      cursor = g_steal_pointer (&next);
    }
  *out_cursor = g_steal_pointer (&cursor);
  return TRUE;
}

/* Loads everything into a new copy.  The first part's cursor is kept: what has
 * changed since is in the feed once more, and that does no harm. */
static gboolean
load_all (SmSync        *self,
          SmClient      *client,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autofree char *cursor = NULL;
  guint copy = 0;

  if (!sm_sync_begin_rebuild (self, &copy, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (load_order); i++)
    {
      g_autofree char *end = NULL;

      if (!load_kinds (self, client, copy, load_order[i], cancellable, &end, error))
        return FALSE;
      if (cursor == NULL)
        cursor = g_steal_pointer (&end);
    }
  return sm_sync_finish_rebuild (self, copy, cursor, error);
}

static gboolean
follow_once (SmSync              *self,
             SmClient            *client,
             const SmSyncCursor  *from,
             GCancellable        *cancellable,
             GError             **error)
{
  const char *cursor = from->text;
  guint wait_s = sm_sync_get_wait (self, SM_FEED_CHANGES);
  g_autofree char *path = make_path (cursor, NULL, wait_s);
  g_autofree char *next = NULL;
  gboolean more = FALSE;
  gint64 asked_at = g_get_monotonic_time ();
  g_autoptr (GPtrArray) changes = fetch_page (client, path, cancellable, &next, &more, error);

  if (changes == NULL)
    return FALSE;
  if ((changes->len > 0 || g_strcmp0 (next, cursor) != 0)
      && !sm_sync_write_changes (self, from->copy, changes, next, error))
    return FALSE;
  sm_sync_note_good (self, SM_FEED_CHANGES);
  sm_sync_tend (self);
  sm_sync_settle_acts (self);
  if (wait_s > 0 && (changes->len == 0 || g_strcmp0 (next, cursor) == 0))
    sm_sync_pace (self, asked_at);
  return TRUE;
}

/* Follows the feed until something is wrong with it. */
static void
follow (SmSync        *self,
        SmClient      *client,
        GCancellable  *cancellable,
        GError       **error)
{
  gboolean is_loaded = FALSE; /* and was not followed yet */

  for (;;)
    {
      g_auto (SmSyncCursor) cursor = { 0 };
      GError *cause = NULL;

      if (!sm_sync_get_cursor (self, &cursor))
        {
          is_loaded = load_all (self, client, cancellable, &cause);
          if (is_loaded)
            continue;
        }
      else if (follow_once (self, client, &cursor, cancellable, &cause))
        {
          is_loaded = FALSE;
          continue;
        }
      /* Too old, from the future, of another epoch: from the beginning, but not
       * over and over without a pause. */
      if (g_error_matches (cause, SM_ERROR, SM_ERROR_GONE) && !is_loaded
          && sm_sync_begin_rebuild (self, NULL, NULL))
        {
          g_clear_error (&cause);
          continue;
        }
      g_propagate_error (error, cause);
      return;
    }
}

static void
sign_out (SmSync   *self,
          SmClient *client)
{
  g_autoptr (GCancellable) cancellable = sm_sync_ref_cancellable (self);

  sm_sync_forget_kept (self);
  sm_session_sign_out (client, cancellable, NULL);
  g_mutex_lock (&self->mutex);
  self->wants_sign_out = FALSE;
  self->stays_signed_out = TRUE;
  self->person_id = -1;
  g_clear_pointer (&self->person, sm_person_free);
  g_mutex_unlock (&self->mutex);
  sm_sync_keep_person (self);
  sm_sync_clear_cache (self);
  sm_sync_post_network (self);
  sm_sync_post_acts (self);
}

static void
end_session (SmSync       *self,
             const GError *error)
{
  g_mutex_lock (&self->mutex);
  self->is_ready = FALSE;
  g_mutex_unlock (&self->mutex);
  /* Who was only refused, by a service whose clock has jumped, still has the tokens. */
  if (!g_error_matches (error, SM_ERROR, SM_ERROR_UNAUTHENTICATED)
      || sm_auth_is_signed_in (self->auth))
    return;
  /* Somebody who mistyped has not ended the sign-in of before. */
  if (!g_str_equal (sm_error_get_slug (error), "signed-out")
      && !g_str_equal (sm_error_get_slug (error), "sign-in-failed"))
    sm_sync_forget_kept (self);
}

/* Whether there is something to do that should not wait for a retry. */
static gboolean
has_orders (SmSync *self)
{
  gboolean has;

  g_mutex_lock (&self->mutex);
  has = self->stopping || self->wants_sign_out || self->sign_in != NULL;
  g_mutex_unlock (&self->mutex);
  return has;
}

static gboolean
wants_sign_out (SmSync *self)
{
  gboolean wants;

  g_mutex_lock (&self->mutex);
  wants = self->wants_sign_out;
  g_mutex_unlock (&self->mutex);
  return wants;
}

static void
run_session (SmSync   *self,
             SmClient *client,
             guint    *attempt)
{
  g_autoptr (GCancellable) cancellable = sm_sync_ref_cancellable (self);
  g_autoptr (GError) error = NULL;

  sm_sync_tend (self);
  if (wants_sign_out (self))
    sign_out (self, client);
  if (connect_session (self, client, cancellable, &error))
    {
      *attempt = 0;
      follow (self, client, cancellable, &error);
    }
  end_session (self, error);
  if (g_strcmp0 (sm_error_get_slug (error), "signed-out") != 0)
    {
      sm_sync_note_trouble (self, SM_FEED_CHANGES, error);
      sm_sync_note_error (self, error);
    }
  if (!has_orders (self) && !is_cancelled (error))
    sm_sync_wait_retry (self, attempt);
}

gpointer
sm_sync_changes_main (gpointer data)
{
  SmSync *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmClient) client = sm_client_new (self->server_url, self->auth, self->network,
                                               SM_POLL_TIMEOUT_S, &error);
  guint attempt = 0;

  if (client == NULL)
    {
      sm_sync_note_error (self, error);
      sm_sync_set_refused (self, TRUE);
      fail_sign_in (self, error);
      return NULL;
    }
  sm_sync_open_kept (self);
  while (!sm_sync_is_stopping (self))
    run_session (self, client, &attempt);
  sm_sync_close_kept (self);
  return NULL;
}
