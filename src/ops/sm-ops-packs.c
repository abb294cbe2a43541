/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-cache-reader.h"
#include "sm-ops-private.h"
#include "sm-pack-table-private.h"

/* Packs, read from the cache: all for the tables that show them, and the sisters of one. */

static gpointer
read_cb (SmConnection  *connection,
         gpointer       data,
         GError       **error)
{
  GArray *packs;

  if (!sm_cache_read_begin (connection, error))
    return NULL;
  packs = sm_pack_data_read (connection, error);
  sm_cache_read_end (connection);
  return packs;
}

static void
packs_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmPackTable) table = user_data;
  g_autoptr (GError) error = NULL;
  GArray *packs = sm_sync_read_finish (result, &error);

  if (packs == NULL)
    g_info ("reading the packs, to be read again: %s", error->message);
  sm_pack_table_take (table, packs);
}

static void
read_packs (SmPackTable *table,
            gpointer     data)
{
  SmOps *self = data;

  if (self->is_started)
    sm_sync_read_async (self->sync, read_cb, NULL, NULL, (GDestroyNotify) g_array_unref,
                        self->cancellable, packs_cb, g_object_ref (table));
  else
    sm_pack_table_take (table, NULL);
}

/** sm_ops_pack_table_new: Returns: (transfer full): a list of all packs, to be filtered */
SmPackTable *
sm_ops_pack_table_new (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return sm_pack_table_new (self->directory, read_packs, G_OBJECT (self));
}

static gpointer
read_sisters_cb (SmConnection  *connection,
                 gpointer       data,
                 GError       **error)
{
  return sm_cache_read_sister_packs (connection, *(gint64 *) data, error);
}

static void
sisters_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *rows = sm_sync_read_finish (result, &error);

  if (rows == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

/** sm_ops_load_sisters_async: Reads the packs of the same model, maker and month, from the cache. */
void
sm_ops_load_sisters_async (SmOps               *self,
                           gint64               battery_id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_sisters_async);
  if (sm_ops_check_started (self, task))
    sm_sync_read_async (self->sync, read_sisters_cb, g_memdup2 (&battery_id, sizeof battery_id),
                        g_free, (GDestroyNotify) g_ptr_array_unref, cancellable, sisters_cb,
                        g_steal_pointer (&task));
}

/** sm_ops_load_sisters_finish: Returns: (transfer full) (nullable): of SmRow, nearest in age first */
GPtrArray *
sm_ops_load_sisters_finish (SmOps         *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
