/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-private.h"

#include "sm-alarm.h"
#include "sm-contacts-private.h"
#include "sm-error.h"
#include "sm-paper.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

#include <string.h>

/* What goes out, and what became of it; and what persons do about it. */

#define FIRST_WAIT (5 * SM_SECOND)
#define LONGEST_WAIT (15 * SM_MINUTE)

void
sm_tell_message_free (SmTellMessage *self)
{
  g_free (self->address);
  g_free (self->subject);
  g_free (self->text);
  g_free (self);
}

static gboolean
change (SmRules      *rules,
        SmRow        *row,
        SmTellState   state,
        GError      **error)
{
  g_autoptr (SmRow) before = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_NOTIFICATION),
                        sm_row_get_id (row), &before, error))
    return FALSE;
  sm_row_set_text (row, SM_NOTIFICATION_STATE, sm_tell_states[state]);
  return sm_verb_put (rules, row, before, error)
         && (state == SM_TELL_QUEUED
             || sm_tell_due_remove (sm_rules_get_connection (rules), sm_row_get_id (row), error));
}

/* Or taken away: there is none that ends. */
static gboolean
is_renewed (SmRules   *rules,
            gint64     certificate_id,
            gboolean  *out_is,
            GError   **error)
{
  g_autoptr (SmRow) certificate = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_CERTIFICATE),
                        certificate_id, &certificate, error))
    return FALSE;
  *out_is = certificate == NULL
            || sm_row_get_int (certificate, SM_CERTIFICATE_EXPIRES_AT)
                   > sm_rules_now (rules) + SM_CERTIFICATE_WARN_US;
  return TRUE;
}

/* Somebody knows of it already, or there is nothing to be known any more: it waited, and
 * whoever gets it now would go there for nothing. */
static gboolean
is_too_late (SmRules      *rules,
             const SmRow  *row,
             gboolean     *out_is,
             GError      **error)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (row, SM_NOTIFICATION_SUBJECT_NOUN));
  g_autoptr (SmRow) subject = NULL;
  guint state;

  *out_is = FALSE;
  if (noun != NULL && noun->id == SM_NOUN_CERTIFICATE)
    return is_renewed (rules, sm_row_get_int (row, SM_NOTIFICATION_SUBJECT_ID), out_is, error);
  if (noun == NULL || (noun->id != SM_NOUN_ALARM && noun->id != SM_NOUN_WORK_ORDER)
      || sm_row_get_int (row, SM_NOTIFICATION_SUBJECT_ID) == 0)
    return TRUE;
  if (!sm_service_find (sm_rules_get_connection (rules), noun,
                        sm_row_get_int (row, SM_NOTIFICATION_SUBJECT_ID), &subject, error))
    return FALSE;
  if (noun->id == SM_NOUN_WORK_ORDER)
    {
      /* That they need not come, and what became of a report, is true for as long. */
      guint because = sm_row_get_enum (row, SM_NOTIFICATION_BECAUSE);

      *out_is = subject == NULL
                || (sm_work_order_is_over (subject) && because != SM_TELL_BECAUSE_TAKEN_BACK
                    && because != SM_TELL_BECAUSE_REPORTED);
      return TRUE;
    }
  state = subject != NULL ? sm_row_get_enum (subject, SM_ALARM_STATE) : SM_ALARM_NORMAL;
  *out_is = state == SM_ALARM_ACKED || state == SM_ALARM_LATCHED || state == SM_ALARM_NORMAL;
  return TRUE;
}

/* Returns: FALSE when it failed; @out_message: NULL when it is not to go out */
static gboolean
take_one (SmRules          *rules,
          const SmTellDue  *due,
          SmTellMessage   **out_message,
          GError          **error)
{
  g_autoptr (SmRow) row = NULL;
  gboolean is_late;

  *out_message = NULL;
  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_NOTIFICATION),
                        due->notification_id, &row, error))
    return FALSE;
  if (row == NULL)
    return sm_tell_due_remove (sm_rules_get_connection (rules), due->notification_id, error);
  if (!is_too_late (rules, row, &is_late, error))
    return FALSE;
  if (is_late)
    return change (rules, row, SM_TELL_LAPSED, error);
  *out_message = g_new (SmTellMessage, 1);
  **out_message = (SmTellMessage){
    due->notification_id, g_strdup (due->address), g_strdup (due->subject),
    g_strdup (sm_row_get_text (row, SM_NOTIFICATION_TEXT)),
    sm_row_is_null (row, SM_NOTIFICATION_LEVEL) ? 4 : sm_row_get_int (row, SM_NOTIFICATION_LEVEL),
    sm_row_get_int (row, SM_NOTIFICATION_AT)
  };
  return TRUE;
}

/**
 * sm_tell_take:
 *
 * Returns: (transfer full) (nullable): of SmTellMessage: what has to go out by @channel now.
 *   It stays due until sm_tell_note() says what became of it: whoever dies with it in hand
 *   has lost nothing
 */
GPtrArray *
sm_tell_take (SmRules        *rules,
              SmTellChannel   channel,
              guint           limit,
              GError        **error)
{
  g_autoptr (GPtrArray) due
      = sm_tell_due_list (sm_rules_get_connection (rules), sm_tell_channels[channel],
                          sm_rules_machine_now (rules), limit, error);
  g_autoptr (GPtrArray) messages
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_tell_message_free);

  if (due == NULL)
    return NULL;
  if (due->len == 0)
    return g_steal_pointer (&messages);
  if (!sm_rules_begin (rules, error))
    return NULL;
  for (guint i = 0; i < due->len; i++)
    {
      SmTellMessage *message;

      if (!take_one (rules, due->pdata[i], &message, error))
        {
          sm_rules_rollback (rules);
          return NULL;
        }
      if (message != NULL)
        g_ptr_array_add (messages, message);
    }
  return sm_rules_commit (rules, error) ? g_steal_pointer (&messages) : NULL;
}

static gint64
wait_after (gint64 attempts)
{
  gint64 wait = FIRST_WAIT;

  for (gint64 i = 1; i < attempts && wait < LONGEST_WAIT; i++)
    wait *= 3;
  return MIN (wait, LONGEST_WAIT);
}

/* Whoever waits for it hears nothing: it is the next one's turn. */
static gboolean
give_up (SmRules  *rules,
         SmRow    *row,
         GError  **error)
{
  return change (rules, row, SM_TELL_FAILED, error)
         && sm_tell_subject_hurry (sm_rules_get_connection (rules),
                                   sm_row_get_text (row, SM_NOTIFICATION_SUBJECT_NOUN),
                                   sm_row_get_int (row, SM_NOTIFICATION_SUBJECT_ID),
                                   sm_rules_now (rules), error);
}

static gboolean
note_one (SmRules              *rules,
          const SmTellOutcome  *outcome,
          GError              **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  const SmTellGateway *gateway;
  g_autoptr (SmRow) row = NULL;
  gint64 attempts;

  if (!sm_service_find (connection, sm_noun_get (SM_NOUN_NOTIFICATION), outcome->id, &row, error))
    return FALSE;
  if (row == NULL || sm_row_get_enum (row, SM_NOTIFICATION_STATE) != SM_TELL_QUEUED)
    return TRUE;
  attempts = sm_row_get_int (row, SM_NOTIFICATION_ATTEMPTS) + 1;
  sm_row_set_int (row, SM_NOTIFICATION_ATTEMPTS, attempts);
  sm_row_set_int (row, SM_NOTIFICATION_TRIED_AT, sm_rules_now (rules));
  sm_row_set_null (row, SM_NOTIFICATION_PROBLEM);
  if (outcome->is_sent)
    {
      sm_row_set_int (row, SM_NOTIFICATION_SENT_AT, sm_rules_now (rules));
      return change (rules, row, SM_TELL_SENT, error);
    }
  sm_row_set_text (row, SM_NOTIFICATION_PROBLEM, sm_tell_problems[outcome->problem]);
  gateway = rules->telling->gateways[sm_row_get_enum (row, SM_NOTIFICATION_CHANNEL)];
  if (outcome->is_final || gateway == NULL || attempts >= gateway->max_attempts)
    return give_up (rules, row, error);
  return sm_tell_due_postpone (connection, outcome->id,
                               sm_rules_machine_now (rules) + wait_after (attempts), error)
         && change (rules, row, SM_TELL_QUEUED, error);
}

/** sm_tell_note: What became of messages that sm_tell_take() gave. */
gboolean
sm_tell_note (SmRules              *rules,
              const SmTellOutcome  *outcomes,
              gsize                 n_outcomes,
              GError              **error)
{
  if (!sm_rules_begin (rules, error))
    return FALSE;
  for (gsize i = 0; i < n_outcomes; i++)
    if (!note_one (rules, &outcomes[i], error))
      {
        sm_rules_rollback (rules);
        return FALSE;
      }
  return sm_rules_commit (rules, error);
}

/* --- persons --- */

static SmRow *
confirm (const SmVerb   *verb,
         gconstpointer   data,
         SmRow          *before,
         GError        **error)
{
  g_autoptr (SmRow) row = sm_row_copy (before);
  gint64 subject_id = sm_row_get_int (before, SM_NOTIFICATION_SUBJECT_ID);

  /* Whoever was first stays. */
  if (!sm_row_is_null (before, SM_NOTIFICATION_CONFIRMED_AT))
    return g_steal_pointer (&row);
  sm_row_set_int (row, SM_NOTIFICATION_CONFIRMED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (row, SM_NOTIFICATION_CONFIRMED_BY, verb->actor->name);
  if (!sm_verb_put (verb->rules, row, before, error)
      || !sm_verb_tell (verb, "done", before, row, error)
      || (subject_id > 0
          && !sm_tell_subject_remove (sm_rules_get_connection (verb->rules),
                                      sm_row_get_text (before, SM_NOTIFICATION_SUBJECT_NOUN),
                                      subject_id, NULL, error)))
    return NULL;
  return g_steal_pointer (&row);
}

/** sm_tell_confirm: Somebody knows of it: nobody else is told. Returns: (transfer full) (nullable) */
SmRow *
sm_tell_confirm (SmRules     *rules,
                 SmActor     *actor,
                 const char  *idempotency_key,
                 gint64       notification_id,
                 GError     **error)
{
  g_autofree char *request
      = g_strdup_printf ("notification.confirm %" G_GINT64_FORMAT, notification_id);
  SmVerb verb = { rules, actor, "notification.confirm", sm_noun_get (SM_NOUN_NOTIFICATION),
                  notification_id, idempotency_key, request };

  return sm_verb_run (&verb, confirm, NULL, error);
}

/* Who has written it has to see what becomes of it. */
static void
take_keys (SmRow         *row,
           const SmScope *scope)
{
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, SM_TELL_OPERATOR);
  if (scope->n_ids == 0)
    return;
  if (scope->kind == SM_SCOPE_OPERATOR)
    sm_row_set_int (row, SM_ROW_OPERATOR_ID, scope->ids[0]);
  else if (scope->kind == SM_SCOPE_AREAS)
    sm_row_set_int (row, SM_ROW_AREA_ID, scope->ids[0]);
  else if (scope->kind == SM_SCOPE_FLEETS)
    sm_row_set_int (row, SM_ROW_FLEET_ID, scope->ids[0]);
}

/* Returns: the channel that is called @name, if this service has it; %SM_ENUM_UNKNOWN if not */
static guint
find_channel (const SmVerb  *verb,
              const char    *name,
              GError       **error)
{
  const SmTellSettings *settings = verb->rules->telling;
  guint channel = sm_slug_index (sm_tell_channels, name);

  if (channel != SM_ENUM_UNKNOWN && settings != NULL && settings->gateways[channel] != NULL)
    return channel;
  sm_set_error (error, SM_ERROR_INVALID, "no-channel", "There is no channel “%s”", name);
  return SM_ENUM_UNKNOWN;
}

static gboolean
find_self (const SmVerb  *verb,
           const char    *name,
           GPtrArray     *receivers,
           GError       **error)
{
  guint channel = find_channel (verb, name, error);
  SmTellReceiver *device;

  if (channel == SM_ENUM_UNKNOWN)
    return FALSE;
  sm_tell_add_person (verb->rules, receivers, verb->actor->name, 1u << channel);
  if (channel >= SM_TELL_WEBHOOK)
    {
      device = g_new0 (SmTellReceiver, 1);
      *device = (SmTellReceiver){ g_strdup (name), verb->rules->telling->language,
                                  (SmTellChannel) channel, g_strdup ("") };
      g_ptr_array_add (receivers, device);
    }
  if (receivers->len > 0)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "no-address",
                "Nobody knows where %s is reached by %s", verb->actor->name, name);
  return FALSE;
}

static gboolean
queue_test (const SmVerb          *verb,
            SmRow                 *row,
            const SmTellReceiver  *to,
            GError               **error)
{
  g_autofree char *line = NULL;
  g_autofree char *text = sm_tell_say_test (verb->rules, to, &line);

  sm_row_set_text (row, SM_NOTIFICATION_SUBJECT_NOUN, "test");
  sm_row_set_int (row, SM_NOTIFICATION_SUBJECT_ID, 0);
  sm_row_set_text (row, SM_NOTIFICATION_BECAUSE, sm_tell_reasons[SM_TELL_BECAUSE_TEST]);
  sm_row_set_int (row, SM_NOTIFICATION_ROUND, 0);
  sm_row_set_text (row, SM_NOTIFICATION_TEXT, text);
  return sm_tell_queue (verb->rules, row, to, line, error);
}

static SmRow *
test (const SmVerb   *verb,
      gconstpointer   data,
      SmRow          *before,
      GError        **error)
{
  g_autoptr (GPtrArray) receivers
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_tell_receiver_free);
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_NOTIFICATION));

  if (!find_self (verb, data, receivers, error))
    return NULL;
  take_keys (row, verb->actor->scope);
  if (!queue_test (verb, row, receivers->pdata[0], error)
      || !sm_verb_tell (verb, "done", NULL, row, error))
    return NULL;
  return g_steal_pointer (&row);
}

/** sm_tell_test: A message to whoever asks for it. Returns: (transfer full) (nullable): as it waits */
SmRow *
sm_tell_test (SmRules     *rules,
              SmActor     *actor,
              const char  *idempotency_key,
              const char  *channel,
              GError     **error)
{
  g_autofree char *request = g_strdup_printf ("notification.test %s", channel);
  SmVerb verb = { rules, actor, "notification.test", sm_noun_get (SM_NOUN_NOTIFICATION),
                  SM_VERB_NEW, idempotency_key, request };

  return sm_verb_run (&verb, test, channel, error);
}

/* To where messages really go: the addresses of the contact, as they are known now. */
static SmRow *
test_contact (const SmVerb   *verb,
              gconstpointer   data,
              SmRow          *contact,
              GError        **error)
{
  const char *name = data, *person = sm_row_get_text (contact, SM_CONTACT_PERSON);
  g_autoptr (GPtrArray) receivers
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_tell_receiver_free);
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_NOTIFICATION));
  guint channel = find_channel (verb, name, error);

  if (channel == SM_ENUM_UNKNOWN || !sm_contacts_load (verb->rules, error))
    return NULL;
  sm_tell_add_person (verb->rules, receivers, person, 1u << channel);
  if (receivers->len == 0)
    {
      sm_set_error (error, SM_ERROR_INVALID, "contact-no-address",
                    "Nobody knows where %s is reached by %s", person, name);
      return NULL;
    }
  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    if (!sm_row_is_null (contact, i))
      sm_row_set_int (row, i, sm_row_get_int (contact, i));
  if (!queue_test (verb, row, receivers->pdata[0], error)
      || !sm_verb_tell (verb, "done", NULL, row, error))
    return NULL;
  return g_steal_pointer (&row);
}

/**
 * sm_tell_test_contact:
 *
 * A message to a person whose addresses are written down, so that somebody sees whether
 * they are right before it matters.
 *
 * Returns: (transfer full) (nullable): as it waits
 */
SmRow *
sm_tell_test_contact (SmRules     *rules,
                      SmActor     *actor,
                      const char  *idempotency_key,
                      gint64       contact_id,
                      const char  *channel,
                      GError     **error)
{
  g_autofree char *request
      = g_strdup_printf ("notification.test contact %" G_GINT64_FORMAT " %s", contact_id, channel);
  SmVerb verb = { rules, actor, "notification.test", sm_noun_get (SM_NOUN_CONTACT), contact_id,
                  idempotency_key, request };

  return sm_verb_run (&verb, test_contact, channel, error);
}
