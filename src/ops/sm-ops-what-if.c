/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-what-if.h"

#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-what-if.h"

static void
what_if_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmWhatIfSums *sums = sm_sync_ask_what_if_finish (result, &error);

  if (sums == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, sums, g_free);
}

/**
 * sm_ops_load_what_if_async:
 * @value: at which the limit would be passed
 * @from: network time, µs; until now
 */
void
sm_ops_load_what_if_async (SmOps               *self,
                           gint64               limit_id,
                           double               value,
                           gint64               from,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_what_if_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_what_if_async (self->sync, limit_id, value, from, cancellable, what_if_cb,
                               g_steal_pointer (&task));
}

/** sm_ops_load_what_if_finish: Returns: (transfer full) (nullable) */
SmWhatIfSums *
sm_ops_load_what_if_finish (SmOps         *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmRow *limit = sm_sync_change_limit_finish (result, &error);

  if (limit == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, limit, (GDestroyNotify) sm_row_unref);
}

/**
 * sm_ops_change_limit_async:
 * @seen: the limit as it was seen
 * @wanted: what is to be different: its fields that are not null
 * @risk: what can go wrong, and what is done about it
 *
 * The service does it now or refuses it now: a limit that is changed later than anybody
 * believes would be a surprise.
 */
void
sm_ops_change_limit_async (SmOps               *self,
                           const SmRow         *seen,
                           const SmRow         *wanted,
                           const char          *reason,
                           const char          *risk,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self) && seen != NULL && wanted != NULL);

  g_task_set_source_tag (task, sm_ops_change_limit_async);
  if (!sm_ops_check_started (self, task))
    return;
  if (sm_ops_may (self, "limit.change"))
    sm_sync_change_limit_async (self->sync, seen, wanted, reason, risk, cancellable, changed_cb,
                                g_steal_pointer (&task));
  else
    g_task_return_new_error (task, SM_ERROR, SM_ERROR_DENIED, "limit.change is missing");
}

/** sm_ops_change_limit_finish: Returns: (transfer full) (nullable): the limit after it */
SmRow *
sm_ops_change_limit_finish (SmOps         *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
