/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-private.h"

/* What only the files say comes from their reader's thread. */
static gpointer
look_at_files (SmConnection  *connection,
               gpointer       data,
               GError       **error)
{
  SmDiagnosis *files = sm_diagnosis_new ();

  sm_sync_diagnose_files (data, connection, files);
  return files;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SmDiagnosis) diagnosis = g_steal_pointer ((SmDiagnosis **) g_task_get_task_data (task));
  g_autoptr (SmDiagnosis) files = sm_sync_read_finish (result, NULL);

  if (g_task_return_error_if_cancelled (task))
    return;
  /* Without a copy of the network the rest is worth to be known all the more. */
  if (files != NULL)
    {
      diagnosis->cache_bytes = files->cache_bytes;
      diagnosis->history_from = files->history_from;
      diagnosis->history_to = files->history_to;
    }
  g_task_return_pointer (task, g_steal_pointer (&diagnosis), (GDestroyNotify) sm_diagnosis_free);
}

static void
count_acts (SmOps       *self,
            SmDiagnosis *diagnosis)
{
  for (guint i = 0; i < self->acts->len; i++)
    {
      const SmAct *act = self->acts->pdata[i];

      if (act->state == SM_ACT_CONFLICT)
        diagnosis->acts_conflicting++;
      else if (act->state != SM_ACT_ANSWERED)
        diagnosis->acts_waiting++;
    }
  diagnosis->acts_elsewhere = self->n_elsewhere;
}

/**
 * sm_ops_diagnose_async:
 *
 * How it stands with the way to the service, the copy of the network, and what
 * waits to be sent.
 */
void
sm_ops_diagnose_async (SmOps               *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SmDiagnosis **diagnosis;

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_diagnose_async);
  if (!sm_ops_check_started (self, task))
    return;
  diagnosis = g_new (SmDiagnosis *, 1);
  *diagnosis = sm_diagnosis_new ();
  sm_sync_diagnose (self->sync, *diagnosis);
  count_acts (self, *diagnosis);
  g_task_set_task_data (task, diagnosis, g_free);
  sm_sync_read_async (self->sync, look_at_files, sm_sync_ref (self->sync),
                      (GDestroyNotify) sm_sync_unref, (GDestroyNotify) sm_diagnosis_free,
                      cancellable, looked_cb, g_steal_pointer (&task));
}

/** sm_ops_diagnose_finish: Returns: (transfer full) (nullable) */
SmDiagnosis *
sm_ops_diagnose_finish (SmOps         *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
