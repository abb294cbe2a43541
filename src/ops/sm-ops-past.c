/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-past.h"

#include "sm-ops-private.h"
#include "sm-sync-past.h"

static void
past_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmPast *past = sm_sync_ask_past_finish (result, &error);

  if (past == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, past, (GDestroyNotify) sm_past_free);
}

/**
 * sm_ops_load_past_async:
 * @noun: %SM_NOUN_VEHICLE, %SM_NOUN_STATION, %SM_NOUN_AREA or %SM_NOUN_DESK
 * @from: network time, µs
 * @to: likewise
 *
 * Asks the service what was known of a thing from moment to moment; no cache has that.
 */
void
sm_ops_load_past_async (SmOps               *self,
                        SmNounId             noun,
                        gint64               id,
                        gint64               from,
                        gint64               to,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_past_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_past_async (self->sync, sm_noun_get (noun), id, from, to, cancellable, past_cb,
                            g_steal_pointer (&task));
}

/** sm_ops_load_past_finish: Returns: (transfer full) (nullable): the past */
SmPast *
sm_ops_load_past_finish (SmOps         *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
