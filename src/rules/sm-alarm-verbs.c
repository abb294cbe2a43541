/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarms.h"

#include "sm-alarm-life-private.h"
#include "sm-error.h"
#include "sm-feed.h"
#include "sm-rules-private.h"
#include "sm-transition-table.h"
#include "sm-uuid.h"
#include "sm-verb-private.h"

#include <string.h>

/* What persons do to an alarm besides acknowledging it: put it aside, take what it is
 * of out of service, and release its latch.  All of it ends by a stored time or by an
 * act, and nothing of it hides an alarm of safety. */

#define MAX_REASON 2000

/* Something that is of safety is not out of service for longer than a shift's half. */
#define MAX_SAFETY_OUT_MINUTES (4 * 60)
#define MAX_OUT_MINUTES (30 * 24 * 60)

typedef enum
{
  NEEDS_NOTHING = 0,
  NEEDS_TIME = 1 << 0,
  NEEDS_REASON = 1 << 1,
} Needs;

static const struct
{
  SmAlarmEvent event;
  const char *permission;
  guint needs;
} verbs[] = {
  { SM_ALARM_EVENT_SHELVE, "alarm.shelve", NEEDS_TIME | NEEDS_REASON },
  { SM_ALARM_EVENT_UNSHELVE, "alarm.shelve", NEEDS_NOTHING },
  { SM_ALARM_EVENT_TAKE_OUT, "alarm.take_out", NEEDS_TIME | NEEDS_REASON },
  { SM_ALARM_EVENT_APPROVE_OUT, "alarm.approve_out", NEEDS_NOTHING },
  { SM_ALARM_EVENT_RETURN_TO_SERVICE, "alarm.take_out", NEEDS_NOTHING },
  { SM_ALARM_EVENT_RELEASE, "alarm.release", NEEDS_REASON },
};

typedef struct
{
  SmAlarmEvent event;
  guint needs;
  gint64 minutes;
  const char *reason; /* (nullable) */
} Act;

/* --- is it allowed --- */

static gboolean
check_reason (const Act  *act,
              GError    **error)
{
  g_autofree char *text = act->reason != NULL ? g_strstrip (g_strdup (act->reason)) : NULL;

  if ((act->needs & NEEDS_REASON) != 0 && (text == NULL || *text == '\0'))
    return sm_error_refuse_field (error, "/reason", "required");
  if (text != NULL && (strlen (text) > MAX_REASON || !g_utf8_validate (text, -1, NULL)))
    return sm_error_refuse_field (error, "/reason", "too-long");
  return TRUE;
}

static gint64
longest (const SmVerb *verb,
         const Act    *act,
         const SmRow  *alarm)
{
  if (act->event == SM_ALARM_EVENT_SHELVE)
    return verb->rules->max_shelf_minutes;
  return sm_alarm_is_safety (alarm) ? MAX_SAFETY_OUT_MINUTES : MAX_OUT_MINUTES;
}

/* Nothing is put aside for ever: without an end it is refused. */
static gboolean
check_time (const SmVerb  *verb,
            const Act     *act,
            const SmRow   *alarm,
            GError       **error)
{
  gint64 most = longest (verb, act, alarm);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, most);
  g_autoptr (GError) too_long = NULL;

  if ((act->needs & NEEDS_TIME) == 0)
    return TRUE;
  if (act->minutes < 1)
    return sm_error_refuse_field (error, "/minutes", "required");
  if (act->minutes <= most)
    return TRUE;
  sm_set_error (&too_long, SM_ERROR_INVALID, "too-long-aside", "At most %s minutes", text);
  sm_error_set_param (too_long, "minutes", text);
  g_propagate_error (error, g_steal_pointer (&too_long));
  return FALSE;
}

/* Whoever answers for it must not be the one who judges it. */
static gboolean
check_second (const SmVerb  *verb,
              const Act     *act,
              const SmRow   *alarm,
              GError       **error)
{
  const char *first = act->event == SM_ALARM_EVENT_RELEASE
                          ? sm_row_get_text (alarm, SM_ALARM_ACKED_BY)
                      : act->event == SM_ALARM_EVENT_APPROVE_OUT
                          ? sm_row_get_text (alarm, SM_ALARM_OUT_OF_SERVICE_BY)
                          : NULL;

  if (first == NULL || g_ascii_strcasecmp (first, verb->actor->name) != 0)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "second-person-needed",
                "%s cannot be both persons that this needs", first);
  return FALSE;
}

/* --- doing it --- */

static void
fill_in (const SmVerb *verb,
         const Act    *act,
         SmRow        *alarm)
{
  /* Acts that need no time may come without one, which is no number to reckon with. */
  gint64 minutes = (act->needs & NEEDS_TIME) != 0 ? act->minutes : 0;
  gint64 until = sm_rules_now (verb->rules) + minutes * SM_MINUTE;
  const char *person = verb->actor->name;

  switch (act->event)
    {
    case SM_ALARM_EVENT_SHELVE:
      sm_row_set_int (alarm, SM_ALARM_SHELVED_UNTIL, until);
      sm_row_set_text (alarm, SM_ALARM_SHELVED_BY, person);
      sm_row_set_text (alarm, SM_ALARM_SHELVE_REASON, act->reason);
      break;
    case SM_ALARM_EVENT_TAKE_OUT:
      sm_row_set_int (alarm, SM_ALARM_OUT_OF_SERVICE_UNTIL, until);
      sm_row_set_text (alarm, SM_ALARM_OUT_OF_SERVICE_BY, person);
      sm_row_set_text (alarm, SM_ALARM_OUT_OF_SERVICE_REASON, act->reason);
      break;
    case SM_ALARM_EVENT_APPROVE_OUT:
      sm_row_set_text (alarm, SM_ALARM_OUT_OF_SERVICE_APPROVED_BY, person);
      break;
    case SM_ALARM_EVENT_RELEASE:
      sm_row_set_text (alarm, SM_ALARM_RELEASED_BY, person);
      sm_row_set_text (alarm, SM_ALARM_RELEASE_REASON, act->reason);
      break;
    default:
      break;
    }
}

static SmRow *
do_act (const SmVerb   *verb,
        gconstpointer   data,
        SmRow          *before,
        GError        **error)
{
  const Act *act = data;
  g_autoptr (SmRow) alarm = sm_row_copy (before);

  if (!check_reason (act, error) || !check_time (verb, act, before, error)
      || !sm_alarm_happens (alarm, act->event, sm_rules_now (verb->rules), error))
    {
      sm_verb_lose (verb, before);
      return NULL;
    }
  if (!check_second (verb, act, before, error))
    return NULL;
  fill_in (verb, act, alarm);
  if (!sm_alarm_write (verb->rules, alarm, before, act->event, verb->actor->name, act->reason,
                       error)
      || !sm_verb_tell (verb, "done", before, alarm, error))
    return NULL;
  return g_steal_pointer (&alarm);
}

/**
 * sm_alarms_act:
 * @event: what a person does: from %SM_ALARM_EVENT_SHELVE on, but what rules do
 * @minutes: for how long, where that is to be said; else 0
 * @reason: (nullable)
 * @out_current: (out) (transfer full) (nullable): when it does not go with the state
 *   that the alarm is in, the alarm as it is now
 *
 * Returns: (transfer full) (nullable): the alarm after it
 */
SmRow *
sm_alarms_act (SmRules       *rules,
               SmActor       *actor,
               const char    *idempotency_key,
               gint64         alarm_id,
               SmAlarmEvent   event,
               gint64         minutes,
               const char    *reason,
               SmRow        **out_current,
               GError       **error)
{
  g_autofree char *request = g_strdup_printf ("alarm.%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                                              " %s", sm_alarm_events[event], alarm_id, minutes,
                                              reason != NULL ? reason : "");

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (verbs[i].event == event)
      {
        SmVerb verb = { rules, actor, verbs[i].permission, sm_noun_get (SM_NOUN_ALARM), alarm_id,
                        idempotency_key, request, out_current };
        Act act = { event, verbs[i].needs, minutes, reason };

        return sm_verb_run (&verb, do_act, &act, error);
      }
  g_return_val_if_reached (NULL);
}

/* --- many at once --- */

void
sm_alarm_answer_clear (SmAlarmAnswer *answer)
{
  g_clear_pointer (&answer->alarm, sm_row_unref);
  g_clear_error (&answer->problem);
}

/* Each has a key of its own, which the same request makes again. */
static char *
derive_key (const char *key,
            gint64      alarm_id)
{
  g_autofree char *text = g_strdup_printf ("%s/%" G_GINT64_FORMAT, key, alarm_id);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("%.8s-%.4s-7%.3s-8%.3s-%.12s", hash, hash + 8, hash + 12, hash + 15,
                          hash + 18);
}

static gboolean
is_refusal (const GError *problem)
{
  return problem->domain == SM_ERROR && problem->code >= 400 && problem->code < 500
         && problem->code != SM_ERROR_UNAUTHENTICATED;
}

/**
 * sm_alarms_acknowledge_many:
 * @alarms: (array length=n_alarms): ids and what was seen of each
 * @answers: (out caller-allocates) (array length=n_alarms): clear each
 *
 * Each is acknowledged or refused for itself, all in one transaction.
 *
 * Returns: FALSE when nothing could be written
 */
gboolean
sm_alarms_acknowledge_many (SmRules            *rules,
                            SmActor            *actor,
                            const char         *idempotency_key,
                            const SmAlarmToAck *alarms,
                            guint               n_alarms,
                            SmAlarmAnswer      *answers,
                            GError            **error)
{
  if (!sm_uuid_is_valid (idempotency_key))
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "idempotency-key-missing",
                    "A write needs an Idempotency-Key that is a UUID");
      return FALSE;
    }
  if (!sm_actor_require (actor, "alarm.acknowledge", error) || !sm_rules_begin (rules, error))
    return FALSE;
  for (guint i = 0; i < n_alarms; i++)
    {
      g_autofree char *key = derive_key (idempotency_key, alarms[i].id);

      answers[i] = (SmAlarmAnswer){ NULL, NULL };
      answers[i].alarm = sm_alarms_acknowledge (rules, actor, key, alarms[i].id, &alarms[i].seen,
                                                NULL, &answers[i].problem);
      if (answers[i].alarm != NULL || is_refusal (answers[i].problem))
        continue;
      g_propagate_error (error, g_steal_pointer (&answers[i].problem));
      for (guint j = 0; j < i; j++)
        sm_alarm_answer_clear (&answers[j]);
      sm_rules_rollback (rules);
      return FALSE;
    }
  return sm_rules_commit (rules, error);
}

/* --- what became of it --- */

#define MAX_TRANSITIONS 5000

/** sm_alarms_transitions: Returns: (transfer full) (nullable): of SmTransition, oldest first */
GPtrArray *
sm_alarms_transitions (SmReader  *reader,
                       SmActor   *actor,
                       gint64     alarm_id,
                       GError   **error)
{
  g_autoptr (SmRow) alarm = sm_feed_read_row (reader, actor, sm_noun_get (SM_NOUN_ALARM), alarm_id,
                                              error);

  return alarm == NULL ? NULL
                       : sm_transition_table_list (sm_service_db_get_connection (reader->db),
                                                   alarm_id, MAX_TRANSITIONS, error);
}
