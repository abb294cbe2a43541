/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-time.h"
#include "sm-work-limits-change.h"
#include "sm-work-limits-codec.h"

typedef struct
{
  SmActor *actor;
  gint64 if_rev;
  SmWorkLimits changes; /* SM_UNKNOWN: stays */
} LimitsRequest;

static void
limits_request_free (gpointer data)
{
  LimitsRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimitsRequest, limits_request_free)

static LimitsRequest *
request_new (SmExchange *exchange)
{
  LimitsRequest *request = g_new0 (LimitsRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    request->changes.minutes[i] = SM_UNKNOWN;
  return request;
}

static SmAnswer *
answer_new (const SmWorkLimits *limits)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_work_limits_write (writer, limits);
  return sm_answer_new_state (writer, limits->rev);
}

static gpointer
read_limits (SmReader      *reader,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SmWorkLimits limits;

  return sm_work_limits_get (reader, &limits, error) ? answer_new (&limits) : NULL;
}

static void
get_limits (SmExchange *exchange)
{
  sm_exchange_read (exchange, read_limits, request_new (exchange), limits_request_free);
}

static gpointer
change_limits (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const LimitsRequest *request = data;
  SmWorkLimits limits;

  return sm_work_limits_change (rules, request->actor, request->if_rev, &request->changes, &limits,
                                error)
             ? answer_new (&limits)
             : NULL;
}

static gboolean
parse_patch (SmExchange     *exchange,
             LimitsRequest  *request,
             GError        **error)
{
  JsonObject *body = sm_exchange_get_object (exchange);

  if (!sm_asker_if_match (exchange, &request->if_rev, error))
    return FALSE;
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    if (json_object_has_member (body, sm_work_limits[i].name)
        && !sm_json_get_int (body, sm_work_limits[i].name, SM_JSON_REQUIRED,
                             sm_work_limits[i].least, sm_work_limits[i].most,
                             &request->changes.minutes[i], error))
      return FALSE;
  return TRUE;
}

/* Who may not is refused by the rules, which tell the audit. */
static void
patch_limits (SmExchange *exchange)
{
  g_autoptr (LimitsRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  if (parse_patch (exchange, request, &error) || !sm_actor_may (request->actor, "limit.change"))
    sm_exchange_run (exchange, change_limits, g_steal_pointer (&request), limits_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_work_limits_routes[] = {
  { "GET", SM_PATH_WORK_ORDER_LIMITS, "work_order.read", 0, get_limits },
  { "PATCH", SM_PATH_WORK_ORDER_LIMITS, NULL, SM_ROUTE_OBJECT, patch_limits },
  { NULL },
};
