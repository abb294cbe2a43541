/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-guides.h"

#include "sm-cache-reader.h"
#include "sm-error.h"
#include "sm-guide-edit.h"
#include "sm-ops-private.h"
#include "sm-sync-guides.h"

/* --- the catalogue --- */

/* sm_ops_take_guides: What sync tells of it. */
void
sm_ops_take_guides (gpointer   user_data,
                    GPtrArray *guides)
{
  SmOps *self = user_data;

  g_clear_pointer (&self->guides, g_hash_table_unref);
  self->guides = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) sm_fault_guide_free);
  for (guint i = 0; i < guides->len; i++)
    {
      const SmFaultGuide *guide = guides->pdata[i];

      g_hash_table_replace (self->guides, g_strdup (guide->code), sm_fault_guide_copy (guide));
    }
  self->guides_turn++;
}

/** sm_ops_get_fault_codes_turn: Returns: another number whenever the catalogue may be another */
guint
sm_ops_get_fault_codes_turn (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), 0);

  return self->guides_turn;
}

static gboolean
finish_guides (SmOps         *self,
               GAsyncResult  *result,
               GError       **error)
{
  g_autoptr (GPtrArray) guides = sm_sync_guides_finish (result, error);

  if (guides == NULL)
    return FALSE;
  sm_ops_take_guides (self, guides);
  return TRUE;
}

/**
 * sm_ops_get_fault_code:
 *
 * Returns: (transfer none) (nullable): what is known of @code, until the main loop
 *   goes on; NULL for one that nobody knows
 */
const SmFaultGuide *
sm_ops_get_fault_code (SmOps      *self,
                       const char *code)
{
  const SmFaultCode *known = sm_fault_code_find (code);
  const char *name = known != NULL ? known->code : code;
  SmFaultGuide *guide;

  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  guide = self->guides != NULL && name != NULL ? g_hash_table_lookup (self->guides, name) : NULL;
  if (guide != NULL || name == NULL)
    return guide;
  if (self->own_guides == NULL)
    self->own_guides = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) sm_fault_guide_free);
  guide = g_hash_table_lookup (self->own_guides, name);
  if (guide == NULL && (guide = sm_fault_guide_new (name)) != NULL)
    g_hash_table_insert (self->own_guides, g_strdup (name), guide);
  return guide;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (finish_guides (g_task_get_source_object (task), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/** sm_ops_load_fault_codes_async: Asks the service for the catalogue, as it is now. */
void
sm_ops_load_fault_codes_async (SmOps               *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_fault_codes_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_guides_async (self->sync, cancellable, loaded_cb, g_steal_pointer (&task));
}

gboolean
sm_ops_load_fault_codes_finish (SmOps         *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- editing --- */

/* Somebody who edits all the time must not keep another one from it for good, nor
 * have him asked for ever. */
#define MOST_TRIES 3

typedef struct
{
  SmFaultGuide *seen;
  SmFaultGuide *wanted;
  GError *contest; /* (nullable): why it was not taken as it was seen */
  guint n_tries;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  sm_fault_guide_free (change->seen);
  sm_fault_guide_free (change->wanted);
  g_clear_error (&change->contest);
  g_free (change);
}

static void send_change (GTask *task, gint64 rev);

/* It is not as it was seen: where others changed other parts, that is no matter. */
static void
seen_anew_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SmOps *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  const SmFaultGuide *now;
  GError *error = NULL;

  if (!finish_guides (self, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  now = sm_ops_get_fault_code (self, change->seen->code);
  if (now == NULL || change->n_tries >= MOST_TRIES
      || (sm_guide_edit_diff (now, change->seen)
          & sm_guide_edit_diff (change->wanted, change->seen)) != 0)
    g_task_return_error (task, g_steal_pointer (&change->contest));
  else
    send_change (g_steal_pointer (&task), now->rev);
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SmOps *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  SmFaultGuide *guide = sm_sync_guides_finish (result, &error);

  if (g_error_matches (error, SM_ERROR, SM_ERROR_PRECONDITION))
    {
      g_clear_error (&change->contest);
      change->contest = error;
      sm_sync_ask_guides_async (self->sync, cancellable, seen_anew_cb, g_steal_pointer (&task));
      return;
    }
  if (guide == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->guides == NULL)
    self->guides = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) sm_fault_guide_free);
  g_hash_table_replace (self->guides, g_strdup (guide->code), guide);
  self->guides_turn++;
  g_task_return_boolean (task, TRUE);
}

/* Takes @task. */
static void
send_change (GTask  *task,
             gint64  rev)
{
  SmOps *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);

  change->n_tries++;
  sm_sync_change_guide_async (self->sync, change->wanted,
                              sm_guide_edit_diff (change->wanted, change->seen), rev,
                              g_task_get_cancellable (task), changed_cb, task);
}

/**
 * sm_ops_change_fault_code_async:
 * @seen: as the person saw it
 * @wanted: as everybody is to be guided from now on
 *
 * What others changed of other parts meanwhile stays theirs; the same part is refused
 * with "row-changed", and sm_ops_get_fault_code() has it as it is.  Without a service it
 * is refused: it never waits.
 */
void
sm_ops_change_fault_code_async (SmOps               *self,
                                const SmFaultGuide  *seen,
                                const SmFaultGuide  *wanted,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Change *change;

  g_return_if_fail (SM_IS_OPS (self) && seen != NULL && wanted != NULL);

  g_task_set_source_tag (task, sm_ops_change_fault_code_async);
  change = g_new0 (Change, 1);
  change->seen = sm_fault_guide_copy (seen);
  change->wanted = sm_fault_guide_copy (wanted);
  g_task_set_task_data (task, change, change_free);
  if (sm_ops_check_started (self, task))
    send_change (g_steal_pointer (&task), seen->rev);
}

gboolean
sm_ops_change_fault_code_finish (SmOps         *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- steps --- */

static void
steps_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *steps = sm_sync_guides_finish (result, &error);

  if (steps != NULL)
    g_task_return_pointer (task, steps, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * sm_ops_load_steps_async:
 *
 * Asks what was done about an alarm.  Without a service only what there is to do is
 * known: sm_ops_get_fault_code().
 */
void
sm_ops_load_steps_async (SmOps               *self,
                         gint64               alarm_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_steps_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_todo_async (self->sync, alarm_id, cancellable, steps_cb, g_steal_pointer (&task));
}

/** sm_ops_load_steps_finish: Returns: (transfer full) (nullable): of SmGuideStep, in their order */
GPtrArray *
sm_ops_load_steps_finish (SmOps         *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** sm_ops_tick_step_async: @note: (nullable) */
void
sm_ops_tick_step_async (SmOps               *self,
                        gint64               alarm_id,
                        const char          *step,
                        gboolean             is_done,
                        const char          *note,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self) && step != NULL);

  g_task_set_source_tag (task, sm_ops_tick_step_async);
  if (sm_ops_check_started (self, task))
    sm_sync_tick_step_async (self->sync, alarm_id, step, is_done, note, cancellable, steps_cb,
                             g_steal_pointer (&task));
}

/** sm_ops_tick_step_finish: Returns: (transfer full) (nullable): of SmGuideStep, all after it */
GPtrArray *
sm_ops_tick_step_finish (SmOps         *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- commands --- */

static void
commanded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmRow *command = sm_sync_guides_finish (result, &error);

  if (command != NULL)
    g_task_return_pointer (task, command, (GDestroyNotify) sm_row_unref);
  else
    g_task_return_error (task, error);
}

/**
 * sm_ops_command_async:
 * @command: of what it is to be made: target_noun, target_id, kind, reason, and
 *   availability and alarm_id where they apply
 *
 * Asks the service for a command to equipment.  It is sent now or refused now, with
 * the reason; without a service it is refused: it never waits.
 */
void
sm_ops_command_async (SmOps               *self,
                      const SmRow         *command,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self) && command != NULL);

  g_task_set_source_tag (task, sm_ops_command_async);
  if (sm_ops_check_started (self, task))
    sm_sync_command_async (self->sync, command, cancellable, commanded_cb, g_steal_pointer (&task));
}

/** sm_ops_command_finish: Returns: (transfer full) (nullable): it, as it was asked for */
SmRow *
sm_ops_command_finish (SmOps         *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  const SmNoun *noun;
  gint64 id;
} Wanted;

static gpointer
read_commands (SmConnection  *connection,
               gpointer       data,
               GError       **error)
{
  const Wanted *wanted = data;

  return sm_cache_read_commands (connection, wanted->noun, wanted->id, error);
}

static void
commands_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *commands = sm_sync_read_finish (result, &error);

  if (commands != NULL)
    g_task_return_pointer (task, commands, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/** sm_ops_load_commands_async: What was asked of one thing: from the copy, which the feed keeps. */
void
sm_ops_load_commands_async (SmOps               *self,
                            const SmNoun        *noun,
                            gint64               id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wanted wanted = { noun, id };

  g_return_if_fail (SM_IS_OPS (self) && noun != NULL);

  g_task_set_source_tag (task, sm_ops_load_commands_async);
  if (sm_ops_check_started (self, task))
    sm_sync_read_async (self->sync, read_commands, g_memdup2 (&wanted, sizeof wanted), g_free,
                        (GDestroyNotify) g_ptr_array_unref, cancellable, commands_cb,
                        g_steal_pointer (&task));
}

/** sm_ops_load_commands_finish: Returns: (transfer full) (nullable): of SmRow, the newest first */
GPtrArray *
sm_ops_load_commands_finish (SmOps         *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
