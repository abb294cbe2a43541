/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-labels.h"

#include "sm-ops-private.h"
#include "sm-sync-labels.h"

static void
labels_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *labels = sm_sync_ask_labels_finish (result, &error);

  if (labels == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, labels, (GDestroyNotify) g_ptr_array_unref);
}

/** sm_ops_load_labels_async: What is to be printed for a station and its piles. */
void
sm_ops_load_labels_async (SmOps               *self,
                          gint64               station_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_labels_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_labels_async (self->sync, station_id, cancellable, labels_cb,
                              g_steal_pointer (&task));
}

/** sm_ops_load_labels_finish: Returns: (transfer full) (nullable): of SmScanLabel */
GPtrArray *
sm_ops_load_labels_finish (SmOps         *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
