/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-windows.h"

#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-windows.h"
#include "sm-time.h"

#define PLAN "window.plan"
#define APPROVE "window.approve"

/** sm_ops_get_windows: Returns: (transfer none): of SmItem, every maintenance window */
GListModel *
sm_ops_get_windows (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return G_LIST_MODEL (self->windows);
}

static const char *
permission_of (SmWindowEvent event)
{
  return event == SM_WINDOW_EVENT_APPROVE || event == SM_WINDOW_EVENT_EXTEND ? APPROVE : PLAN;
}

static gboolean
is_by (SmOps       *self,
       const SmRow *window,
       guint        field)
{
  const char *person = sm_row_get_text (window, field);

  return person != NULL && sm_ops_is_person (self, person);
}

/**
 * sm_ops_window_refusal:
 *
 * Returns: (nullable): a slug for why who is signed in cannot do that to it, as the
 *   service would say
 */
const char *
sm_ops_window_refusal (SmOps         *self,
                       SmWindowEvent  event,
                       const SmRow   *window)
{
  SmWindowState next;

  g_return_val_if_fail (SM_IS_OPS (self) && window != NULL, NULL);

  if (!sm_ops_may (self, permission_of (event)))
    return "permission-missing";
  if (!sm_window_next ((SmWindowState) sm_row_get_enum (window, SM_WINDOW_STATE), event, &next))
    return "window-state";
  if (event == SM_WINDOW_EVENT_APPROVE && !sm_row_is_null (window, SM_WINDOW_APPROVED_AT))
    return "window-approved-already";
  if ((event == SM_WINDOW_EVENT_APPROVE || event == SM_WINDOW_EVENT_EXTEND)
      && is_by (self, window, SM_WINDOW_PLANNED_BY))
    return "second-person-needed";
  return NULL;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmRow *window = sm_sync_window_finish (result, &error);

  if (window != NULL)
    g_task_return_pointer (task, window, (GDestroyNotify) sm_row_unref); /* the feed brings it */
  else
    g_task_return_error (task, error);
}

static gboolean
check (SmOps      *self,
       GTask      *task,
       const char *permission)
{
  GError *error = NULL;

  if (!sm_ops_check_started (self, task))
    return FALSE;
  if (sm_ops_may (self, permission))
    return TRUE;
  sm_set_error (&error, SM_ERROR_DENIED, "permission-missing", "%s is missing", permission);
  g_task_return_error (task, error);
  return FALSE;
}

/** sm_ops_plan_window_async: To be finished with sm_ops_window_finish(), like all acts here. */
void
sm_ops_plan_window_async (SmOps               *self,
                          const SmRow         *plan,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self) && plan != NULL);

  g_task_set_source_tag (task, sm_ops_plan_window_async);
  if (check (self, task, PLAN))
    sm_sync_plan_window_async (self->sync, plan, cancellable, done_cb, g_steal_pointer (&task));
}

/**
 * sm_ops_do_window_async:
 * @event: what a person does: not what time does
 * @ends_at: of an extension; else %SM_UNKNOWN
 * @reason: (nullable): of a cancellation, an extension, or why there is no test
 */
void
sm_ops_do_window_async (SmOps               *self,
                        gint64               window_id,
                        SmWindowEvent        event,
                        gint64               ends_at,
                        const char          *reason,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  static const char *const verbs[] = {
    [SM_WINDOW_EVENT_APPROVE] = "approve",
    [SM_WINDOW_EVENT_EXTEND] = "extend",
    [SM_WINDOW_EVENT_CLOSE] = "close",
    [SM_WINDOW_EVENT_CANCEL] = "cancel",
  };
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));
  g_return_if_fail (event < G_N_ELEMENTS (verbs) && verbs[event] != NULL);

  g_task_set_source_tag (task, sm_ops_do_window_async);
  if (check (self, task, permission_of (event)))
    sm_sync_do_window_async (self->sync, window_id, verbs[event], ends_at, reason, cancellable,
                             done_cb, g_steal_pointer (&task));
}

/** sm_ops_window_finish: Returns: (transfer full) (nullable): the window after it */
SmRow *
sm_ops_window_finish (SmOps         *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
