/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-alarms.h"
#include "sm-asker.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-row-codec.h"
#include "sm-time.h"
#include "sm-transition-table.h"

/* What persons do to alarms besides acknowledging one. */

#define MAX_REASON_CHARS 500
#define MAX_NOTE_CHARS 2000
/* So many are on nobody's screen at once. */
#define MAX_AT_ONCE 500
/* Far more than any maximum, which the rules know. */
#define MAX_MINUTES (366 * 24 * 60)

typedef struct
{
  SmActor *actor;
  char *key;
  gint64 alarm_id;
  SmAlarmEvent event;
  gint64 minutes;
  char *reason; /* (nullable) */
} ActRequest;

static void
act_request_free (gpointer data)
{
  ActRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_free (request->reason);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ActRequest, act_request_free)

static SmAnswer *
answer_with_alarm (const SmRow *alarm)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "alarm");
  sm_row_write (writer, alarm, SM_ROW_RECORD);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static gpointer
act (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  const ActRequest *request = data;
  g_autoptr (SmRow) current = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (GError) problem = NULL;

  alarm = sm_alarms_act (rules, request->actor, request->key, request->alarm_id, request->event,
                         request->minutes, request->reason, &current, &problem);
  if (alarm == NULL)
    return sm_asker_refuse (g_steal_pointer (&problem), current, error);
  return answer_with_alarm (alarm);
}

static gboolean
parse_act (SmExchange   *exchange,
           ActRequest   *request,
           SmJsonFlags   needs_time,
           SmJsonFlags   needs_reason,
           GError      **error)
{
  JsonObject *body = sm_exchange_get_object (exchange);
  const char *reason = NULL;

  if (!sm_exchange_get_id (exchange, 0, &request->alarm_id, error)
      || !sm_json_get_int (body, "minutes", needs_time, 1, MAX_MINUTES, &request->minutes, error)
      || !sm_json_get_text (body, "reason", needs_reason, MAX_REASON_CHARS, &reason, error))
    return FALSE;
  request->reason = g_strdup (reason);
  return TRUE;
}

static void
post_act (SmExchange   *exchange,
          SmAlarmEvent  event,
          SmJsonFlags   needs_time,
          SmJsonFlags   needs_reason)
{
  g_autoptr (ActRequest) request = g_new0 (ActRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  request->event = event;
  if (parse_act (exchange, request, needs_time, needs_reason, &error))
    sm_exchange_run (exchange, act, g_steal_pointer (&request), act_request_free);
  else
    sm_exchange_fail (exchange, error);
}

static void
post_shelve (SmExchange *exchange)
{
  post_act (exchange, SM_ALARM_EVENT_SHELVE, SM_JSON_REQUIRED, SM_JSON_REQUIRED);
}

static void
post_unshelve (SmExchange *exchange)
{
  post_act (exchange, SM_ALARM_EVENT_UNSHELVE, SM_JSON_OPTIONAL, SM_JSON_OPTIONAL);
}

static void
post_take_out (SmExchange *exchange)
{
  post_act (exchange, SM_ALARM_EVENT_TAKE_OUT, SM_JSON_REQUIRED, SM_JSON_REQUIRED);
}

static void
post_approve_out (SmExchange *exchange)
{
  post_act (exchange, SM_ALARM_EVENT_APPROVE_OUT, SM_JSON_OPTIONAL, SM_JSON_OPTIONAL);
}

static void
post_return (SmExchange *exchange)
{
  post_act (exchange, SM_ALARM_EVENT_RETURN_TO_SERVICE, SM_JSON_OPTIONAL, SM_JSON_OPTIONAL);
}

static void
post_release (SmExchange *exchange)
{
  post_act (exchange, SM_ALARM_EVENT_RELEASE, SM_JSON_OPTIONAL, SM_JSON_REQUIRED);
}

/* --- many at once --- */

typedef struct
{
  SmActor *actor;
  char *key;
  char *note;     /* (nullable) */
  GArray *alarms; /* of SmAlarmToAck */
} ManyRequest;

static void
many_request_free (gpointer data)
{
  ManyRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_free (request->note);
  g_array_unref (request->alarms);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ManyRequest, many_request_free)

static void
write_answer (SmJsonWriter        *writer,
              const SmAlarmToAck  *asked,
              const SmAlarmAnswer *answer)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "id");
  sm_json_writer_int (writer, asked->id);
  sm_json_writer_name (writer, "outcome");
  sm_json_writer_text (writer,
                       answer->alarm != NULL ? "done" : sm_error_get_slug (answer->problem));
  sm_json_writer_name (writer, "alarm");
  if (answer->alarm != NULL)
    sm_row_write (writer, answer->alarm, SM_ROW_RECORD);
  else
    sm_json_writer_null (writer);
  sm_json_writer_end_object (writer);
}

static gpointer
acknowledge_many (SmRules       *rules,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const ManyRequest *request = data;
  const SmAlarmToAck *alarms = (const SmAlarmToAck *) (gpointer) request->alarms->data;
  guint n = request->alarms->len;
  g_autofree SmAlarmAnswer *answers = g_new0 (SmAlarmAnswer, MAX (n, 1));
  SmJsonWriter *writer;

  if (!sm_alarms_acknowledge_many (rules, request->actor, request->key, alarms, n, answers, error))
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "alarms");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < n; i++)
    {
      write_answer (writer, &alarms[i], &answers[i]);
      sm_alarm_answer_clear (&answers[i]);
    }
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static gboolean
parse_one (JsonNode     *node,
           ManyRequest  *request,
           GError      **error)
{
  SmAlarmToAck alarm = { .seen = { 1, SM_JSON_MAX_ID, SM_UNKNOWN, request->note } };
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return sm_error_refuse_field (error, "/alarms", "not-an-object");
  object = json_node_get_object (node);
  /* The occurrence says it all: a level that rose is another one, and so is a return. */
  if (!sm_json_get_int (object, "id", SM_JSON_REQUIRED, 1, SM_JSON_MAX_ID, &alarm.id, error)
      || !sm_json_get_int (object, "seen_occurrence", SM_JSON_REQUIRED, 1, SM_JSON_MAX_ID,
                           &alarm.seen.occurrence, error))
    return FALSE;
  g_array_append_val (request->alarms, alarm);
  return TRUE;
}

static gboolean
parse_many (SmExchange   *exchange,
            ManyRequest  *request,
            GError      **error)
{
  JsonObject *body = sm_exchange_get_object (exchange);
  JsonNode *node = json_object_get_member (body, "alarms");
  const char *note = NULL;
  JsonArray *alarms;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return sm_error_refuse_field (error, "/alarms", "required");
  alarms = json_node_get_array (node);
  if (json_array_get_length (alarms) > MAX_AT_ONCE)
    return sm_error_refuse_field (error, "/alarms", "too-many");
  if (!sm_json_get_text (body, "note", SM_JSON_OPTIONAL, MAX_NOTE_CHARS, &note, error))
    return FALSE;
  request->note = g_strdup (note);
  for (guint i = 0; i < json_array_get_length (alarms); i++)
    if (!parse_one (json_array_get_element (alarms, i), request, error))
      return FALSE;
  return TRUE;
}

static void
post_acknowledge_many (SmExchange *exchange)
{
  g_autoptr (ManyRequest) request = g_new0 (ManyRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  request->alarms = g_array_new (FALSE, FALSE, sizeof (SmAlarmToAck));
  if (parse_many (exchange, request, &error))
    sm_exchange_run (exchange, acknowledge_many, g_steal_pointer (&request), many_request_free);
  else
    sm_exchange_fail (exchange, error);
}

/* --- what became of one --- */

static void
write_text (SmJsonWriter *writer,
            const char   *name,
            const char   *value)
{
  sm_json_writer_name (writer, name);
  if (value != NULL)
    sm_json_writer_text (writer, value);
  else
    sm_json_writer_null (writer);
}

static void
write_transition (SmJsonWriter       *writer,
                  const SmTransition *transition)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "at");
  sm_json_writer_time (writer, transition->at);
  write_text (writer, "from", transition->from_state);
  write_text (writer, "to", transition->to_state);
  write_text (writer, "event", transition->event);
  write_text (writer, "person", transition->person);
  write_text (writer, "reason", transition->reason);
  sm_json_writer_end_object (writer);
}

static gpointer
read_transitions (SmReader      *reader,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const ActRequest *request = data;
  g_autoptr (GPtrArray) transitions
      = sm_alarms_transitions (reader, request->actor, request->alarm_id, error);
  SmJsonWriter *writer;

  if (transitions == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < transitions->len; i++)
    write_transition (writer, transitions->pdata[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_of_alarm (SmExchange     *exchange,
              SmReadFunc      read)
{
  g_autoptr (ActRequest) request = g_new0 (ActRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  if (sm_asker_may_read (request->actor, sm_noun_get (SM_NOUN_ALARM), &error)
      && sm_exchange_get_id (exchange, 0, &request->alarm_id, &error))
    sm_exchange_read (exchange, read, g_steal_pointer (&request), act_request_free);
  else
    sm_exchange_fail (exchange, error);
}

static void
get_transitions (SmExchange *exchange)
{
  get_of_alarm (exchange, read_transitions);
}

/* --- who was called --- */

typedef struct
{
  SmActor *actor;
  char *key;
  gint64 alarm_id;
  SmCall call;
} CallRequest;

static void
call_request_free (gpointer data)
{
  CallRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_free (request->call.who);
  g_free (request->call.number);
  g_free (request->call.outcome);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CallRequest, call_request_free)

static gpointer
note_call (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const CallRequest *request = data;
  g_autoptr (SmRow) alarm = sm_alarms_call (rules, request->actor, request->key, request->alarm_id,
                                            &request->call, error);

  return alarm != NULL ? answer_with_alarm (alarm) : NULL;
}

static gboolean
parse_call (SmExchange   *exchange,
            CallRequest  *request,
            GError      **error)
{
  JsonObject *body = sm_exchange_get_object (exchange);
  const char *who, *number, *outcome;

  request->call.at = SM_UNKNOWN;
  if (!sm_exchange_get_id (exchange, 0, &request->alarm_id, error)
      || !sm_json_get_text (body, "who", SM_JSON_REQUIRED, SM_CALL_MAX_CHARS, &who, error)
      || !sm_json_get_text (body, "number", SM_JSON_REQUIRED, SM_CALL_MAX_CHARS, &number, error)
      || !sm_json_get_text (body, "outcome", SM_JSON_REQUIRED, SM_CALL_MAX_CHARS, &outcome, error)
      || !sm_json_get_time (body, "called_at", SM_JSON_OPTIONAL, &request->call.at, error))
    return FALSE;
  request->call.who = g_strdup (who);
  request->call.number = g_strdup (number);
  request->call.outcome = g_strdup (outcome);
  return TRUE;
}

static void
post_call (SmExchange *exchange)
{
  g_autoptr (CallRequest) request = g_new0 (CallRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  if (parse_call (exchange, request, &error))
    sm_exchange_run (exchange, note_call, g_steal_pointer (&request), call_request_free);
  else
    sm_exchange_fail (exchange, error);
}

static void
write_call (SmJsonWriter *writer,
            const SmCall *call)
{
  const struct { const char *name, *text; } parts[] = {
    { "outcome", call->outcome }, { "who", call->who }, { "number", call->number },
    { "person", call->person },
  };

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "at");
  sm_json_writer_time (writer, call->at);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      sm_json_writer_name (writer, parts[i].name);
      sm_json_writer_text (writer, parts[i].text);
    }
  sm_json_writer_end_object (writer);
}

static gpointer
read_calls (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const ActRequest *request = data;
  g_autoptr (GPtrArray) calls
      = sm_alarms_calls (reader, request->actor, request->alarm_id, error);
  SmJsonWriter *writer;

  if (calls == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < calls->len; i++)
    write_call (writer, calls->pdata[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_calls (SmExchange *exchange)
{
  get_of_alarm (exchange, read_calls);
}

#define ACT SM_ROUTE_KEYED | SM_ROUTE_OBJECT

/* Whether somebody may is the verb's to say: a refusal belongs in the audit. */
const SmRoute sm_alarm_act_routes[] = {
  { "POST", SM_PATH_ALARMS SM_PATH_ACKNOWLEDGE, NULL, ACT, post_acknowledge_many },
  { "POST", SM_PATH_ALARMS "/{id}/shelve", NULL, ACT, post_shelve },
  { "POST", SM_PATH_ALARMS "/{id}/unshelve", NULL, ACT, post_unshelve },
  { "POST", SM_PATH_ALARMS "/{id}/take_out_of_service", NULL, ACT, post_take_out },
  { "POST", SM_PATH_ALARMS "/{id}/approve_out_of_service", NULL, ACT, post_approve_out },
  { "POST", SM_PATH_ALARMS "/{id}/return_to_service", NULL, ACT, post_return },
  { "POST", SM_PATH_ALARMS "/{id}/release", NULL, ACT, post_release },
  { "GET", SM_PATH_ALARMS "/{id}" SM_PATH_CALLS, NULL, 0, get_calls },
  { "POST", SM_PATH_ALARMS "/{id}" SM_PATH_CALLS, NULL, ACT, post_call },
  { "GET", SM_PATH_ALARMS "/{id}/transitions", NULL, 0, get_transitions },
  { NULL },
};
