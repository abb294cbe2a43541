/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-users.h"

#define MAX_NAME_CHARS 200
#define MAX_PASSWORD_CHARS 1000
#define MAX_TOKEN_CHARS 200

static void
write_scope (SmJsonWriter  *writer,
             const SmScope *scope)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "kind");
  sm_json_writer_text (writer, sm_scope_kind_name (scope->kind));
  if (scope->kind != SM_SCOPE_ALL)
    {
      sm_json_writer_name (writer, "ids");
      sm_json_writer_begin_array (writer);
      for (guint i = 0; i < scope->n_ids; i++)
        sm_json_writer_int (writer, scope->ids[i]);
      sm_json_writer_end_array (writer);
    }
  sm_json_writer_end_object (writer);
}

static void
write_person (SmJsonWriter  *writer,
              const SmActor *actor)
{
  const char *const *permissions = sm_actor_get_permissions (actor);

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "id");
  sm_json_writer_int (writer, actor->id);
  sm_json_writer_name (writer, "name");
  sm_json_writer_text (writer, actor->name);
  sm_json_writer_name (writer, "display_name");
  sm_json_writer_text (writer, actor->display_name != NULL ? actor->display_name : actor->name);
  sm_json_writer_name (writer, "role");
  sm_json_writer_text (writer, actor->role);
  sm_json_writer_name (writer, "permissions");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; permissions[i] != NULL; i++)
    sm_json_writer_text (writer, permissions[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_name (writer, "scope");
  write_scope (writer, actor->scope);
  sm_json_writer_name (writer, "organisation_id");
  if (actor->scope->organisation_id > 0)
    sm_json_writer_int (writer, actor->scope->organisation_id);
  else
    sm_json_writer_null (writer);
  sm_json_writer_name (writer, "access_rev");
  sm_json_writer_int (writer, actor->access_rev);
  sm_json_writer_end_object (writer);
}

static SmAnswer *
session_answer (const SmSession *session)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "token");
  sm_json_writer_text (writer, session->token);
  sm_json_writer_name (writer, "expires_in");
  sm_json_writer_int (writer, session->expires_in_s);
  sm_json_writer_name (writer, "refresh_token");
  sm_json_writer_text (writer, session->refresh_token);
  sm_json_writer_name (writer, "me");
  write_person (writer, session->actor);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
session_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmSession) session = sm_sessions_finish (result, &error);

  if (session != NULL)
    sm_exchange_answer (exchange, session_answer (session));
  else
    sm_exchange_fail (exchange, error);
}

static void
sign_in_demo (SmExchange *exchange)
{
  SmRules *rules = sm_exchange_get_rules (exchange);
  g_autoptr (GError) error = NULL;

  if (sm_rules_get_simulated (rules) && sm_exchange_is_local (exchange))
    {
      sm_sessions_sign_in_demo_async (rules, NULL, session_cb, sm_exchange_ref (exchange));
      return;
    }
  sm_set_error (&error, SM_ERROR_DENIED, "demo-not-here",
                "The demo person signs in only on a simulated network and from the same machine");
  sm_exchange_fail (exchange, error);
}

static void
sign_in (SmExchange *exchange,
         JsonObject *body)
{
  g_autoptr (GError) error = NULL;
  const char *name, *password;

  if (!sm_json_get_text (body, "name", SM_JSON_REQUIRED, MAX_NAME_CHARS, &name, &error) ||
      !sm_json_get_text (body, "password", SM_JSON_REQUIRED, MAX_PASSWORD_CHARS, &password, &error))
    {
      sm_exchange_fail (exchange, error);
      return;
    }
  sm_sessions_sign_in_async (sm_exchange_get_rules (exchange), name, password, NULL, session_cb,
                             sm_exchange_ref (exchange));
}

static void
refresh (SmExchange *exchange,
         JsonObject *body)
{
  g_autoptr (GError) error = NULL;
  const char *token;

  if (!sm_json_get_text (body, "refresh_token", SM_JSON_REQUIRED, MAX_TOKEN_CHARS, &token, &error))
    {
      sm_exchange_fail (exchange, error);
      return;
    }
  sm_sessions_refresh_async (sm_exchange_get_rules (exchange), token, NULL, session_cb,
                             sm_exchange_ref (exchange));
}

static void
post_session (SmExchange *exchange)
{
  JsonObject *body = sm_exchange_get_object (exchange);
  g_autoptr (GError) error = NULL;
  gboolean demo = FALSE;

  if (!sm_json_get_bool (body, "demo", SM_JSON_OPTIONAL, &demo, &error))
    sm_exchange_fail (exchange, error);
  else if (demo)
    sign_in_demo (exchange);
  else if (json_object_has_member (body, "refresh_token"))
    refresh (exchange, body);
  else
    sign_in (exchange, body);
}

static void
post_refresh (SmExchange *exchange)
{
  refresh (exchange, sm_exchange_get_object (exchange));
}

static void
signed_out_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (SmExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;

  if (sm_sessions_sign_out_finish (result, &error))
    sm_exchange_answer (exchange, sm_answer_new (204, NULL, NULL));
  else
    sm_exchange_fail (exchange, error);
}

static void
delete_session (SmExchange *exchange)
{
  sm_sessions_sign_out_async (sm_exchange_get_rules (exchange), sm_exchange_get_token (exchange),
                              NULL, signed_out_cb, sm_exchange_ref (exchange));
}

static void
get_me (SmExchange *exchange)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  write_person (writer, sm_exchange_get_actor (exchange));
  sm_exchange_answer (exchange, sm_answer_new_json (200, writer));
}

const SmRoute sm_session_routes[] = {
  { "POST", SM_PATH_SESSION, NULL, SM_ROUTE_PUBLIC | SM_ROUTE_OBJECT, post_session },
  { "DELETE", SM_PATH_SESSION, NULL, 0, delete_session },
  { "POST", SM_PATH_REFRESH, NULL, SM_ROUTE_PUBLIC | SM_ROUTE_OBJECT, post_refresh },
  { "GET", SM_PATH_ME, NULL, 0, get_me },
  { NULL },
};
