/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-alarms.h"

#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-alarms.h"

/* --- acts that need the service --- */

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SmRow) alarm = sm_sync_do_alarm_finish (result, &error);

  if (alarm == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE); /* the feed brings it */
}

static void
act (SmOps               *self,
     gint64               alarm_id,
     const char          *verb,
     const char          *permission,
     guint                minutes,
     const char          *reason,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, act);
  if (!sm_ops_check_started (self, task))
    return;
  if (sm_ops_may (self, permission))
    {
      sm_sync_do_alarm_async (self->sync, alarm_id, verb, minutes, reason, cancellable, acted_cb,
                              g_steal_pointer (&task));
      return;
    }
  sm_set_error (&error, SM_ERROR_DENIED, "permission-missing", "%s is missing", permission);
  g_task_return_error (task, error);
}

/**
 * sm_ops_shelve_async:
 * @minutes: for how long; the service knows how long at most
 * @reason: why
 *
 * Puts an alarm aside.  To be finished with sm_ops_alarm_act_finish(), like all acts
 * here: a refusal has the service's slug.
 */
void
sm_ops_shelve_async (SmOps               *self,
                     gint64               alarm_id,
                     guint                minutes,
                     const char          *reason,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  act (self, alarm_id, "shelve", "alarm.shelve", minutes, reason, cancellable, callback, user_data);
}

/** sm_ops_unshelve_async: Takes an alarm back that was put aside. */
void
sm_ops_unshelve_async (SmOps               *self,
                       gint64               alarm_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  act (self, alarm_id, "unshelve", "alarm.shelve", 0, NULL, cancellable, callback, user_data);
}

/** sm_ops_take_out_async: Takes out of service; of a safety code it only asks for it. */
void
sm_ops_take_out_async (SmOps               *self,
                       gint64               alarm_id,
                       guint                minutes,
                       const char          *reason,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  act (self, alarm_id, "take_out_of_service", "alarm.take_out", minutes, reason, cancellable,
       callback, user_data);
}

/** sm_ops_approve_out_async: Agrees, as a second person, to what somebody asked. */
void
sm_ops_approve_out_async (SmOps               *self,
                          gint64               alarm_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  act (self, alarm_id, "approve_out_of_service", "alarm.approve_out", 0, NULL, cancellable,
       callback, user_data);
}

/** sm_ops_return_to_service_async: Ends it before its time is up, or takes the asking back. */
void
sm_ops_return_to_service_async (SmOps               *self,
                                gint64               alarm_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  act (self, alarm_id, "return_to_service", "alarm.take_out", 0, NULL, cancellable, callback,
       user_data);
}

/** sm_ops_release_async: Releases a latch, as another person than who acknowledged it. */
void
sm_ops_release_async (SmOps               *self,
                      gint64               alarm_id,
                      const char          *reason,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  act (self, alarm_id, "release", "alarm.release", 0, reason, cancellable, callback, user_data);
}

gboolean
sm_ops_alarm_act_finish (SmOps         *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- many at once, through the outbox --- */

typedef struct
{
  guint n_left;
  int n_done;
  GError *problem; /* the first one */
} Many;

static void
many_free (gpointer data)
{
  Many *many = data;

  g_clear_error (&many->problem);
  g_free (many);
}

static void
one_done_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Many *many = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (sm_ops_acknowledge_finish (SM_OPS (source), result, &error))
    many->n_done++;
  else if (many->problem == NULL)
    many->problem = g_steal_pointer (&error);
  if (--many->n_left > 0)
    return;
  if (many->n_done > 0 || many->problem == NULL)
    g_task_return_int (task, many->n_done);
  else
    g_task_return_error (task, g_steal_pointer (&many->problem));
}

/**
 * sm_ops_acknowledge_many_async:
 * @note: (nullable): one for all of them
 *
 * Each is an act of its own that names the occurrence which was seen, and waits in the
 * outbox where there is no service.
 */
void
sm_ops_acknowledge_many_async (SmOps               *self,
                               const gint64        *alarm_ids,
                               guint                n_alarms,
                               const char          *note,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Many *many = g_new0 (Many, 1);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_acknowledge_many_async);
  many->n_left = n_alarms;
  g_task_set_task_data (task, many, many_free);
  if (n_alarms == 0)
    g_task_return_int (task, 0);
  for (guint i = 0; i < n_alarms; i++)
    sm_ops_acknowledge_async (self, alarm_ids[i], note, cancellable, one_done_cb,
                              g_object_ref (task));
}

/**
 * sm_ops_acknowledge_many_finish:
 *
 * Returns: how many are acknowledged, or wait to be sent; -1 when none was, for the
 *   reason of the first.  The rest were over or acknowledged meanwhile.
 */
int
sm_ops_acknowledge_many_finish (SmOps         *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}

/* --- what became of one --- */

static void
transitions_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *steps = sm_sync_ask_transitions_finish (result, &error);

  if (steps == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, steps, (GDestroyNotify) g_ptr_array_unref);
}

/** sm_ops_load_transitions_async: Asks the service for the life of an alarm; no cache has it. */
void
sm_ops_load_transitions_async (SmOps               *self,
                               gint64               alarm_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_transitions_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_transitions_async (self->sync, alarm_id, cancellable, transitions_cb,
                                   g_steal_pointer (&task));
}

/** sm_ops_load_transitions_finish: Returns: (transfer full) (nullable): of SmAlarmTransition, oldest first */
GPtrArray *
sm_ops_load_transitions_finish (SmOps         *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
