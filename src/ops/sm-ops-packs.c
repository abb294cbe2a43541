/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-cache-reader.h"
#include "sm-ops-private.h"
#include "sm-pack-table-private.h"

/* All packs, read from the cache for the tables that show them. */

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
