/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-acts.h"
#include "sm-error.h"
#include "sm-photo-file.h"
#include "sm-sync-box-private.h"
#include "sm-sync-photos.h"
#include "sm-time.h"

/* What a person does on its way into the outbox, and what they decide about what is in it. */

static gboolean
is_same_act (const SmAct *a,
             const SmAct *b)
{
  return g_strcmp0 (a->verb, b->verb) == 0 && g_strcmp0 (a->body, b->body) == 0
         && g_strcmp0 (a->file, b->file) == 0 && a->base_seq == b->base_seq;
}

/* Whether the very same act waits already, or is done and the feed has not shown
 * it yet.  Just after a start a person can see an alarm before the acts that lie
 * over it: what they do again is not a second act.  An edit is one again, when
 * there was another in between. */
static gboolean
is_under_way (SmSyncBox   *box,
              const SmAct *act)
{
  g_autoptr (GPtrArray) acts = sm_sync_box_list (box, NULL);
  gboolean is_same = FALSE;

  for (guint i = 0; acts != NULL && i < acts->len; i++)
    {
      const SmAct *other = g_ptr_array_index (acts, i);

      if (other->state == SM_ACT_CONFLICT || other->noun != act->noun
          || other->object_id != act->object_id)
        continue;
      if (is_same_act (other, act))
        is_same = TRUE;
      else if (act->base_seq != SM_UNKNOWN)
        is_same = FALSE;
    }
  return is_same;
}

static void
wake_outbox (SmSync *self)
{
  g_mutex_lock (&self->mutex);
  self->outbox_wakes++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* What a person edits further, before the feed has shown what they did: they saw
 * the answer to that, as far as it is of the same fields. */
static void
carry_on (SmSyncBox *box,
          SmAct     *act)
{
  g_autoptr (GPtrArray) acts = act->base_seq != SM_UNKNOWN ? sm_sync_box_list (box, NULL) : NULL;
  const SmAct *before = NULL;

  for (guint i = 0; acts != NULL && i < acts->len; i++)
    {
      const SmAct *other = g_ptr_array_index (acts, i);

      if (other->noun == act->noun && other->object_id == act->object_id)
        before = other;
    }
  if (before == NULL || before->state != SM_ACT_ANSWERED || before->base_seq == SM_UNKNOWN
      || before->answer_seq <= act->base_seq)
    return;
  for (guint i = 0; i < act->changes->len; i++)
    {
      const SmEdit *edit = act->changes->pdata[i];
      const SmEdit *was = sm_edits_find (before->changes, edit->field);

      if (was == NULL || g_strcmp0 (was->mine, edit->base) != 0)
        return;
    }
  act->base_seq = before->answer_seq;
}

static gpointer
add_job (gpointer       context,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  SmSyncBox *box = context;
  g_autoptr (GError) cause = NULL;

  if (sm_sync_box_open (box, &cause))
    carry_on (box, data);
  if (cause != NULL
      || (!is_under_way (box, data) && !sm_outbox_add (box->outbox, data, &cause)))
    {
      sm_sync_box_failed (box->sync, cause);
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  sm_sync_box_post (box);
  wake_outbox (box->sync);
  return NULL;
}

/* An act, and the file that a person chose for it. */
typedef struct
{
  SmAct *act;
  char *file;
} Enclosure;

static void
enclosure_free (gpointer data)
{
  Enclosure *enclosure = data;

  sm_act_free (enclosure->act);
  g_free (enclosure->file);
  g_free (enclosure);
}

/* Of a file that cannot be read, or is none that is taken, the outbox knows nothing. */
static gpointer
add_file_job (gpointer       context,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  SmSyncBox *box = context;
  Enclosure *enclosure = data;
  const char *type;
  g_autoptr (GBytes) bytes = sm_sync_photos_read (enclosure->file, &type, error);
  g_autoptr (GError) cause = NULL;

  if (bytes == NULL)
    return NULL;
  enclosure->act->file = sm_photo_file_sum (bytes);
  if (!sm_sync_box_open (box, &cause)
      || (!is_under_way (box, enclosure->act)
          && !sm_outbox_add_file (box->outbox, enclosure->act, bytes, SM_OUTBOX_MAX_FILES_BYTES,
                                  &cause)))
    {
      if (!g_error_matches (cause, SM_ERROR, SM_ERROR_TOO_LARGE))
        sm_sync_box_failed (box->sync, cause);
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  sm_sync_box_post (box);
  wake_outbox (box->sync);
  return NULL;
}

/* How network and person are called, for when another is followed. */
static void
name_owner (SmSync *self,
            SmAct  *act)
{
  g_mutex_lock (&self->mutex);
  if (self->info != NULL)
    act->network_name = g_strdup (self->info->network);
  if (self->person != NULL)
    act->person_name = g_strdup (self->person->display_name);
  g_mutex_unlock (&self->mutex);
}

/* An act of a person on its way through the outbox. */
typedef struct
{
  SmSync *sync;
  GTask *task;
} Doing;

static void
nothing_cb (SmSync   *self,
            gpointer  data)
{
}

static void
shown_free (gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_boolean (task, TRUE);
}

/* What the outbox holds since is on its way to the listener: whoever waits hears of the end behind
 * it.  Else they could go on from what was shown before their own act, and meet themselves. */
static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Doing *doing = user_data;
  g_autoptr (SmSync) sync = doing->sync;
  g_autoptr (GTask) task = doing->task;
  GError *error = NULL;

  sm_worker_run_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (sync->is_stopped)
    g_task_return_boolean (task, TRUE);
  else
    sm_sync_post (sync, nothing_cb, g_steal_pointer (&task), shown_free);
}

/* @data: (transfer full) */
static void
run_job (SmSync              *self,
         SmWorkerFunc         job,
         gpointer             data,
         GDestroyNotify       data_free,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  Doing *doing = g_new0 (Doing, 1);

  *doing = (Doing){ sm_sync_ref (self), g_task_new (NULL, cancellable, callback, user_data) };
  g_task_set_source_tag (doing->task, run_job);
  /* What is on the disk is no failure, whoever has ceased to wait for it. */
  g_task_set_check_cancellable (doing->task, FALSE);
  sm_worker_run_async (self->outbox, job, data, data_free, NULL, cancellable, written_cb, doing);
}

/**
 * sm_sync_add_act_async:
 * @act: (transfer full): its network and person are filled in here
 *
 * When it has succeeded the act is on the disk, the listener has been told of it,
 * and it will be sent.
 */
void
sm_sync_add_act_async (SmSync              *self,
                       SmAct               *act,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (self != NULL && self->outbox != NULL);

  g_free (act->network);
  act->network = sm_sync_dup_owner (self, &act->person_id);
  name_owner (self, act);
  run_job (self, add_job, act, (GDestroyNotify) sm_act_free, cancellable, callback, user_data);
}

/**
 * sm_sync_add_file_act_async:
 * @act: (transfer full)
 * @file: the path of what goes along; what is in it now is what is sent
 *
 * Likewise, with a photo.  To be finished with sm_sync_add_act_finish().
 */
void
sm_sync_add_file_act_async (SmSync              *self,
                            SmAct               *act,
                            const char          *file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Enclosure *enclosure = g_new0 (Enclosure, 1);

  g_return_if_fail (self != NULL && self->outbox != NULL);

  *enclosure = (Enclosure){ act, g_strdup (file) };
  g_free (act->network);
  act->network = sm_sync_dup_owner (self, &act->person_id);
  name_owner (self, act);
  run_job (self, add_file_job, enclosure, enclosure_free, cancellable, callback, user_data);
}

gboolean
sm_sync_add_act_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, run_job), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/** sm_sync_dup_file_path: Returns: (transfer full): where the file lies that goes along with an act */
char *
sm_sync_dup_file_path (SmSync     *self,
                       const char *sum)
{
  g_autofree char *folder = sm_outbox_dup_folder (self->outbox_path);

  return g_build_filename (folder, sum, NULL);
}

static gpointer
drop_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SmSyncBox *box = context;

  if (!sm_sync_box_open (box, error) || !sm_outbox_drop (box->outbox, data, error))
    return NULL;
  sm_sync_box_post (box);
  /* Those behind it need not wait any more. */
  wake_outbox (box->sync);
  return NULL;
}

/**
 * sm_sync_drop_act_async:
 *
 * A person does not want this act any more.  To be finished with
 * sm_sync_add_act_finish().
 */
void
sm_sync_drop_act_async (SmSync              *self,
                        const char          *key,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (self != NULL && self->outbox != NULL);

  run_job (self, drop_job, g_strdup (key), g_free, cancellable, callback, user_data);
}

typedef struct
{
  char *key;
  GPtrArray *wanted; /* (nullable) */
} Resolution;

static void
resolution_free (gpointer data)
{
  Resolution *resolution = data;

  g_free (resolution->key);
  g_clear_pointer (&resolution->wanted, g_ptr_array_unref);
  g_free (resolution);
}

static gboolean
resolve (SmSyncBox         *box,
         const Resolution  *resolution,
         GError           **error)
{
  g_autoptr (SmAct) act = NULL;
  g_autoptr (SmAct) next = NULL;
  GError *cause = NULL;

  if (!sm_sync_box_open (box, error))
    return FALSE;
  act = sm_outbox_find (box->outbox, resolution->key, &cause);
  if (act == NULL || act->state != SM_ACT_CONFLICT)
    {
      if (cause != NULL)
        g_propagate_error (error, cause);
      else
        sm_set_error (error, SM_ERROR_CONFLICT, "act-moved-on", "it is no conflict any more");
      return FALSE;
    }
  next = sm_act_resolve (act, resolution->wanted, sm_clock_now (box->sync->network));
  /* What a person wants by now is just what is: nothing is left to be sent. */
  return next != NULL ? sm_outbox_resolve (box->outbox, act->key, next, error)
                      : sm_outbox_drop (box->outbox, act->key, error);
}

static gpointer
resolve_job (gpointer       context,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SmSyncBox *box = context;

  if (!resolve (box, data, error))
    return NULL;
  sm_sync_box_post (box);
  wake_outbox (box->sync);
  return NULL;
}

/**
 * sm_sync_resolve_act_async:
 * @key: of a conflict
 * @wanted: (transfer full) (nullable): of SmEdit: what is to be instead
 *
 * A person wants it nevertheless, or something else: it is sent on what the
 * object is by now.  To be finished with sm_sync_add_act_finish().
 */
void
sm_sync_resolve_act_async (SmSync              *self,
                           const char          *key,
                           GPtrArray           *wanted,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Resolution *resolution = g_new0 (Resolution, 1);

  g_return_if_fail (self != NULL && self->outbox != NULL);

  *resolution = (Resolution){ g_strdup (key), wanted };
  run_job (self, resolve_job, resolution, resolution_free, cancellable, callback, user_data);
}
