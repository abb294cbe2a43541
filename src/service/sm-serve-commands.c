/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asked.h"
#include "sm-commands.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-row-codec.h"
#include "sm-time.h"

/* Commands to equipment: persons ask for them, gateways fetch and answer them. */

#define MAX_WORD_CHARS 40
#define MAX_TEXT_CHARS 2000

typedef struct
{
  SmAsked asked;
  SmCommandRequest wanted;
  gint64 id;
  const char *state;
  const char *answer; /* (nullable) */
} CommandRequest;

static void
command_request_free (gpointer data)
{
  CommandRequest *request = data;

  sm_asked_clear (&request->asked);
  g_free (request);
}

static CommandRequest *
request_new (SmExchange *exchange)
{
  CommandRequest *request = g_new0 (CommandRequest, 1);

  sm_asked_take (&request->asked, exchange);
  return request;
}

/* --- a person --- */

static gpointer
ask_for (SmRules       *rules,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  const CommandRequest *request = data;
  g_autoptr (SmRow) command = sm_commands_request (rules, request->asked.actor, request->asked.key,
                                                   &request->wanted, error);

  return command != NULL ? sm_answer_new_row (201, command) : NULL;
}

static gboolean
parse_command (CommandRequest  *request,
               GError         **error)
{
  JsonObject *body = request->asked.body;
  SmCommandRequest *wanted = &request->wanted;

  wanted->alarm_id = SM_UNKNOWN;
  return sm_json_get_text (body, "target_noun", SM_JSON_REQUIRED, MAX_WORD_CHARS,
                           &wanted->target_noun, error)
         && sm_json_get_int (body, "target_id", SM_JSON_REQUIRED, 1, SM_JSON_MAX_ID,
                             &wanted->target_id, error)
         && sm_json_get_text (body, "kind", SM_JSON_REQUIRED, MAX_WORD_CHARS, &wanted->kind, error)
         && sm_json_get_text (body, "availability", SM_JSON_OPTIONAL, MAX_WORD_CHARS,
                              &wanted->availability, error)
         && sm_json_get_text (body, "reason", SM_JSON_OPTIONAL, MAX_TEXT_CHARS, &wanted->reason,
                              error)
         && sm_json_get_int (body, "alarm_id", SM_JSON_OPTIONAL, 1, SM_JSON_MAX_ID,
                             &wanted->alarm_id, error);
}

/* Whether this person may is the verb's to say: a refusal belongs in the audit. */
static void
post_command (SmExchange *exchange)
{
  CommandRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  sm_asked_run (exchange, parse_command (request, &error), ask_for, request, command_request_free,
                &error);
}

/* --- a gateway --- */

static gpointer
fetch (SmRules       *rules,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  const CommandRequest *request = data;
  g_autoptr (GPtrArray) commands = sm_commands_fetch (rules, request->asked.actor, error);
  SmJsonWriter *writer;

  if (commands == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < commands->len; i++)
    sm_row_write (writer, commands->pdata[i], SM_ROW_RECORD);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
post_fetch (SmExchange *exchange)
{
  sm_exchange_run (exchange, fetch, request_new (exchange), command_request_free);
}

static gpointer
answer (SmRules       *rules,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const CommandRequest *request = data;
  g_autoptr (SmRow) command = sm_commands_answer (rules, request->asked.actor, request->id,
                                                  request->state, request->answer, error);

  return command != NULL ? sm_answer_new_row (200, command) : NULL;
}

static void
post_answer (SmExchange *exchange)
{
  CommandRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  sm_asked_run (exchange,
                sm_exchange_get_id (exchange, 0, &request->id, &error)
                    && sm_json_get_text (request->asked.body, "state", SM_JSON_REQUIRED,
                                         MAX_WORD_CHARS, &request->state, &error)
                    && sm_json_get_text (request->asked.body, "answer", SM_JSON_OPTIONAL,
                                         MAX_TEXT_CHARS, &request->answer, &error),
                answer, request, command_request_free, &error);
}

const SmRoute sm_command_routes[] = {
  { "POST", SM_PATH_COMMANDS, NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT | SM_ROUTE_BESIDE,
    post_command },
  { "POST", SM_PATH_GATEWAY_COMMANDS, "command.answer", SM_ROUTE_DEVICE, post_fetch },
  { "POST", SM_PATH_GATEWAY_COMMANDS "/{id}", "command.answer", SM_ROUTE_DEVICE | SM_ROUTE_OBJECT,
    post_answer },
  { NULL },
};
