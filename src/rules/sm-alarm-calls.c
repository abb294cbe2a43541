/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarms.h"

#include "sm-call-table.h"
#include "sm-error.h"
#include "sm-feed.h"
#include "sm-rules-private.h"
#include "sm-verb-private.h"

#define CALL_ACT "alarm.note"
/* In one answer. */
#define MOST_CALLS 2000

static gboolean
check_part (const char  *part,
            const char  *field,
            GError     **error)
{
  if (part == NULL || *part == '\0')
    return sm_error_refuse_field (error, field, "empty");
  return g_utf8_strlen (part, -1) <= SM_CALL_MAX_CHARS
         || sm_error_refuse_field (error, field, "too-long");
}

static gboolean
check_call (const SmCall  *call,
            GError       **error)
{
  if (sm_slug_index (sm_call_outcomes, call->outcome) == SM_ENUM_UNKNOWN)
    return sm_error_refuse_field (error, "/outcome", "unknown");
  return check_part (call->who, "/who", error) && check_part (call->number, "/number", error);
}

/* The row of its own is the record; the alarm carries it to whoever follows the alarm. */
static SmRow *
note_call (const SmVerb   *verb,
           gconstpointer   data,
           SmRow          *before,
           GError        **error)
{
  const SmCall *asked = data;
  g_autoptr (SmRow) alarm = sm_row_copy (before);
  gint64 now = sm_rules_now (verb->rules);
  SmCall call = *asked;
  g_autofree char *calls = NULL;

  if (!check_call (asked, error))
    return NULL;
  /* A desk without the service says it later; nobody has called in the future. */
  call.at = asked->at == SM_UNKNOWN ? now : CLAMP (asked->at, 0, now);
  call.person = verb->actor->name;
  calls = sm_calls_append (sm_row_get_text (before, SM_ALARM_CALLS), &call);
  sm_row_set_text (alarm, SM_ALARM_CALLS, calls);
  if (!sm_verb_tell (verb, "done", before, alarm, error)
      || !sm_call_table_add (sm_rules_get_connection (verb->rules), verb->id, now, &call, error)
      || !sm_verb_put (verb->rules, alarm, before, error))
    return NULL;
  return g_steal_pointer (&alarm);
}

/**
 * sm_alarms_call:
 * @call: whom somebody called, when and what came of it; who called is the actor
 *
 * Returns: (transfer full) (nullable): the alarm after it
 */
SmRow *
sm_alarms_call (SmRules       *rules,
                SmActor       *actor,
                const char    *idempotency_key,
                gint64         alarm_id,
                const SmCall  *call,
                GError       **error)
{
  g_autofree char *request = g_strdup_printf (
      "alarm.call %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s %s", alarm_id, call->at,
      call->outcome, call->number, call->who);
  SmVerb verb = { rules, actor, CALL_ACT, sm_noun_get (SM_NOUN_ALARM), alarm_id, idempotency_key,
                  request };

  return sm_verb_run (&verb, note_call, call, error);
}

/** sm_alarms_calls: Returns: (transfer full) (nullable): of SmCall, the oldest first */
GPtrArray *
sm_alarms_calls (SmReader  *reader,
                 SmActor   *actor,
                 gint64     alarm_id,
                 GError   **error)
{
  g_autoptr (SmRow) alarm = sm_feed_read_row (reader, actor, sm_noun_get (SM_NOUN_ALARM), alarm_id,
                                              error);

  return alarm == NULL ? NULL
                       : sm_call_table_list (sm_service_db_get_connection (reader->db), alarm_id,
                                             MOST_CALLS, error);
}
