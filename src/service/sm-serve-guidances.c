/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asked.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-guidances.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-row-codec.h"
#include "sm-time.h"

/* Trucks that are told to go elsewhere: persons send, gateways bring it and say what the
 * drivers answer. */

#define MAX_WORD_CHARS 40
#define MAX_TEXT_CHARS 2000

typedef struct
{
  SmAsked asked;
  gint64 id;
  SmGuidanceRequest wanted;
  SmGuidanceEvent event;
  SmGuidanceAct act;
  const char *state;  /* of a gateway */
  const char *reason; /* (nullable): likewise */
} GuidanceRequest;

static void
guidance_request_free (gpointer data)
{
  GuidanceRequest *request = data;

  sm_asked_clear (&request->asked);
  g_free (request);
}

static GuidanceRequest *
request_new (SmExchange *exchange)
{
  GuidanceRequest *request = g_new0 (GuidanceRequest, 1);

  sm_asked_take (&request->asked, exchange);
  return request;
}

/* --- a person --- */

static gpointer
offer (SmRules       *rules,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  const GuidanceRequest *request = data;
  g_autoptr (SmRow) guidance = sm_guidances_offer (rules, request->asked.actor,
                                                   request->asked.key, &request->wanted, error);

  return guidance != NULL ? sm_answer_new_row (201, guidance) : NULL;
}

static gboolean
parse_offer (GuidanceRequest  *request,
             GError          **error)
{
  JsonObject *body = request->asked.body;
  SmGuidanceRequest *wanted = &request->wanted;

  wanted->battery_id = SM_UNKNOWN;
  return sm_json_get_int (body, "vehicle_id", SM_JSON_REQUIRED, 1, SM_JSON_MAX_ID,
                          &wanted->vehicle_id, error)
         && sm_json_get_int (body, "from_station_id", SM_JSON_REQUIRED, 1, SM_JSON_MAX_ID,
                             &wanted->from_station_id, error)
         && sm_json_get_int (body, "battery_id", SM_JSON_OPTIONAL, 1, SM_JSON_MAX_ID,
                             &wanted->battery_id, error)
         && sm_json_get_bool (body, "send", SM_JSON_OPTIONAL, &wanted->sends, error)
         && sm_json_get_bool (body, "rescue", SM_JSON_OPTIONAL, &wanted->is_rescue, error)
         && sm_json_get_time (body, "claimed_at", SM_JSON_OPTIONAL, &wanted->claimed_at, error)
         && sm_json_get_text (body, "reason", SM_JSON_OPTIONAL, MAX_TEXT_CHARS, &wanted->reason,
                              error);
}

/* Whether this person may is the verb's to say: a refusal belongs in the audit. */
static void
post_offer (SmExchange *exchange)
{
  GuidanceRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  sm_asked_run (exchange, parse_offer (request, &error), offer, request, guidance_request_free,
                &error);
}

static gpointer
act (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  const GuidanceRequest *request = data;
  SmRow *current = NULL;
  GError *problem = NULL;
  SmRow *guidance
      = sm_guidances_act (rules, request->asked.actor, request->asked.key, request->id,
                          request->event, &request->act, &current, &problem);

  return sm_asked_answer (200, guidance, current, problem, error);
}

static gboolean
parse_act (SmExchange       *exchange,
           GuidanceRequest  *request,
           GError          **error)
{
  guint event = sm_slug_index (sm_guidance_events, sm_exchange_get_param (exchange, 1));
  JsonObject *body = request->asked.body;

  if (event > SM_GUIDANCE_WITHDRAW)
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "route-unknown", "There is nothing at this path");
      return FALSE;
    }
  request->event = (SmGuidanceEvent) event;
  return sm_exchange_get_id (exchange, 0, &request->id, error)
         && sm_json_get_time (body, "claimed_at", SM_JSON_OPTIONAL, &request->act.claimed_at, error)
         && sm_json_get_text (body, "outcome", SM_JSON_OPTIONAL, MAX_WORD_CHARS,
                              &request->act.outcome, error)
         && sm_json_get_text (body, "note", SM_JSON_OPTIONAL, MAX_TEXT_CHARS, &request->act.note,
                              error)
         && sm_json_get_text (body, "reason", SM_JSON_OPTIONAL, MAX_TEXT_CHARS,
                              &request->act.reason, error);
}

static void
post_act (SmExchange *exchange)
{
  GuidanceRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  sm_asked_run (exchange, parse_act (exchange, request, &error), act, request,
                guidance_request_free, &error);
}

/* --- a gateway --- */

static gpointer
fetch (SmRules       *rules,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  const GuidanceRequest *request = data;
  g_autoptr (GPtrArray) rows = sm_guidances_fetch (rules, request->asked.actor, error);
  SmJsonWriter *writer;

  if (rows == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < rows->len; i++)
    sm_row_write (writer, rows->pdata[i], SM_ROW_RECORD);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
post_fetch (SmExchange *exchange)
{
  sm_exchange_run (exchange, fetch, request_new (exchange), guidance_request_free);
}

static gpointer
answer (SmRules       *rules,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const GuidanceRequest *request = data;
  g_autoptr (SmRow) guidance = sm_guidances_answer (rules, request->asked.actor, request->id,
                                                    request->state, request->reason, error);

  return guidance != NULL ? sm_answer_new_row (200, guidance) : NULL;
}

static void
post_answer (SmExchange *exchange)
{
  GuidanceRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  sm_asked_run (exchange,
                sm_exchange_get_id (exchange, 0, &request->id, &error)
                    && sm_json_get_text (request->asked.body, "state", SM_JSON_REQUIRED,
                                         MAX_WORD_CHARS, &request->state, &error)
                    && sm_json_get_text (request->asked.body, "reason", SM_JSON_OPTIONAL,
                                         MAX_TEXT_CHARS, &request->reason, &error),
                answer, request, guidance_request_free, &error);
}

const SmRoute sm_guidance_routes[] = {
  { "POST", SM_PATH_GUIDANCES, NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT | SM_ROUTE_BESIDE,
    post_offer },
  { "POST", SM_PATH_GUIDANCES "/{id}/{act}", NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT, post_act },
  { "POST", SM_PATH_GATEWAY_GUIDANCES, "guidance.answer", SM_ROUTE_DEVICE, post_fetch },
  { "POST", SM_PATH_GATEWAY_GUIDANCES "/{id}", "guidance.answer",
    SM_ROUTE_DEVICE | SM_ROUTE_OBJECT, post_answer },
  { NULL },
};
