/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-alarm-causes.h"
#include "sm-alarms.h"
#include "sm-asker.h"
#include "sm-causes-codec.h"
#include "sm-edits.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-row-codec.h"
#include "sm-time.h"

#define MAX_NOTE_CHARS 2000

typedef struct
{
  SmActor *actor;
  char *key;
  gint64 alarm_id;
  SmAlarmSeen seen;
  char *note; /* (nullable) */
} AckRequest;

static void
ack_request_free (gpointer data)
{
  AckRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_free (request->note);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AckRequest, ack_request_free)

static SmAnswer *
alarm_answer (const SmRow *alarm)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "alarm");
  sm_row_write (writer, alarm, SM_ROW_RECORD);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static gpointer
acknowledge (SmRules       *rules,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  AckRequest *request = data;
  g_autoptr (SmRow) current = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (GError) problem = NULL;

  alarm = sm_alarms_acknowledge (rules, request->actor, request->key, request->alarm_id,
                                 &request->seen, &current, &problem);
  if (alarm == NULL)
    return sm_asker_refuse (g_steal_pointer (&problem), current, error);
  return alarm_answer (alarm);
}

static gboolean
parse_ack (SmExchange  *exchange,
           AckRequest  *request,
           GError     **error)
{
  JsonObject *body = sm_exchange_get_object (exchange);
  const char *note = NULL;

  /* Older programs, and what waits in their outboxes, do not say it. */
  request->seen.occurrence = SM_UNKNOWN;
  if (!sm_exchange_get_id (exchange, 0, &request->alarm_id, error) ||
      !sm_json_get_int (body, "seen_level", SM_JSON_REQUIRED, 1, 4, &request->seen.level, error) ||
      !sm_json_get_int (body, "seen_count", SM_JSON_REQUIRED, 0, SM_JSON_MAX_ID,
                        &request->seen.count, error) ||
      !sm_json_get_int (body, "seen_occurrence", SM_JSON_OPTIONAL, 1, SM_JSON_MAX_ID,
                        &request->seen.occurrence, error) ||
      !sm_json_get_text (body, "note", SM_JSON_OPTIONAL, MAX_NOTE_CHARS, &note, error))
    return FALSE;
  request->note = g_strdup (note);
  request->seen.note = request->note;
  return TRUE;
}

/* Whether this person may is the verb's to say: a refusal belongs in the audit. */
static void
post_acknowledge (SmExchange *exchange)
{
  g_autoptr (AckRequest) request = g_new0 (AckRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  if (parse_ack (exchange, request, &error))
    sm_exchange_run (exchange, acknowledge, g_steal_pointer (&request), ack_request_free);
  else
    sm_exchange_fail (exchange, error);
}

/* --- what a person has to say of it --- */

typedef struct
{
  SmActor *actor;
  char *key;
  gint64 alarm_id;
  gint64 if_seq;
  char *note; /* (nullable): none any more */
} NoteRequest;

static void
note_request_free (gpointer data)
{
  NoteRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_free (request->note);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NoteRequest, note_request_free)

static gpointer
note_alarm (SmRules       *rules,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const NoteRequest *request = data;
  g_autoptr (SmRow) current = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (GError) problem = NULL;

  alarm = sm_alarms_note (rules, request->actor, request->key, request->alarm_id, request->if_seq,
                          request->note, &current, &problem);
  if (alarm == NULL)
    return sm_asker_refuse (g_steal_pointer (&problem), current, error);
  return sm_answer_new_row (200, alarm);
}

static gboolean
parse_note (SmExchange   *exchange,
            NoteRequest  *request,
            GError      **error)
{
  static const char *const changeable[] = { "note", NULL };
  JsonObject *body = sm_exchange_get_object (exchange);
  const char *note = NULL;

  if (!sm_exchange_get_id (exchange, 0, &request->alarm_id, error)
      || !sm_asker_if_match (exchange, &request->if_seq, error)
      || !sm_asker_only_members (body, sm_noun_get (SM_NOUN_ALARM), changeable, error)
      || !sm_json_get_text (body, "note",
                            json_object_has_member (body, "note") ? SM_JSON_OPTIONAL
                                                                  : SM_JSON_REQUIRED,
                            MAX_NOTE_CHARS, &note, error))
    return FALSE;
  request->note = g_strdup (note != NULL && *note != '\0' ? note : NULL);
  return TRUE;
}

static void
patch_alarm (SmExchange *exchange)
{
  g_autoptr (NoteRequest) request = g_new0 (NoteRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  if (parse_note (exchange, request, &error))
    sm_exchange_run (exchange, note_alarm, g_steal_pointer (&request), note_request_free);
  else
    sm_exchange_fail (exchange, error);
}

/* --- what may be behind it --- */

typedef struct
{
  SmActor *actor;
  gint64 alarm_id;
} CausesRequest;

static void
causes_request_free (gpointer data)
{
  CausesRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CausesRequest, causes_request_free)

static gpointer
read_causes (SmReader      *reader,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const CausesRequest *request = data;
  g_autoptr (GPtrArray) causes
      = sm_alarm_causes_read (reader, request->actor, request->alarm_id, error);
  SmJsonWriter *writer;

  if (causes == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_causes_write (writer, request->alarm_id, causes);
  return sm_answer_new_json (200, writer);
}

static void
get_diagnosis (SmExchange *exchange)
{
  g_autoptr (CausesRequest) request = g_new0 (CausesRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  if (sm_asker_may_read (request->actor, sm_noun_get (SM_NOUN_ALARM), &error)
      && sm_exchange_get_id (exchange, 0, &request->alarm_id, &error))
    sm_exchange_read (exchange, read_causes, g_steal_pointer (&request), causes_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_alarm_routes[] = {
  { "GET", SM_PATH_ALARMS "/{id}/diagnosis", NULL, 0, get_diagnosis },
  { "PATCH", SM_PATH_ALARMS "/{id}", NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT | SM_ROUTE_BESIDE,
    patch_alarm },
  { "POST", SM_PATH_ALARMS "/{id}" SM_PATH_ACKNOWLEDGE, NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT,
    post_acknowledge },
  { NULL },
};
