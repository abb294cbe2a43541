/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-private.h"
#include "sm-sync-ask.h"

/* What the service reckons for the panels: what a station did today, which is kept
 * for when there is none, and which packs a vehicle gets to. */

typedef struct
{
  gint64 id;
  int business_day;
} Wanted;

static gpointer
read_day_cb (SmConnection  *connection,
             gpointer       data,
             GError       **error)
{
  const Wanted *wanted = data;

  return sm_sync_read_station_day (connection, wanted->id, wanted->business_day, error);
}

static void
cached_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmStationDay *day = sm_sync_read_finish (result, &error);

  if (day == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_object_set_data (G_OBJECT (task), "is-cached", task);
  g_task_return_pointer (task, day, g_free);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SmOps *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree gpointer wanted = g_memdup2 (g_task_get_task_data (task), sizeof (Wanted));
  g_autoptr (GError) error = NULL;
  SmStationDay *day = sm_sync_ask_station_day_finish (result, &error);

  if (day != NULL)
    g_task_return_pointer (task, day, g_free);
  else if (!g_task_return_error_if_cancelled (task) && sm_ops_check_started (self, task))
    sm_sync_read_async (self->sync, read_day_cb, g_steal_pointer (&wanted), g_free, g_free,
                        cancellable, cached_cb, g_steal_pointer (&task));
}

/**
 * sm_ops_load_station_day_async:
 * @business_day: yyyymmdd
 *
 * Asks the service what a station did on a day; without an answer, what it said last.
 */
void
sm_ops_load_station_day_async (SmOps               *self,
                               gint64               id,
                               int                  business_day,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wanted wanted = { id, business_day };

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_task_data (task, g_memdup2 (&wanted, sizeof wanted), g_free);
  g_task_set_source_tag (task, sm_ops_load_station_day_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_station_day_async (self->sync, id, business_day, cancellable, asked_cb,
                                   g_steal_pointer (&task));
}

/**
 * sm_ops_load_station_day_finish:
 * @out_is_cached: (out) (optional): whether it is what the service said last, as_of says when
 *
 * Returns: (transfer full) (nullable): free with g_free()
 */
SmStationDay *
sm_ops_load_station_day_finish (SmOps         *self,
                                GAsyncResult  *result,
                                gboolean      *out_is_cached,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (out_is_cached != NULL)
    *out_is_cached = g_object_get_data (G_OBJECT (result), "is-cached") != NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
reach_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GArray *found = sm_sync_ask_reach_finish (result, &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify) g_array_unref);
}

/** sm_ops_load_reach_async: Asks which stations with a ready pack a vehicle gets to. */
void
sm_ops_load_reach_async (SmOps               *self,
                         gint64               vehicle_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_reach_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_reach_async (self->sync, vehicle_id, cancellable, reach_cb,
                             g_steal_pointer (&task));
}

/** sm_ops_load_reach_finish: Returns: (transfer full) (nullable): of SmReachable, nearest first */
GArray *
sm_ops_load_reach_finish (SmOps         *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
