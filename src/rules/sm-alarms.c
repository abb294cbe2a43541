/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarms-private.h"

#include "sm-alarm-life-private.h"
#include "sm-error.h"
#include "sm-fault-code.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-silence-private.h"
#include "sm-verb-private.h"

#include <string.h>

#include <math.h>

static SmAlarmState
get_state (const SmRow *alarm)
{
  return (SmAlarmState) sm_row_get_enum (alarm, SM_ALARM_STATE);
}

/* Whether the condition of an open alarm is gone. */
static gboolean
has_returned (const SmRow *alarm)
{
  return get_state (alarm) == SM_ALARM_RETURNED_UNACKED || get_state (alarm) == SM_ALARM_LATCHED;
}

/* --- what the limits find --- */

static void
take_event_values (SmRow              *alarm,
                   const SmLimitEvent *event)
{
  sm_row_set_int (alarm, SM_ALARM_LEVEL, event->level);
  if (sm_alarm_code_is_safety (event->code, event->level))
    sm_row_set_int (alarm, SM_ALARM_IS_SAFETY, 1);
  if (event->field != SM_LIMIT_NO_FIELD)
    sm_row_set_text (alarm, SM_ALARM_FIELD, event->noun->fields[event->field].name);
  sm_row_set_real (alarm, SM_ALARM_VALUE, event->value);
  sm_row_set_real (alarm, SM_ALARM_LIMIT_VALUE, event->limit_value);
}

static SmRow *
make_alarm (SmRules            *rules,
            const SmLimitEvent *event,
            const SmRow        *source)
{
  SmRow *alarm = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    sm_row_set_int (alarm, i, sm_row_get_int (source, i));
  sm_row_set_text (alarm, SM_ALARM_CODE, event->code);
  sm_row_set_text (alarm, SM_ALARM_STATE, sm_alarm_states[SM_ALARM_UNACKED]);
  sm_row_set_text (alarm, SM_ALARM_SOURCE_NOUN, event->noun->name);
  sm_row_set_int (alarm, SM_ALARM_SOURCE_ID, event->id);
  sm_row_set_int (alarm, SM_ALARM_COUNT, 1);
  sm_row_set_int (alarm, SM_ALARM_OCCURRENCE, 1);
  sm_row_set_int (alarm, SM_ALARM_RAISED_AT, event->at);
  take_event_values (alarm, event);
  sm_alarm_describe (rules, event, source, alarm);
  return alarm;
}

static gboolean
raise_new (SmRules             *rules,
           const SmLimitEvent  *event,
           GError             **error)
{
  g_autoptr (SmRow) source = NULL;
  g_autoptr (SmRow) alarm = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), event->noun, event->id, &source, error))
    return FALSE;
  if (source == NULL)
    return TRUE; /* it has been removed in between */
  alarm = make_alarm (rules, event, source);
  return sm_alarm_write (rules, alarm, NULL, SM_ALARM_EVENT_RAISE, NULL, NULL, error)
         && sm_alarm_inherit (rules, alarm, error) && sm_alarm_suppress (rules, alarm, error)
         && sm_alarm_fold (rules, alarm, error);
}

/* The same alarm again, or worse, folds into the one that is open. */
static gboolean
raise_again (SmRules             *rules,
             const SmLimitEvent  *event,
             const SmRow         *before,
             GError             **error)
{
  g_autoptr (SmRow) alarm = sm_row_copy (before);
  gboolean is_worse = event->level < sm_row_get_int (before, SM_ALARM_LEVEL);
  gboolean had_returned = has_returned (before);
  SmAlarmEvent what = is_worse ? SM_ALARM_EVENT_RISE : SM_ALARM_EVENT_RAISE;

  if (!is_worse && !had_returned)
    return TRUE;
  if (had_returned)
    sm_row_set_int (alarm, SM_ALARM_COUNT, sm_row_get_int (before, SM_ALARM_COUNT) + 1);
  take_event_values (alarm, event);
  if (!is_worse) /* nobody has seen its worst yet */
    sm_row_set_int (alarm, SM_ALARM_LEVEL, sm_row_get_int (before, SM_ALARM_LEVEL));
  sm_row_set_null (alarm, SM_ALARM_NOTE);
  if (!sm_alarm_happens (alarm, what, sm_rules_now (rules), NULL))
    return TRUE;
  /* What is worse now may be more than was expected. */
  return sm_alarm_write (rules, alarm, before, what, NULL, NULL, error)
         && sm_alarm_suppress (rules, alarm, error);
}

static gboolean
return_to_normal (SmRules             *rules,
                  const SmLimitEvent  *event,
                  const SmRow         *before,
                  GError             **error)
{
  g_autoptr (SmRow) alarm = sm_row_copy (before);

  if (event->family_active || has_returned (before)
      || !sm_alarm_happens (alarm, SM_ALARM_EVENT_RETURN, sm_rules_now (rules), NULL))
    return TRUE;
  sm_row_set_int (alarm, SM_ALARM_RETURNED_AT, event->at);
  return sm_alarm_write (rules, alarm, before, SM_ALARM_EVENT_RETURN, NULL, NULL, error);
}

static gboolean
write_event (SmRules             *rules,
             const SmLimitEvent  *event,
             GError             **error)
{
  g_autoptr (SmRow) open = NULL;

  if (!sm_service_find_open_alarm (sm_rules_get_connection (rules), event->noun->name, event->id,
                                   event->code, &open, error))
    return FALSE;
  if (open == NULL)
    return !event->raised || raise_new (rules, event, error);
  return event->raised ? raise_again (rules, event, open, error)
                       : return_to_normal (rules, event, open, error);
}

/* What was said to be of another level than the catalogue comes with.  Whoever has
 * another reason for his level, as a limit or a silence that grows, is right. */
static void
take_level (SmRules      *rules,
            SmLimitEvent *event)
{
  const SmFaultCode *known = sm_fault_code_find (event->code);
  gpointer level;

  if (known == NULL || known->origin == SM_FAULT_OF_LIMIT || event->level != known->level
      || rules->fault_levels == NULL)
    return;
  level = g_hash_table_lookup (rules->fault_levels, known->code);
  if (level != NULL)
    event->level = GPOINTER_TO_INT (level);
}

static gboolean
write_events (SmRules    *rules,
              GPtrArray  *queue,
              GError    **error)
{
  if (!sm_rules_begin (rules, error))
    return FALSE;
  for (guint i = 0; i < queue->len; i++)
    {
      take_level (rules, queue->pdata[i]);
      if (!write_event (rules, queue->pdata[i], error))
        {
          sm_rules_rollback (rules);
          return FALSE;
        }
    }
  return sm_rules_commit (rules, error);
}

/**
 * sm_alarms_write_queue:
 *
 * Writes down what the limits have found, in one transaction.
 *
 * Returns: FALSE when that failed; the queue is kept
 */
gboolean
sm_alarms_write_queue (SmRules  *rules,
                       GError  **error)
{
  GPtrArray *queue = sm_limits_get_queue (rules->limits);

  if (queue->len == 0)
    return TRUE;
  if (!write_events (rules, queue, error))
    return FALSE;
  g_ptr_array_set_size (queue, 0);
  return TRUE;
}

/** sm_alarms_raise_level: Those of @code that are there and less bad are of @level now. */
gboolean
sm_alarms_raise_level (SmRules     *rules,
                       const char  *code,
                       int          level,
                       GError     **error)
{
  g_autoptr (GPtrArray) alarms
      = sm_service_list_open_alarms (sm_rules_get_connection (rules), error);

  for (guint i = 0; alarms != NULL && i < alarms->len; i++)
    {
      const SmRow *alarm = alarms->pdata[i];
      const char *of = sm_row_get_text (alarm, SM_ALARM_CODE);
      const SmFaultCode *known = sm_fault_code_find (of);
      const SmNoun *noun = sm_noun_by_name (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
      SmLimitEvent *event;

      if (known == NULL || noun == NULL || strcmp (known->code, code) != 0 || has_returned (alarm)
          || sm_row_get_int (alarm, SM_ALARM_LEVEL) <= level)
        continue;
      event = sm_limits_add_event (rules->limits, noun, sm_row_get_int (alarm, SM_ALARM_SOURCE_ID),
                                   of, level, TRUE, sm_rules_now (rules));
      event->value = sm_row_get_real (alarm, SM_ALARM_VALUE);
      event->limit_value = sm_row_get_real (alarm, SM_ALARM_LIMIT_VALUE);
    }
  return alarms != NULL && sm_alarms_write_queue (rules, error);
}

static int
subject_of (SmRules      *rules,
            const SmNoun *noun,
            gint64        id)
{
  SmLiveRow *row;

  if (noun->id == SM_NOUN_VEHICLE)
    return sm_live_find_id (rules->live, id);
  row = sm_live_find_row (rules->live, noun, id);
  return row != NULL ? (int) row->subject : -1;
}

/* Whoever raised it says when it is over. */
static gboolean
is_not_of_limits (const char *code)
{
  const SmFaultCode *known = sm_fault_code_find (code);

  return known != NULL && known->origin != SM_FAULT_OF_LIMIT;
}

static void
restore_alarm (SmRules     *rules,
               const SmRow *alarm)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
  const char *code = sm_row_get_text (alarm, SM_ALARM_CODE);
  gint64 id = sm_row_get_int (alarm, SM_ALARM_SOURCE_ID);
  int subject = noun != NULL ? subject_of (rules, noun, id) : -1;

  if (noun == NULL || has_returned (alarm))
    return;
  if (is_not_of_limits (code))
    {
      if (strcmp (code, SM_PACK_MISPLACED) == 0)
        sm_packs_restore (rules, id);
      if (strcmp (code, SM_PACK_THERMAL_GROWTH) == 0)
        sm_pack_watch_restore (rules, id);
      if (strcmp (code, "window-overran") == 0)
        sm_windows_restore (rules, id);
      sm_service_lives_restore (rules->service_lives, noun, id, code,
                                sm_row_get_int (alarm, SM_ALARM_LEVEL));
      sm_silence_restore (rules, noun, id, code, sm_row_get_int (alarm, SM_ALARM_LEVEL));
      return;
    }
  if (subject < 0 || !sm_limits_has_family (rules->limits, code))
    sm_limits_add_return (rules->limits, noun, id, code, sm_rules_now (rules));
  else
    sm_limits_restore (rules->limits, noun, (guint) subject, code,
                       sm_row_get_int (alarm, SM_ALARM_LEVEL));
}

/** sm_alarms_load_limits: Reads the limits, and which things stand beyond them already. */
gboolean
sm_alarms_load_limits (SmRules  *rules,
                       GError  **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GPtrArray) limits = sm_service_list (connection, sm_noun_get (SM_NOUN_LIMIT), all, -1,
                                                  NULL, 0, 1000, error);
  g_autoptr (GPtrArray) alarms = limits != NULL ? sm_service_list_open_alarms (connection, error)
                                                : NULL;

  if (alarms == NULL)
    return FALSE;
  sm_limits_set (rules->limits, limits);
  for (guint i = 0; i < alarms->len; i++)
    restore_alarm (rules, alarms->pdata[i]);
  return TRUE;
}

/* --- a person acknowledges --- */

static gboolean
refuse_seen (const SmRow  *alarm,
             const char   *slug,
             const char   *why,
             GError      **error)
{
  static const struct
  {
    const char *param;
    guint field;
  } now[] = { { "level", SM_ALARM_LEVEL },
              { "count", SM_ALARM_COUNT },
              { "occurrence", SM_ALARM_OCCURRENCE } };
  g_autoptr (GError) changed = NULL;

  sm_set_error (&changed, SM_ERROR_CONFLICT, slug, "%s", why);
  for (gsize i = 0; i < G_N_ELEMENTS (now); i++)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT,
                                               sm_row_get_int (alarm, now[i].field));

      sm_error_set_param (changed, now[i].param, text);
    }
  g_propagate_error (error, g_steal_pointer (&changed));
  return FALSE;
}

/* Who has seen less than there is by now acknowledges nothing. */
static gboolean
check_seen (const SmRow        *alarm,
            const SmAlarmSeen  *seen,
            GError            **error)
{
  if (seen->occurrence != SM_UNKNOWN
      && sm_row_get_int (alarm, SM_ALARM_OCCURRENCE) > seen->occurrence)
    return refuse_seen (alarm, "alarm-rang-again", "The alarm rang again since it was looked at",
                        error);
  if (sm_row_get_int (alarm, SM_ALARM_LEVEL) < seen->level
      || sm_row_get_int (alarm, SM_ALARM_COUNT) > seen->count)
    return refuse_seen (alarm, "alarm-changed",
                        "The alarm is worse, or came again, since it was looked at", error);
  return TRUE;
}

/* What somebody noted before is not lost to who acknowledges it. */
static void
add_note (SmRow      *alarm,
          const char *note)
{
  const char *before = sm_row_get_text (alarm, SM_ALARM_NOTE);

  if (note == NULL || *note == '\0' || g_strcmp0 (before, note) == 0)
    return;
  if (before == NULL)
    sm_row_set_text (alarm, SM_ALARM_NOTE, note);
  else
    sm_row_take_text (alarm, SM_ALARM_NOTE, g_strconcat (before, "\n", note, NULL));
}

static SmRow *
acknowledge (const SmVerb   *verb,
             gconstpointer   data,
             SmRow          *before,
             GError        **error)
{
  const SmAlarmSeen *seen = data;
  g_autoptr (SmRow) alarm = sm_row_copy (before);
  gboolean was_acked = get_state (before) == SM_ALARM_ACKED
                       || get_state (before) == SM_ALARM_LATCHED;

  if (!sm_verb_check_note (seen->note, error))
    return NULL;
  if (!check_seen (before, seen, error))
    {
      sm_verb_lose (verb, before);
      return NULL;
    }
  if (!sm_alarm_happens (alarm, SM_ALARM_EVENT_ACKNOWLEDGE, sm_rules_now (verb->rules), error))
    return NULL;
  sm_row_set_int (alarm, SM_ALARM_ACKED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (alarm, SM_ALARM_ACKED_BY, verb->actor->name);
  add_note (alarm, seen->note);
  /* Who was second changes nothing, but what he noted stays in the audit. */
  if (!sm_verb_tell (verb, was_acked ? "unchanged" : "done", before, alarm, error))
    return NULL;
  if (was_acked)
    return sm_row_ref (before);
  return sm_alarm_acknowledge_parts (verb->rules, before, verb->actor->name, error)
                 && sm_alarm_write (verb->rules, alarm, before, SM_ALARM_EVENT_ACKNOWLEDGE,
                                    verb->actor->name, seen->note, error)
             ? g_steal_pointer (&alarm)
             : NULL;
}

/**
 * sm_alarms_acknowledge:
 * @idempotency_key: a UUID; the same again gives the first answer again
 * @seen: what the person saw when acknowledging, so that what came in between is
 *   not acknowledged unseen
 * @out_current: (out) (transfer full) (nullable): with "alarm-changed" and
 *   "alarm-rang-again", the alarm as it is now
 *
 * Returns: (transfer full) (nullable): the alarm after it
 */
SmRow *
sm_alarms_acknowledge (SmRules            *rules,
                       SmActor            *actor,
                       const char         *idempotency_key,
                       gint64              alarm_id,
                       const SmAlarmSeen  *seen,
                       SmRow             **out_current,
                       GError            **error)
{
  g_autofree char *request = g_strdup_printf (
      "alarm.acknowledge %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
      " %" G_GINT64_FORMAT " %s",
      alarm_id, seen->level, seen->count, seen->occurrence, seen->note != NULL ? seen->note : "");
  SmVerb verb = { rules, actor, "alarm.acknowledge", sm_noun_get (SM_NOUN_ALARM), alarm_id,
                  idempotency_key, request, out_current };

  return sm_verb_run (&verb, acknowledge, seen, error);
}
