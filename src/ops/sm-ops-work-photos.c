/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-work-orders.h"

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
  const char *slug = sm_ops_work_order_refusal (self, SM_WORK_ORDER_PHOTO, order);

  if (slug != NULL)
    return slug;
  return sm_status_get_state (sm_ops_get_status (self)) == SM_STATUS_OFFLINE ? "server-unreachable"
                                                                             : NULL;
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SmRow) order = sm_sync_add_photo_finish (result, &error); /* the feed brings it */

  if (order != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/** sm_ops_add_photo_async: Sends a file that a person chose, now or not at all. */
void
sm_ops_add_photo_async (SmOps               *self,
                        gint64               order_id,
                        const char          *file,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self) && file != NULL);

  g_task_set_source_tag (task, sm_ops_add_photo_async);
  if (sm_ops_check_started (self, task))
    sm_sync_add_photo_async (self->sync, order_id, file, cancellable, added_cb,
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
