/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-answer.h"
#include "sm-asker.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-time.h"
#include "sm-work-order-table.h"
#include "sm-work-orders.h"

/* Work orders: made, given to somebody, done, confirmed; and what happened to one. */

#define MAX_WORD_CHARS 80
#define MAX_TEXT_CHARS 2000
#define MAX_PARTS_CHARS 400
#define MAX_WORK_S (30 * 86400)
#define MAX_QUANTITY 10000

typedef struct
{
  SmActor *actor;
  char *key;
  JsonObject *body; /* (nullable): of which the texts are */
  gint64 id;
  SmWorkOrderRequest wanted;
  SmWorkOrderEvent event;
  SmWorkOrderAct act;
} WorkRequest;

static void
work_request_free (gpointer data)
{
  WorkRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_clear_pointer (&request->body, json_object_unref);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WorkRequest, work_request_free)

static WorkRequest *
request_new (SmExchange *exchange)
{
  WorkRequest *request = g_new0 (WorkRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  request->body = json_object_ref (sm_exchange_get_object (exchange));
  return request;
}

/* --- making one --- */

static gpointer
create (SmRules       *rules,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const WorkRequest *request = data;
  g_autoptr (SmRow) order
      = sm_work_orders_create (rules, request->actor, request->key, &request->wanted, error);

  return order != NULL ? sm_answer_new_row (201, order) : NULL;
}

static gboolean
parse_texts (JsonObject          *body,
             SmWorkOrderRequest  *wanted,
             GError             **error)
{
  const struct
  {
    const char *member;
    gsize max;
    const char **text;
  } texts[] = {
    { "source", MAX_WORD_CHARS, &wanted->source },
    { "target_noun", MAX_WORD_CHARS, &wanted->target_noun },
    { "code", MAX_WORD_CHARS, &wanted->code },
    { "subject", MAX_TEXT_CHARS, &wanted->subject },
    { "description", MAX_TEXT_CHARS, &wanted->description },
    { "reported_by", MAX_WORD_CHARS, &wanted->reported_by },
    { "skill", MAX_WORD_CHARS, &wanted->skill },
    { "certificate", MAX_WORD_CHARS, &wanted->certificate },
    { "parts", MAX_PARTS_CHARS, &wanted->parts },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!sm_json_get_text (body, texts[i].member, SM_JSON_OPTIONAL, texts[i].max, texts[i].text,
                           error))
      return FALSE;
  if (wanted->source == NULL)
    wanted->source = "manual";
  return TRUE;
}

static gboolean
parse_request (WorkRequest  *request,
               GError      **error)
{
  JsonObject *body = request->body;
  SmWorkOrderRequest *wanted = &request->wanted;

  return sm_json_get_text (body, "kind", SM_JSON_REQUIRED, MAX_WORD_CHARS, &wanted->kind, error)
         && parse_texts (body, wanted, error)
         && sm_json_get_int (body, "alarm_id", SM_JSON_OPTIONAL, 1, SM_JSON_MAX_ID,
                             &wanted->alarm_id, error)
         && sm_json_get_int (body, "target_id", SM_JSON_OPTIONAL, 1, SM_JSON_MAX_ID,
                             &wanted->target_id, error)
         && sm_json_get_int (body, "level", SM_JSON_OPTIONAL, 1, 4, &wanted->level, error)
         && sm_json_get_int (body, "work_s", SM_JSON_OPTIONAL, 1, MAX_WORK_S, &wanted->work_s,
                             error)
         && sm_json_get_time (body, "planned_at", SM_JSON_OPTIONAL, &wanted->planned_at, error)
         && sm_json_get_time (body, "first_sign_at", SM_JSON_OPTIONAL, &wanted->first_sign_at,
                              error);
}

/* Whether this person may is the verb's to say: a refusal belongs in the audit. */
static void
post_order (SmExchange *exchange)
{
  g_autoptr (WorkRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  if (parse_request (request, &error))
    sm_exchange_run (exchange, create, g_steal_pointer (&request), work_request_free);
  else
    sm_exchange_fail (exchange, error);
}

/* --- what persons do to it --- */

static gpointer
act (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  const WorkRequest *request = data;
  g_autoptr (SmRow) current = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (SmRow) order
      = sm_work_orders_act (rules, request->actor, request->key, request->id, request->event,
                            &request->act, &current, &problem);

  if (order == NULL)
    return sm_asker_refuse (g_steal_pointer (&problem), current, error);
  return sm_answer_new_row (200, order);
}

static gboolean
parse_ids (JsonObject      *body,
           SmWorkOrderAct  *said,
           GError         **error)
{
  return sm_json_get_int (body, "engineer_id", SM_JSON_OPTIONAL, 1, SM_JSON_MAX_ID,
                          &said->engineer_id, error)
         && sm_json_get_int (body, "organisation_id", SM_JSON_OPTIONAL, 1, SM_JSON_MAX_ID,
                             &said->organisation_id, error)
         && sm_json_get_int (body, "part_id", SM_JSON_OPTIONAL, 1, SM_JSON_MAX_ID, &said->part_id,
                             error)
         && sm_json_get_int (body, "quantity", SM_JSON_OPTIONAL, 1, MAX_QUANTITY, &said->quantity,
                             error);
}

static gboolean
parse_act (WorkRequest  *request,
           GError      **error)
{
  JsonObject *body = request->body;
  SmWorkOrderAct *said = &request->act;

  return parse_ids (body, said, error)
         && sm_json_get_time (body, "eta", SM_JSON_OPTIONAL, &said->eta, error)
         && sm_json_get_time (body, "follow_up_at", SM_JSON_OPTIONAL, &said->follow_up_at, error)
         && sm_json_get_time (body, "claimed_at", SM_JSON_OPTIONAL, &said->claimed_at, error)
         && sm_json_get_bool (body, "spoke", SM_JSON_OPTIONAL, &said->spoke, error)
         && sm_json_get_text (body, "reason", SM_JSON_OPTIONAL, MAX_TEXT_CHARS, &said->reason,
                              error)
         && sm_json_get_text (body, "note", SM_JSON_OPTIONAL, MAX_TEXT_CHARS, &said->note, error)
         && sm_json_get_text (body, "fix", SM_JSON_OPTIONAL, MAX_WORD_CHARS, &said->fix, error)
         && sm_json_get_text (body, "cause", SM_JSON_OPTIONAL, MAX_TEXT_CHARS, &said->cause, error)
         && sm_json_get_text (body, "action", SM_JSON_OPTIONAL, MAX_TEXT_CHARS, &said->action,
                              error);
}

/* Each act has a path of its own in the contract, for each needs another right. */
static gboolean
parse_event (SmExchange        *exchange,
             SmWorkOrderEvent  *out_event,
             GError           **error)
{
  guint event = sm_slug_index (sm_work_order_events, sm_exchange_get_param (exchange, 1));

  if (event < SM_WORK_ORDER_PHOTO)
    {
      *out_event = (SmWorkOrderEvent) event;
      return TRUE;
    }
  sm_set_error (error, SM_ERROR_NOT_FOUND, "route-unknown", "There is nothing at this path");
  return FALSE;
}

static void
post_act (SmExchange *exchange)
{
  g_autoptr (WorkRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  if (parse_event (exchange, &request->event, &error)
      && sm_exchange_get_id (exchange, 0, &request->id, &error) && parse_act (request, &error))
    sm_exchange_run (exchange, act, g_steal_pointer (&request), work_request_free);
  else
    sm_exchange_fail (exchange, error);
}

/* --- what happened to it --- */

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
write_step (SmJsonWriter          *writer,
            const SmWorkOrderStep *step)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "at");
  sm_json_writer_time (writer, step->at);
  sm_json_writer_name (writer, "claimed_at");
  if (step->claimed_at != SM_UNKNOWN)
    sm_json_writer_time (writer, step->claimed_at);
  else
    sm_json_writer_null (writer);
  write_text (writer, "event", step->event);
  write_text (writer, "from", step->from_state);
  write_text (writer, "to", step->to_state);
  write_text (writer, "person", step->person);
  write_text (writer, "text", step->text);
  sm_json_writer_name (writer, "reference");
  if (step->reference != SM_UNKNOWN)
    sm_json_writer_int (writer, step->reference);
  else
    sm_json_writer_null (writer);
  sm_json_writer_end_object (writer);
}

static gpointer
read_steps (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const WorkRequest *request = data;
  g_autoptr (GPtrArray) steps = sm_work_orders_steps (reader, request->actor, request->id, error);
  SmJsonWriter *writer;

  if (steps == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < steps->len; i++)
    write_step (writer, steps->pdata[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_timeline (SmExchange *exchange)
{
  g_autoptr (WorkRequest) request = g_new0 (WorkRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  if (sm_asker_may_read (request->actor, sm_noun_get (SM_NOUN_WORK_ORDER), &error)
      && sm_exchange_get_id (exchange, 0, &request->id, &error))
    sm_exchange_read (exchange, read_steps, g_steal_pointer (&request), work_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_work_order_routes[] = {
  { "POST", SM_PATH_WORK_ORDERS, NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT | SM_ROUTE_BESIDE,
    post_order },
  { "GET", SM_PATH_WORK_ORDERS "/{id}" SM_PATH_TIMELINE, NULL, 0, get_timeline },
  { "POST", SM_PATH_WORK_ORDERS "/{id}/{act}", NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT, post_act },
  { NULL },
};
