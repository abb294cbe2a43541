/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-deeds.h"

#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-deeds.h"

/* --- packs that are kept apart --- */

static void
apart_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmRow *battery = sm_sync_set_apart_finish (result, &error);

  if (battery != NULL)
    g_task_return_pointer (task, battery, (GDestroyNotify) sm_row_unref);
  else
    g_task_return_error (task, error);
}

/**
 * sm_ops_set_apart_async:
 * @is_apart: whether no station is to hand it out, or it may be used again
 * @reason: why
 *
 * Puts a pack into quarantine, or ends that as a second person.  The service does it
 * now or refuses it now: whoever asks has to know.
 */
void
sm_ops_set_apart_async (SmOps               *self,
                        gint64               battery_id,
                        gboolean             is_apart,
                        const char          *reason,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_set_apart_async);
  if (!sm_ops_check_started (self, task))
    return;
  if (sm_ops_may (self, "battery.quarantine"))
    {
      sm_sync_set_apart_async (self->sync, battery_id, is_apart, reason, cancellable, apart_cb,
                               g_steal_pointer (&task));
      return;
    }
  sm_set_error (&error, SM_ERROR_DENIED, "permission-missing", "battery.quarantine is missing");
  g_task_return_error (task, error);
}

/** sm_ops_set_apart_finish: Returns: (transfer full) (nullable): the record of the pack after it */
SmRow *
sm_ops_set_apart_finish (SmOps         *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
