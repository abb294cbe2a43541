/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-commands-private.h"

#include "sm-command.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <string.h>

/*
 * A command in two stages: a person asks, the equipment takes it on, and later says
 * what became of it.  Each stage has its time; what is not answered in time is over,
 * and stays over when the answer comes after all.
 */

#define ANSWER_ACT "command.answer"
#define TIME_OUT_ACT "command.time_out"

/* How long each stage may take, machine time. */
#define FETCH_WITHIN (15 * SM_SECOND)
#define ACCEPT_WITHIN (30 * SM_SECOND)
#define DO_WITHIN (180 * SM_SECOND)

#define MAX_ANSWER 500

SmCommandBook *
sm_command_book_new (void)
{
  SmCommandBook *self = g_new0 (SmCommandBook, 1);

  self->deadlines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
sm_command_book_free (SmCommandBook *self)
{
  g_hash_table_unref (self->deadlines);
  g_free (self);
}

/* @within: 0: it is over */
static void
set_deadline (SmRules *rules,
              gint64   id,
              gint64   within)
{
  SmCommandBook *book = rules->commands;
  gint64 deadline = sm_rules_machine_now (rules) + within;

  if (within > 0)
    g_hash_table_replace (book->deadlines, g_memdup2 (&id, sizeof id),
                          g_memdup2 (&deadline, sizeof deadline));
  else
    g_hash_table_remove (book->deadlines, &id);
  g_atomic_int_set (&book->n_open, (int) g_hash_table_size (book->deadlines));
}

/** sm_commands_is_open: Whether there is a command that is not over; any thread. */
gboolean
sm_commands_is_open (SmRules *rules)
{
  return g_atomic_int_get (&rules->commands->n_open) > 0;
}

static SmCommandState
state_of (const SmRow *command)
{
  return (SmCommandState) sm_row_get_enum (command, SM_COMMAND_STATE);
}

static void
set_state (SmRules        *rules,
           SmRow          *command,
           SmCommandState  state)
{
  static const guint times[] = {
    [SM_COMMAND_STATE_REQUESTED] = SM_COMMAND_REQUESTED_AT,
    [SM_COMMAND_STATE_SENT] = SM_COMMAND_SENT_AT,
    [SM_COMMAND_STATE_ACCEPTED] = SM_COMMAND_ACCEPTED_AT,
    [SM_COMMAND_STATE_SUCCEEDED] = SM_COMMAND_ENDED_AT,
    [SM_COMMAND_STATE_REJECTED] = SM_COMMAND_ENDED_AT,
    [SM_COMMAND_STATE_FAILED] = SM_COMMAND_ENDED_AT,
    [SM_COMMAND_STATE_TIMED_OUT] = SM_COMMAND_ENDED_AT,
  };

  sm_row_set_text (command, SM_COMMAND_STATE, sm_command_states[state]);
  sm_row_set_int (command, times[state], sm_rules_now (rules));
}

/* Whether a command to the same thing is not over yet, which would cross this one. */
static gboolean
check_alone (SmRules      *rules,
             const SmRow  *target,
             GError      **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, rules->commands->deadlines);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (SmRow) other = NULL;

      if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_COMMAND),
                            *(gint64 *) id, &other, error))
        return FALSE;
      if (other == NULL || sm_row_get_int (other, SM_COMMAND_TARGET_ID) != sm_row_get_id (target)
          || g_strcmp0 (sm_row_get_text (other, SM_COMMAND_TARGET_NOUN),
                        sm_row_get_noun (target)->name) != 0)
        continue;
      sm_set_error (error, SM_ERROR_CONFLICT, "command-running", "Command %" G_GINT64_FORMAT
                    " to it is not over", *(gint64 *) id);
      return FALSE;
    }
  return TRUE;
}

static SmRow *
make_command (const SmVerb            *verb,
              const SmCommandRequest  *request,
              const SmRow             *target,
              gint64                   station_id)
{
  SmRow *command = sm_row_new (sm_noun_get (SM_NOUN_COMMAND));

  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    if (!sm_row_is_null (target, i))
      sm_row_set_int (command, i, sm_row_get_int (target, i));
  sm_row_set_text (command, SM_COMMAND_TARGET_NOUN, verb->noun->name);
  sm_row_set_int (command, SM_COMMAND_TARGET_ID, verb->id);
  sm_row_set_int (command, SM_COMMAND_STATION_ID, station_id);
  if (request->alarm_id != SM_UNKNOWN)
    sm_row_set_int (command, SM_COMMAND_ALARM_ID, request->alarm_id);
  sm_row_set_text (command, SM_COMMAND_KIND, request->kind);
  if (request->availability != NULL)
    sm_row_set_text (command, SM_COMMAND_AVAILABILITY, request->availability);
  sm_row_set_text (command, SM_COMMAND_REASON, request->reason);
  sm_row_set_text (command, SM_COMMAND_REQUESTED_BY, verb->actor->name);
  set_state (verb->rules, command, SM_COMMAND_STATE_REQUESTED);
  return command;
}

static SmRow *
ask_for (const SmVerb   *verb,
         gconstpointer   data,
         SmRow          *target,
         GError        **error)
{
  const SmCommandRequest *request = data;
  g_autoptr (SmRow) command = NULL;
  gint64 station_id;

  if (!sm_commands_check (verb, request, target, &station_id, error)
      || !check_alone (verb->rules, target, error))
    return NULL;
  command = make_command (verb, request, target, station_id);
  if (!sm_verb_put (verb->rules, command, NULL, error)
      || !sm_verb_tell (verb, "done", NULL, command, error))
    return NULL;
  return g_steal_pointer (&command);
}

static gboolean
refuse_unknown (const SmNoun            *noun,
                const SmCommandRequest  *request,
                GError                 **error)
{
  if (sm_command_permission (request->kind) == NULL)
    sm_set_error (error, SM_ERROR_INVALID, "command-unknown", "There is no such command");
  else
    sm_set_error (error, SM_ERROR_INVALID, "command-not-for-it", "It does not take this command");
  return FALSE;
}

/**
 * sm_commands_request:
 *
 * Has a command sent by the gateway of its target, if nothing speaks against it.
 *
 * Returns: (transfer full) (nullable): the command
 */
SmRow *
sm_commands_request (SmRules                 *rules,
                     SmActor                 *actor,
                     const char              *idempotency_key,
                     const SmCommandRequest  *request,
                     GError                 **error)
{
  const SmNoun *noun = sm_noun_by_name (request->target_noun);
  const char *permission = sm_command_permission (request->kind);
  g_autofree char *text = NULL;
  SmVerb verb = { rules, actor, permission, noun, request->target_id, idempotency_key, NULL };
  SmRow *command;
  gint64 id;

  if (permission == NULL || noun == NULL || noun->is_history)
    {
      refuse_unknown (noun, request, error);
      return NULL;
    }
  text = g_strdup_printf ("command %s %s %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s",
                          request->kind, noun->name, request->target_id,
                          request->availability != NULL ? request->availability : "",
                          request->alarm_id, request->reason != NULL ? request->reason : "");
  verb.request = text;
  command = sm_verb_run (&verb, ask_for, request, error);
  id = command != NULL ? sm_row_get_id (command) : 0;
  /* The same key again gets the first answer, of what may be further by now. */
  if (command != NULL && !g_hash_table_contains (rules->commands->deadlines, &id))
    set_deadline (rules, id, FETCH_WITHIN);
  return command;
}

/* --- the other side --- */

static gboolean
is_open (SmCommandState state)
{
  return state <= SM_COMMAND_STATE_ACCEPTED;
}

static gboolean
put_command (SmRules        *rules,
             const SmActor  *actor,
             const char     *act,
             SmRow          *command,
             const SmRow    *before,
             GError        **error)
{
  g_autofree char *object
      = g_strdup_printf ("command/%" G_GINT64_FORMAT, sm_row_get_id (command));

  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (sm_verb_put (rules, command, before, error)
      && (act == NULL
          || sm_verb_audit (rules, actor, act, object, "done", before, command, error)))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}

static gboolean
may_see (const SmActor *actor,
         const SmRow   *row)
{
  return sm_scope_has (actor->scope, sm_row_get_int (row, SM_ROW_OPERATOR_ID),
                       sm_row_get_int (row, SM_ROW_AREA_ID), sm_row_get_int (row, SM_ROW_FLEET_ID));
}

static GArray *
list_open (SmRules *rules)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, rules->commands->deadlines);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_val (ids, *(gint64 *) id);
  return ids;
}

/* Sent again until it is taken on: an answer that was lost is no reason for it to
 * get stuck, and a gateway knows it by its id. */
static gboolean
send_one (SmRules        *rules,
          const SmActor  *actor,
          gint64          id,
          GPtrArray      *commands,
          GError        **error)
{
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) command = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_COMMAND), id, &before,
                        error))
    return FALSE;
  if (before == NULL || !may_see (actor, before) || state_of (before) > SM_COMMAND_STATE_SENT)
    return TRUE;
  command = sm_row_copy (before);
  if (state_of (before) == SM_COMMAND_STATE_REQUESTED)
    {
      set_state (rules, command, SM_COMMAND_STATE_SENT);
      if (!put_command (rules, actor, NULL, command, before, error))
        return FALSE;
      set_deadline (rules, id, ACCEPT_WITHIN);
    }
  g_ptr_array_add (commands, g_steal_pointer (&command));
  return TRUE;
}

/**
 * sm_commands_fetch:
 * @actor: a gateway
 *
 * Returns: (transfer full) (nullable): the commands (SmRow) that are for it and
 *   that it has not taken on yet; they count as sent from now on
 */
GPtrArray *
sm_commands_fetch (SmRules  *rules,
                   SmActor  *actor,
                   GError  **error)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GArray) ids = NULL;

  if (!sm_actor_require (actor, ANSWER_ACT, error))
    return NULL;
  ids = list_open (rules);
  for (guint i = 0; i < ids->len; i++)
    if (!send_one (rules, actor, g_array_index (ids, gint64, i), commands, error))
      return NULL;
  return g_steal_pointer (&commands);
}

/* It was given up, and ends as that; but whoever asked should know. */
static gboolean
take_late (SmRow           *command,
           SmCommandState   said,
           GError         **error)
{
  if (state_of (command) != SM_COMMAND_STATE_TIMED_OUT
      || (said != SM_COMMAND_STATE_SUCCEEDED && said != SM_COMMAND_STATE_FAILED))
    {
      sm_set_error (error, SM_ERROR_INVALID, "command-over", "The command is over");
      return FALSE;
    }
  sm_row_set_text (command, SM_COMMAND_OUTCOME,
                   sm_command_outcomes[said == SM_COMMAND_STATE_SUCCEEDED
                                           ? SM_COMMAND_OUTCOME_LATE_SUCCESS
                                           : SM_COMMAND_OUTCOME_LATE_FAILURE]);
  return TRUE;
}

static gboolean
take_answer (SmRules         *rules,
             SmRow           *command,
             SmCommandState   said,
             GError         **error)
{
  SmCommandState state = state_of (command);

  if (!is_open (state))
    return take_late (command, said, error);
  if (said > SM_COMMAND_STATE_FAILED || said <= SM_COMMAND_STATE_SENT
      || (said == SM_COMMAND_STATE_REJECTED && state == SM_COMMAND_STATE_ACCEPTED))
    {
      sm_set_error (error, SM_ERROR_INVALID, "not-allowed-now", "%s cannot follow %s",
                    said != SM_ENUM_UNKNOWN ? sm_command_states[said] : "that",
                    sm_command_states[state]);
      return FALSE;
    }
  set_state (rules, command, said);
  return TRUE;
}

static char *
dup_answer (const char *text)
{
  g_autofree char *valid = text != NULL && *text != '\0' ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL && strlen (valid) > MAX_ANSWER)
    *g_utf8_find_prev_char (valid, valid + MAX_ANSWER + 1) = '\0';
  return g_steal_pointer (&valid);
}

/**
 * sm_commands_answer:
 * @actor: a gateway
 * @state: accepted, rejected, succeeded or failed
 * @answer: (nullable): what the equipment said, verbatim
 *
 * The same said again changes nothing.
 *
 * Returns: (transfer full) (nullable): the command after it
 */
SmRow *
sm_commands_answer (SmRules     *rules,
                    SmActor     *actor,
                    gint64       id,
                    const char  *state,
                    const char  *answer,
                    GError     **error)
{
  guint said = sm_slug_index (sm_command_states, state);
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) command = NULL;
  g_autofree char *text = dup_answer (answer);

  if (!sm_actor_require (actor, ANSWER_ACT, error)
      || !sm_verb_find_row (rules, actor, sm_noun_get (SM_NOUN_COMMAND), id, &before, error))
    return NULL;
  if (state_of (before) == said)
    return g_steal_pointer (&before);
  command = sm_row_copy (before);
  if (!take_answer (rules, command, said, error))
    return NULL;
  if (text != NULL)
    sm_row_set_text (command, SM_COMMAND_ANSWER, text);
  if (!put_command (rules, actor, ANSWER_ACT, command, before, error))
    return NULL;
  set_deadline (rules, id, is_open (state_of (command)) ? DO_WITHIN : 0);
  return g_steal_pointer (&command);
}

/* --- time --- */

static gboolean
give_up (SmRules           *rules,
         gint64             id,
         SmCommandOutcome   because,
         GError           **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("service");
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) command = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_COMMAND), id, &before,
                        error))
    return FALSE;
  if (before != NULL && is_open (state_of (before)))
    {
      if (because == SM_COMMAND_OUTCOME_NOT_FETCHED)
        because = (SmCommandOutcome) (SM_COMMAND_OUTCOME_NOT_FETCHED + state_of (before));
      command = sm_row_copy (before);
      set_state (rules, command, SM_COMMAND_STATE_TIMED_OUT);
      sm_row_set_text (command, SM_COMMAND_OUTCOME, sm_command_outcomes[because]);
      if (!put_command (rules, system, TIME_OUT_ACT, command, before, error))
        return FALSE;
    }
  set_deadline (rules, id, 0);
  return TRUE;
}

/* sm_commands_tick: Ends what was not answered in time. */
gboolean
sm_commands_tick (SmRules  *rules,
                  GError  **error)
{
  gint64 now = sm_rules_machine_now (rules);
  g_autoptr (GArray) ids = NULL;

  if (!sm_commands_is_open (rules))
    return TRUE;
  ids = list_open (rules);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      const gint64 *deadline = g_hash_table_lookup (rules->commands->deadlines, &id);

      if (*deadline <= now && !give_up (rules, id, SM_COMMAND_OUTCOME_NOT_FETCHED, error))
        return FALSE;
    }
  return TRUE;
}

/* sm_commands_begin: Whatever was open when the service ended was not answered to it, and is
 * not sent any more. */
gboolean
sm_commands_begin (SmRules  *rules,
                   GError  **error)
{
  g_autoptr (GPtrArray) open
      = sm_service_list_open_commands (sm_rules_get_connection (rules), error);

  for (guint i = 0; open != NULL && i < open->len; i++)
    if (!give_up (rules, sm_row_get_id (open->pdata[i]), SM_COMMAND_OUTCOME_SERVICE_STOPPED, error))
      return FALSE;
  return open != NULL;
}
