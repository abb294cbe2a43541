/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-tell.h"

#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-tell.h"

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmRow *row = sm_sync_message_finish (result, &error);

  if (row != NULL)
    g_task_return_pointer (task, row, (GDestroyNotify) sm_row_unref);
  else
    g_task_return_error (task, error);
}

/* Returns: (transfer full) (nullable): NULL when @task was ended because it cannot be done */
static GTask *
begin (SmOps               *self,
       const char          *permission,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, begin);
  if (!sm_ops_check_started (self, task))
    return NULL;
  if (sm_ops_may (self, permission))
    return g_steal_pointer (&task);
  sm_set_error (&error, SM_ERROR_DENIED, "permission-missing", "%s is missing", permission);
  g_task_return_error (task, error);
  return NULL;
}

/** sm_ops_test_contact_async: Has a test be sent; all here end with sm_ops_message_finish(). */
void
sm_ops_test_contact_async (SmOps               *self,
                           gint64               contact_id,
                           const char          *channel,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (SM_IS_OPS (self) && channel != NULL);

  task = begin (self, SM_OPS_MAY_TEST, cancellable, callback, user_data);
  if (task != NULL)
    sm_sync_test_contact_async (self->sync, contact_id, channel, cancellable, done_cb, task);
}

/** sm_ops_ask_message_async: What became of it. */
void
sm_ops_ask_message_async (SmOps               *self,
                          gint64               id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (SM_IS_OPS (self));

  task = begin (self, sm_noun_read_permission (sm_noun_get (SM_NOUN_NOTIFICATION)), cancellable,
                callback, user_data);
  if (task != NULL)
    sm_sync_ask_message_async (self->sync, id, cancellable, done_cb, task);
}

/** sm_ops_confirm_message_async: It arrived. */
void
sm_ops_confirm_message_async (SmOps               *self,
                              gint64               id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (SM_IS_OPS (self));

  task = begin (self, SM_OPS_MAY_CONFIRM, cancellable, callback, user_data);
  if (task != NULL)
    sm_sync_confirm_message_async (self->sync, id, cancellable, done_cb, task);
}

/** sm_ops_message_finish: Returns: (transfer full) (nullable): the message as it is now */
SmRow *
sm_ops_message_finish (SmOps         *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
