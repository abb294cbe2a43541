/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-quarantine.h"
#include "sm-routes.h"
#include "sm-row-codec.h"
#include "sm-time.h"

/* What persons do to packs. */

#define MAX_REASON_CHARS 500

typedef struct
{
  SmActor *actor;
  char *key;
  gint64 battery_id;
  gboolean is_apart;
  char *reason; /* (nullable) */
} PackRequest;

static void
pack_request_free (gpointer data)
{
  PackRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_free (request->reason);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PackRequest, pack_request_free)

static gpointer
set_apart (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const PackRequest *request = data;
  g_autoptr (SmRow) battery
      = sm_quarantine_set (rules, request->actor, request->key, request->battery_id,
                           request->is_apart, request->reason, error);

  return battery != NULL ? sm_answer_new_row (200, battery) : NULL;
}

/* Whether this person may is the verb's to say: a refusal belongs in the audit. */
static void
post_apart (SmExchange *exchange,
            gboolean    is_apart)
{
  g_autoptr (PackRequest) request = g_new0 (PackRequest, 1);
  g_autoptr (GError) error = NULL;
  const char *reason = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  request->is_apart = is_apart;
  if (sm_exchange_get_id (exchange, 0, &request->battery_id, &error)
      && sm_json_get_text (sm_exchange_get_object (exchange), "reason", SM_JSON_REQUIRED,
                           MAX_REASON_CHARS, &reason, &error))
    {
      request->reason = g_strdup (reason);
      sm_exchange_run (exchange, set_apart, g_steal_pointer (&request), pack_request_free);
    }
  else
    sm_exchange_fail (exchange, error);
}

static void
post_quarantine (SmExchange *exchange)
{
  post_apart (exchange, TRUE);
}

static void
post_release (SmExchange *exchange)
{
  post_apart (exchange, FALSE);
}

const SmRoute sm_pack_routes[] = {
  { "POST", SM_PATH_BATTERIES "/{id}/quarantine", NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT,
    post_quarantine },
  { "POST", SM_PATH_BATTERIES "/{id}/release", NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT,
    post_release },
  { NULL },
};
