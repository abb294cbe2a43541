/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-edits.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-routes.h"

#define MAX_VALUE 1e9
#define MAX_DELAY_S 86400

typedef struct
{
  SmActor *actor;
  char *key;
  gint64 limit_id;
  gint64 if_seq;
  SmRow *changes;
} LimitRequest;

static void
limit_request_free (gpointer data)
{
  LimitRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_clear_pointer (&request->changes, sm_row_unref);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimitRequest, limit_request_free)

static gpointer
change_limit (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const LimitRequest *request = data;
  g_autoptr (SmRow) current = NULL;
  g_autoptr (SmRow) limit = NULL;
  g_autoptr (GError) problem = NULL;

  limit = sm_limits_change (rules, request->actor, request->key, request->limit_id, request->if_seq,
                            request->changes, &current, &problem);
  if (limit == NULL)
    return sm_asker_refuse (g_steal_pointer (&problem), current, error);
  return sm_answer_new_row (200, limit);
}

static gboolean
take_real (JsonObject  *body,
           SmRow       *changes,
           guint        field,
           double       min,
           double       max,
           GError     **error)
{
  const char *name = sm_noun_get (SM_NOUN_LIMIT)->fields[field].name;
  double value;

  if (!json_object_has_member (body, name))
    return TRUE;
  if (!sm_json_get_real (body, name, SM_JSON_REQUIRED, min, max, &value, error))
    return FALSE;
  sm_row_set_real (changes, field, value);
  return TRUE;
}

static gboolean
take_level (JsonObject  *body,
            SmRow       *changes,
            GError     **error)
{
  gint64 level;

  if (!json_object_has_member (body, "level"))
    return TRUE;
  if (!sm_json_get_int (body, "level", SM_JSON_REQUIRED, 1, 4, &level, error))
    return FALSE;
  sm_row_set_int (changes, SM_LIMIT_LEVEL, level);
  return TRUE;
}

static gboolean
take_enabled (JsonObject  *body,
              SmRow       *changes,
              GError     **error)
{
  gboolean enabled;

  if (!json_object_has_member (body, "enabled"))
    return TRUE;
  if (!sm_json_get_bool (body, "enabled", SM_JSON_REQUIRED, &enabled, error))
    return FALSE;
  sm_row_set_int (changes, SM_LIMIT_ENABLED, enabled);
  return TRUE;
}

static gboolean
parse_patch (SmExchange    *exchange,
             LimitRequest  *request,
             GError       **error)
{
  static const char *const changeable[] = { "raise_at", "clear_at", "delay_s",
                                            "level",    "enabled",  NULL };
  JsonObject *body = sm_exchange_get_object (exchange);

  request->changes = sm_row_new (sm_noun_get (SM_NOUN_LIMIT));
  return sm_exchange_get_id (exchange, 0, &request->limit_id, error) &&
         sm_asker_if_match (exchange, &request->if_seq, error) &&
         sm_asker_only_members (body, sm_noun_get (SM_NOUN_LIMIT), changeable, error) &&
         take_real (body, request->changes, SM_LIMIT_RAISE_AT, -MAX_VALUE, MAX_VALUE, error) &&
         take_real (body, request->changes, SM_LIMIT_CLEAR_AT, -MAX_VALUE, MAX_VALUE, error) &&
         take_real (body, request->changes, SM_LIMIT_DELAY_S, 0, MAX_DELAY_S, error) &&
         take_level (body, request->changes, error) && take_enabled (body, request->changes, error);
}

static void
patch_limit (SmExchange *exchange)
{
  g_autoptr (LimitRequest) request = g_new0 (LimitRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  if (parse_patch (exchange, request, &error))
    sm_exchange_run (exchange, change_limit, g_steal_pointer (&request), limit_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_limit_routes[] = {
  { "PATCH", SM_PATH_BASE "/limits/{id}", NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT | SM_ROUTE_BESIDE,
    patch_limit },
  { NULL },
};
