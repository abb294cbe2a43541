/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-load-pack.h"

static void
live_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  gboolean is_cached = FALSE;
  g_autoptr (SmRow) live = sm_ops_load_live_finish (SM_OPS (source), result, &is_cached, NULL);
  SmRow *row = sm_row_copy (g_task_get_task_data (task));

  if (live != NULL)
    sm_row_copy_class (row, live, SM_LIVE);
  g_task_return_pointer (task, row, (GDestroyNotify) sm_row_unref);
}

static void
record_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  SmRow *row = sm_ops_load_row_finish (SM_OPS (source), result, &error);

  if (row == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, row, (GDestroyNotify) sm_row_unref);
  sm_ops_load_live_async (SM_OPS (source), SM_NOUN_BATTERY, sm_row_get_id (row), cancellable,
                          live_cb, g_steal_pointer (&task));
}

/** sm_load_pack_async: Reads the record from the cache and asks the service for the values. */
void
sm_load_pack_async (SmOps               *ops,
                    gint64               id,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (ops, cancellable, callback, user_data);

  g_task_set_source_tag (task, sm_load_pack_async);
  sm_ops_load_row_async (ops, sm_noun_get (SM_NOUN_BATTERY), id, cancellable, record_cb, task);
}

/** sm_load_pack_finish: Returns: (transfer full) (nullable): the pack */
SmRow *
sm_load_pack_finish (GAsyncResult  *result,
                     GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
