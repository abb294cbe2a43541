/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-alarm-figures.h"

#include "sm-ops-private.h"
#include "sm-sync-figures.h"

static void
figures_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmAlarmFigures *figures = sm_sync_ask_figures_finish (result, &error);

  if (figures == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, figures, (GDestroyNotify) sm_alarm_figures_free);
}

/**
 * sm_ops_load_alarm_figures_async:
 * @area_id: 0: of all that who is signed in may see
 * @from: network time, µs
 * @to: likewise
 */
void
sm_ops_load_alarm_figures_async (SmOps               *self,
                                 gint64               area_id,
                                 gint64               from,
                                 gint64               to,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_alarm_figures_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_figures_async (self->sync, area_id, from, to, cancellable, figures_cb,
                               g_steal_pointer (&task));
}

/** sm_ops_load_alarm_figures_finish: Returns: (transfer full) (nullable) */
SmAlarmFigures *
sm_ops_load_alarm_figures_finish (SmOps         *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
targets_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sm_sync_change_targets_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sm_ops_change_alarm_targets_async:
 * @rev: which state of them was seen
 * @changes: those that are not NAN
 *
 * Is done now or refused now; without a service it does not wait.
 */
void
sm_ops_change_alarm_targets_async (SmOps                *self,
                                   gint64                rev,
                                   const SmAlarmTargets *changes,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_change_alarm_targets_async);
  if (sm_ops_check_started (self, task))
    sm_sync_change_targets_async (self->sync, rev, changes, cancellable, targets_cb,
                                  g_steal_pointer (&task));
}

gboolean
sm_ops_change_alarm_targets_finish (SmOps         *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
