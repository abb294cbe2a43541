/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ops-guidances.h"

#include "sm-acts.h"
#include "sm-cache-reader.h"
#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-guidances.h"

#define PERMISSION "guidance.send"

/** sm_ops_guide_refusal: Returns: (nullable): a slug for why who is signed in cannot tell trucks anything */
const char *
sm_ops_guide_refusal (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return sm_ops_may (self, PERMISSION) ? NULL : "permission-missing";
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

  if (sm_sync_add_act_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sm_ops_guide_async:
 *
 * Tells a truck something, or notes what became of it.  Succeeds when it is on the disk; what the
 * service does not accept, because it comes too late, too, comes up in sm_ops_get_conflicts().
 */
void
sm_ops_guide_async (SmOps               *self,
                    const SmTruckWish   *wish,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  SmAct *act;

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_guide_async);
  if (!sm_ops_check_started (self, task))
    return;
  if (!sm_ops_may (self, PERMISSION))
    {
      sm_set_error (&error, SM_ERROR_DENIED, "permission-missing", PERMISSION " is missing");
      g_task_return_error (task, error);
      return;
    }
  act = sm_act_new_guide (wish, sm_clock_now (self->clock));
  act->object_name = sm_directory_dup_label (self->directory, SM_NOUN_VEHICLE, wish->vehicle_id,
                                             "en");
  sm_sync_add_act_async (self->sync, act, cancellable, guided_cb, g_steal_pointer (&task));
}

gboolean
sm_ops_guide_finish (SmOps         *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sm_ops_guide_find_act:
 * @guidance_id: or SM_UNKNOWN: the truck has none
 * @out_problem: (out) (transfer none) (nullable): slug of the last trouble
 *
 * Returns: whether something that is to be done about a truck is on its way or was refused;
 *   the last of it
 */
gboolean
sm_ops_guide_find_act (SmOps       *self,
                       gint64       guidance_id,
                       gint64       vehicle_id,
                       SmActState  *out_state,
                       const char **out_problem)
{
  g_return_val_if_fail (SM_IS_OPS (self), FALSE);

  for (guint i = self->acts->len; i-- > 0;)
    {
      const SmAct *act = self->acts->pdata[i];

      if (act->state == SM_ACT_ANSWERED || !sm_act_is_guide (act)
          || act->object_id
                 != (act->noun->id == SM_NOUN_VEHICLE ? vehicle_id : guidance_id))
        continue;
      *out_state = act->state;
      *out_problem = act->problem;
      return TRUE;
    }
  return FALSE;
}
