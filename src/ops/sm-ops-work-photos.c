/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-work-orders.h"

#include "sm-acts.h"
#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-work-orders.h"

/* What a work order was made of, and its photos. */

/** sm_ops_read_snapshot: Returns: (transfer full) (nullable): what everything was like when it was made */
SmWorkOrderSnapshot *
sm_ops_read_snapshot (const SmRow *order)
{
  return sm_work_order_snapshot_read (sm_row_get_text (order, SM_WORK_ORDER_SNAPSHOT));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *photos = sm_sync_list_photos_finish (result, &error);

  if (photos != NULL)
    g_task_return_pointer (task, photos, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/** sm_ops_list_photos_async: Asks the service which photos an order has. */
void
sm_ops_list_photos_async (SmOps               *self,
                          gint64               order_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_list_photos_async);
  if (sm_ops_check_started (self, task))
    sm_sync_list_photos_async (self->sync, order_id, cancellable, listed_cb,
                               g_steal_pointer (&task));
}

/** sm_ops_list_photos_finish: Returns: (transfer full) (nullable): of SmWorkOrderPhotoLine, oldest first */
GPtrArray *
sm_ops_list_photos_finish (SmOps         *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *path = sm_sync_load_photo_finish (result, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

/** sm_ops_load_photo_async: One of those that are listed; what was looked at before needs no service. */
void
sm_ops_load_photo_async (SmOps               *self,
                         gint64               order_id,
                         const char          *sha256,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_photo_async);
  if (sm_ops_check_started (self, task))
    sm_sync_load_photo_async (self->sync, order_id, sha256, cancellable, loaded_cb,
                              g_steal_pointer (&task));
}

/** sm_ops_load_photo_finish: Returns: (transfer full) (nullable): the path of its file */
char *
sm_ops_load_photo_finish (SmOps         *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** sm_ops_add_photo_refusal: Returns: (nullable): a slug for why who is signed in cannot add one now */
const char *
sm_ops_add_photo_refusal (SmOps       *self,
                          const SmRow *order)
{
  return sm_ops_work_order_refusal (self, SM_WORK_ORDER_PHOTO, order);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sm_sync_add_act_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sm_ops_add_photo_async:
 * @file: the path of what a person chose
 *
 * Succeeds when a copy of it is on the disk, from where it is sent; what the service does not
 * accept comes up in sm_ops_get_conflicts().
 */
void
sm_ops_add_photo_async (SmOps               *self,
                        const SmRow         *order,
                        const char          *file,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = g_path_get_basename (file);
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  const char *refusal;
  SmAct *act;

  g_return_if_fail (SM_IS_OPS (self) && order != NULL);

  g_task_set_source_tag (task, sm_ops_add_photo_async);
  if (!sm_ops_check_started (self, task))
    return;
  refusal = sm_ops_add_photo_refusal (self, order);
  if (refusal != NULL)
    {
      GError *error = NULL;

      sm_set_error (&error, SM_ERROR_INVALID, refusal, "not with this order, or not now");
      g_task_return_error (task, error);
      return;
    }
  act = sm_act_new_photo (order, valid, sm_clock_now (self->clock));
  act->object_name = sm_ops_name_object (order);
  sm_sync_add_file_act_async (self->sync, act, file, cancellable, added_cb,
                              g_steal_pointer (&task));
}

gboolean
sm_ops_add_photo_finish (SmOps         *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
waiting_free (gpointer data)
{
  SmPhotoWaiting *waiting = data;

  g_free (waiting->path);
  g_free (waiting->name);
  g_free (waiting->problem);
  g_free (waiting);
}

/**
 * sm_ops_list_waiting_photos:
 *
 * Returns: (transfer full): of #SmPhotoWaiting, in the order they were added: photos of an order
 *   that the service has not, or of which the feed has not told yet
 */
GPtrArray *
sm_ops_list_waiting_photos (SmOps  *self,
                            gint64  order_id)
{
  GPtrArray *photos = g_ptr_array_new_with_free_func (waiting_free);

  g_return_val_if_fail (SM_IS_OPS (self), photos);

  for (guint i = 0; i < self->acts->len; i++)
    {
      const SmAct *act = self->acts->pdata[i];
      SmPhotoWaiting *waiting;

      if (act->file == NULL || act->object_id != order_id
          || act->noun != sm_noun_get (SM_NOUN_WORK_ORDER))
        continue;
      waiting = g_new0 (SmPhotoWaiting, 1);
      *waiting = (SmPhotoWaiting){ sm_sync_dup_file_path (self->sync, act->file),
                                   g_strdup (act->note), act->created_at, act->state,
                                   g_strdup (act->problem) };
      g_ptr_array_add (photos, waiting);
    }
  return photos;
}
