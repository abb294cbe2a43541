/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-papers.h"

#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-desks.h"
#include "sm-time.h"

/** sm_ops_get_papers: Returns: (transfer none): of SmItem, every one that may be seen, by rising id */
GListModel *
sm_ops_get_papers (SmOps    *self,
                   SmNounId  noun)
{
  g_return_val_if_fail (SM_IS_OPS (self) && sm_paper_get (noun) != NULL, NULL);

  return G_LIST_MODEL (sm_ops_small_set (self, noun));
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmRow *row = sm_sync_desks_finish (result, &error);

  if (row != NULL)
    g_task_return_pointer (task, row, (GDestroyNotify) sm_row_unref); /* the feed brings it */
  else
    g_task_return_error (task, error);
}

static void
act (SmOps               *self,
     const char          *permission,
     const SmSyncDeskAct *what,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, act);
  if (!sm_ops_check_started (self, task))
    return;
  if (sm_ops_may (self, permission))
    {
      sm_sync_desk_act_async (self->sync, what, cancellable, done_cb, g_steal_pointer (&task));
      return;
    }
  sm_set_error (&error, SM_ERROR_DENIED, "permission-missing", "%s is missing", permission);
  g_task_return_error (task, error);
}

/** sm_ops_create_paper_async: To be finished with sm_ops_paper_finish(), like all acts here. */
void
sm_ops_create_paper_async (SmOps               *self,
                           SmRow               *wanted,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  const SmNoun *noun = sm_row_get_noun (wanted);
  SmSyncDeskAct what = { noun->id, 0, NULL, wanted, NULL, NULL, SM_UNKNOWN, 0 };

  g_return_if_fail (SM_IS_OPS (self));

  act (self, sm_paper_get (noun->id)->create, &what, cancellable, callback, user_data);
}

/** sm_ops_change_paper_async: @wanted: all of it that can be changed: what is null there is taken out */
void
sm_ops_change_paper_async (SmOps               *self,
                           gint64               id,
                           gint64               seen_seq,
                           SmRow               *wanted,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  const SmNoun *noun = sm_row_get_noun (wanted);
  SmSyncDeskAct what = { noun->id, id, NULL, wanted, NULL, NULL, SM_UNKNOWN, seen_seq };

  g_return_if_fail (SM_IS_OPS (self));

  act (self, sm_paper_get (noun->id)->change, &what, cancellable, callback, user_data);
}

/** sm_ops_remove_paper_async: Of a certificate that does not hold any more. */
void
sm_ops_remove_paper_async (SmOps               *self,
                           const SmRow         *seen,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  const SmNoun *noun = sm_row_get_noun (seen);
  SmSyncDeskAct what = { noun->id, sm_row_get_id (seen), "/remove", NULL, NULL, NULL,
                         sm_row_get_int (seen, SM_ROW_SEQ), 0 };

  g_return_if_fail (SM_IS_OPS (self));

  act (self, sm_paper_get (noun->id)->change, &what, cancellable, callback, user_data);
}

/** sm_ops_paper_finish: Returns: (transfer full) (nullable): the row after it */
SmRow *
sm_ops_paper_finish (SmOps         *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
