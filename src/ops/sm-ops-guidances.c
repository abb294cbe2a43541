/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ops-guidances.h"

#include "sm-cache-reader.h"
#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-guidances.h"

#define PERMISSION "guidance.send"

/** sm_ops_guide_refusal: Returns: (nullable): a slug for why who is signed in cannot tell trucks anything now */
const char *
sm_ops_guide_refusal (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  if (!sm_ops_may (self, PERMISSION))
    return "permission-missing";
  return sm_status_get_state (sm_ops_get_status (self)) == SM_STATUS_OFFLINE ? "server-unreachable"
                                                                             : NULL;
}

static void
trucks_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GArray *offers = sm_sync_ask_trucks_finish (result, &error);

  if (offers != NULL)
    g_task_return_pointer (task, offers, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/** sm_ops_load_trucks_async: Asks the service what each truck could be told; no cache has it. */
void
sm_ops_load_trucks_async (SmOps               *self,
                          gint64               station_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_trucks_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_trucks_async (self->sync, station_id, cancellable, trucks_cb,
                              g_steal_pointer (&task));
}

/** sm_ops_load_trucks_finish: Returns: (transfer full) (nullable): of #SmTruckOffer: those that were told nothing yet */
GArray *
sm_ops_load_trucks_finish (SmOps         *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
read_guidances (SmConnection  *connection,
                gpointer       data,
                GError       **error)
{
  return sm_cache_read_guidances (connection, *(gint64 *) data, error);
}

static void
guidances_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *rows = sm_sync_read_finish (result, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/** sm_ops_load_guidances_async: What trucks were told that came to a station: from the copy, which the feed keeps. */
void
sm_ops_load_guidances_async (SmOps               *self,
                             gint64               station_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_guidances_async);
  if (sm_ops_check_started (self, task))
    sm_sync_read_async (self->sync, read_guidances, g_memdup2 (&station_id, sizeof station_id),
                        g_free, (GDestroyNotify) g_ptr_array_unref, cancellable, guidances_cb,
                        g_steal_pointer (&task));
}

/** sm_ops_load_guidances_finish: Returns: (transfer full) (nullable): of SmRow, the newest first */
GPtrArray *
sm_ops_load_guidances_finish (SmOps         *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
guided_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmRow *row = sm_sync_guide_finish (result, &error);

  if (row != NULL)
    g_task_return_pointer (task, row, (GDestroyNotify) sm_row_unref);
  else
    g_task_return_error (task, error);
}

/** sm_ops_guide_async: Tells a truck something, now or not at all. */
void
sm_ops_guide_async (SmOps               *self,
                    const SmTruckWish   *wish,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_guide_async);
  if (!sm_ops_check_started (self, task))
    return;
  if (sm_ops_may (self, PERMISSION))
    {
      sm_sync_guide_async (self->sync, wish, cancellable, guided_cb, g_steal_pointer (&task));
      return;
    }
  sm_set_error (&error, SM_ERROR_DENIED, "permission-missing", PERMISSION " is missing");
  g_task_return_error (task, error);
}

/** sm_ops_guide_finish: Returns: (transfer full) (nullable): the guidance after it */
SmRow *
sm_ops_guide_finish (SmOps         *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
