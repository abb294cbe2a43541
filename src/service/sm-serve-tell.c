/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asked.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-tell.h"

/* Who was told of what: that somebody knows of it, whether a channel works, and how it is
 * set.  What was told is read like all that happened. */

typedef struct
{
  SmActor *actor;
  char *key;
  gint64 id;
  char *channel;
} TellRequest;

static void
tell_request_free (gpointer data)
{
  TellRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_free (request->channel);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TellRequest, tell_request_free)

static TellRequest *
request_new (SmExchange *exchange)
{
  TellRequest *request = g_new0 (TellRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  return request;
}

static gpointer
confirm (SmRules       *rules,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  const TellRequest *request = data;
  g_autoptr (SmRow) row = sm_tell_confirm (rules, request->actor, request->key, request->id, error);

  return row != NULL ? sm_answer_new_row (200, row) : NULL;
}

/* Whether this person may is the verb's to say: a refusal belongs in the audit. */
static void
post_confirm (SmExchange *exchange)
{
  g_autoptr (TellRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  if (sm_exchange_get_id (exchange, 0, &request->id, &error))
    sm_exchange_run (exchange, confirm, g_steal_pointer (&request), tell_request_free);
  else
    sm_exchange_fail (exchange, error);
}

static gpointer
test (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  const TellRequest *request = data;
  g_autoptr (SmRow) row = sm_tell_test (rules, request->actor, request->key, request->channel, error);

  return row != NULL ? sm_answer_new_row (201, row) : NULL;
}

static void
post_test (SmExchange *exchange)
{
  TellRequest *request = request_new (exchange);

  request->channel = g_strdup (sm_exchange_get_param (exchange, 0));
  sm_exchange_run (exchange, test, request, tell_request_free);
}

typedef struct
{
  SmAsked asked;
  gint64 id;
  const char *channel; /* of the body */
} ContactRequest;

static void
contact_request_free (gpointer data)
{
  ContactRequest *request = data;

  sm_asked_clear (&request->asked);
  g_free (request);
}

static gpointer
test_contact (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const ContactRequest *request = data;
  g_autoptr (SmRow) row = sm_tell_test_contact (rules, request->asked.actor, request->asked.key,
                                                request->id, request->channel, error);

  return row != NULL ? sm_answer_new_row (201, row) : NULL;
}

static void
post_test_contact (SmExchange *exchange)
{
  ContactRequest *request = g_new0 (ContactRequest, 1);
  g_autoptr (GError) error = NULL;

  sm_asked_take (&request->asked, exchange);
  sm_asked_run (exchange,
                sm_exchange_get_id (exchange, 0, &request->id, &error)
                    && sm_json_get_text (request->asked.body, "channel", SM_JSON_REQUIRED, 20,
                                         &request->channel, &error),
                test_contact, request, contact_request_free, &error);
}

/* --- how it is set: no secret, and nobody's address --- */

static void
write_channel (SmJsonWriter         *writer,
               const SmTellSettings *settings,
               SmTellChannel         channel,
               const char           *person)
{
  const SmTellGateway *gateway = settings->gateways[channel];
  const SmTellPerson *self = sm_tell_settings_find (settings, person);
  g_autoptr (GUri) uri = g_uri_parse (gateway->url, G_URI_FLAGS_PARSE_RELAXED, NULL);

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "name");
  sm_json_writer_text (writer, sm_tell_channels[channel]);
  sm_json_writer_name (writer, "host");
  sm_json_writer_text (writer, uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri)
                                                                           : "");
  sm_json_writer_name (writer, "reaches_me");
  sm_json_writer_bool (writer, channel >= SM_TELL_WEBHOOK
                                   || (self != NULL && self->addresses[channel] != NULL));
  sm_json_writer_end_object (writer);
}

static void
write_rule (SmJsonWriter     *writer,
            const SmTellRule *rule)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "name");
  sm_json_writer_text (writer, rule->name);
  sm_json_writer_name (writer, "to");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; rule->to != NULL && rule->to[i] != NULL; i++)
    sm_json_writer_text (writer, rule->to[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_name (writer, "channels");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < SM_TELL_N_CHANNELS; i++)
    if ((rule->channels & (1u << i)) != 0)
      sm_json_writer_text (writer, sm_tell_channels[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_name (writer, "levels");
  sm_json_writer_begin_array (writer);
  for (guint level = 1; level <= 4; level++)
    if ((rule->levels & (1u << level)) != 0)
      sm_json_writer_int (writer, level);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
}

static void
get_telling (SmExchange *exchange)
{
  const SmTellSettings *settings = sm_tell_get_settings (sm_exchange_get_rules (exchange));
  const char *person = sm_exchange_get_actor (exchange)->name;
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "channels");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; settings != NULL && i < SM_TELL_N_CHANNELS; i++)
    if (settings->gateways[i] != NULL)
      write_channel (writer, settings, (SmTellChannel) i, person);
  sm_json_writer_end_array (writer);
  sm_json_writer_name (writer, "rules");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; settings != NULL && i < settings->rules->len; i++)
    write_rule (writer, settings->rules->pdata[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_name (writer, "answer_within_s");
  sm_json_writer_int (writer, settings != NULL ? settings->answer_us / G_USEC_PER_SEC : 0);
  sm_json_writer_end_object (writer);
  sm_exchange_answer (exchange, sm_answer_new_json (200, writer));
}

const SmRoute sm_tell_routes[] = {
  { "GET", SM_PATH_TELLING, "alarm.read", 0, get_telling },
  { "POST", SM_PATH_TELLING "/channels/{channel}/test", NULL, SM_ROUTE_KEYED, post_test },
  { "POST", SM_PATH_CONTACTS "/{id}/test", NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT,
    post_test_contact },
  { "POST", SM_PATH_NOTIFICATIONS "/{id}/confirm", NULL, SM_ROUTE_KEYED, post_confirm },
  { NULL },
};
