/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-work-limits.h"

#include "sm-ops-private.h"
#include "sm-sync-work-limits.h"

static void
limits_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmWorkLimits *limits = sm_sync_work_limits_finish (result, &error);

  if (limits == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, limits, g_free);
}

/**
 * sm_ops_work_limits_async:
 * @changes: (nullable): what is to be otherwise, and which state of them was seen; they are only
 *   asked for
 *
 * Is done now or refused now; without a service it does not wait.
 */
void
sm_ops_work_limits_async (SmOps               *self,
                          const SmWorkLimits  *changes,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_work_limits_async);
  if (sm_ops_check_started (self, task))
    sm_sync_work_limits_async (self->sync, changes, cancellable, limits_cb,
                               g_steal_pointer (&task));
}

/** sm_ops_work_limits_finish: Returns: (transfer full) (nullable): as they are then */
SmWorkLimits *
sm_ops_work_limits_finish (SmOps         *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
