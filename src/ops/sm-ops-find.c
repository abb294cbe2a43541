/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-cache-reader.h"
#include "sm-geo.h"
#include "sm-ops-private.h"

#include <math.h>

/* Finding things by what people call them. */
typedef struct
{
  const SmNoun *noun;
  char *text;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->text);
  g_free (query);
}

static gpointer
find_cb (SmConnection  *connection,
         gpointer       data,
         GError       **error)
{
  const Query *query = data;

  return sm_cache_find (connection, query->noun, query->text, error);
}

static void
found_cb (GObject      *source,
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

/**
 * sm_ops_find_async:
 * @text: a part of a serial number, plate, VIN or name in any language, in
 *   small or capital letters; of an alarm, its id
 *
 * Looks in the cache, so it finds what was there before the service went away.
 */
void
sm_ops_find_async (SmOps               *self,
                   const SmNoun        *noun,
                   const char          *text,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Query *query;

  g_return_if_fail (SM_IS_OPS (self) && noun != NULL && text != NULL);

  g_task_set_source_tag (task, sm_ops_find_async);
  if (!sm_ops_check_started (self, task))
    return;
  query = g_new0 (Query, 1);
  *query = (Query){ noun, g_strdup (text) };
  sm_sync_read_async (self->sync, find_cb, query, query_free, (GDestroyNotify) g_ptr_array_unref,
                      cancellable, found_cb, g_steal_pointer (&task));
}

/**
 * sm_ops_find_finish:
 *
 * Returns: (transfer full) (nullable): of SmRow, at most 20; what is called
 *   exactly as the text comes first; empty when there is nothing
 */
GPtrArray *
sm_ops_find_finish (SmOps         *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sm_ops_find_nearest_station:
 * @out_metres: how far it is, as the crow flies
 *
 * Returns: (transfer none) (nullable): the station that a vehicle is nearest to;
 *   NULL when nobody knows where the vehicle is
 */
SmItem *
sm_ops_find_nearest_station (SmOps  *self,
                             gint64  vehicle_id,
                             gint64 *out_metres)
{
  int slot = sm_fleet_find (self->fleet, vehicle_id);
  const SmVehicleColumns *columns = sm_fleet_get_columns (self->fleet);
  double latitude, longitude, best = INFINITY;
  SmItem *nearest = NULL;

  g_return_val_if_fail (SM_IS_OPS (self) && out_metres != NULL, NULL);

  if (slot < 0 || (columns->at[slot].x == 0 && columns->at[slot].y == 0))
    return NULL;
  sm_world_unproject (columns->at[slot], &latitude, &longitude);
  for (guint i = 0; i < g_list_model_get_n_items (sm_ops_get_stations (self)); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (sm_ops_get_stations (self), i);
      const SmRow *row = sm_item_get_row (item);
      double metres = sm_geo_distance_m (latitude, longitude,
                                         sm_row_get_real (row, SM_STATION_LATITUDE),
                                         sm_row_get_real (row, SM_STATION_LONGITUDE));

      if (!(metres < best))
        continue;
      best = metres;
      nearest = item;
    }
  if (nearest != NULL)
    *out_metres = (gint64) best;
  return nearest;
}

/** sm_ops_is_called: Whether @text is the serial number, plate, VIN or id that a link names it by. */
gboolean
sm_ops_is_called (const SmRow *row,
                  const char  *text)
{
  static const char *const names[] = { "sn", "plate", "vin", NULL };
  const SmNoun *noun = sm_row_get_noun (row);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_id (row));

  for (guint i = 0; i < noun->n_fields; i++)
    {
      const char *value = g_strv_contains (names, noun->fields[i].name)
                              ? sm_row_get_text (row, i) : NULL;

      if (value != NULL && g_ascii_strcasecmp (value, text) == 0)
        return TRUE;
    }
  return noun->id == SM_NOUN_ALARM && g_str_equal (id, text);
}
