/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include <math.h>

#include "sm-asker.h"
#include "sm-carbon.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-stats-codec.h"

#define MIN_FACTOR 0.0001
#define MAX_FACTOR 1000

typedef struct
{
  SmActor *actor;
  gint64 if_rev;
  SmCarbonFactors changes; /* NAN: stays */
} CarbonRequest;

static void
carbon_request_free (gpointer data)
{
  CarbonRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CarbonRequest, carbon_request_free)

static CarbonRequest *
request_new (SmExchange *exchange)
{
  CarbonRequest *request = g_new0 (CarbonRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->changes = (SmCarbonFactors){ NAN, NAN, NAN, NAN };
  return request;
}

static SmAnswer *
answer_new (const SmCarbonFactors *factors,
            gint64                 rev)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_carbon_write (writer, factors);
  return sm_answer_new_state (writer, rev);
}

static gpointer
read_carbon (SmReader      *reader,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SmCarbonFactors factors;
  gint64 rev;

  return sm_carbon_read (reader, &factors, &rev, error) ? answer_new (&factors, rev) : NULL;
}

static void
get_carbon (SmExchange *exchange)
{
  sm_exchange_read (exchange, read_carbon, request_new (exchange), carbon_request_free);
}

static gpointer
change_carbon (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const CarbonRequest *request = data;
  SmCarbonFactors factors;
  gint64 rev;

  return sm_carbon_change (rules, request->actor, request->if_rev, &request->changes, &factors,
                           &rev, error)
             ? answer_new (&factors, rev)
             : NULL;
}

static gboolean
take_factor (JsonObject  *body,
             const char  *name,
             double      *factor,
             GError     **error)
{
  return !json_object_has_member (body, name)
         || sm_json_get_real (body, name, SM_JSON_REQUIRED, MIN_FACTOR, MAX_FACTOR, factor, error);
}

static gboolean
parse_patch (SmExchange     *exchange,
             CarbonRequest  *request,
             GError        **error)
{
  JsonObject *body = sm_exchange_get_object (exchange);
  SmCarbonFactors *changes = &request->changes;

  return sm_asker_if_match (exchange, &request->if_rev, error)
         && take_factor (body, "diesel_l_per_100km", &changes->diesel_l_per_100km, error)
         && take_factor (body, "diesel_kg_per_l", &changes->diesel_kg_per_l, error)
         && take_factor (body, "truck_kwh_per_km", &changes->truck_kwh_per_km, error)
         && take_factor (body, "grid_kg_per_kwh", &changes->grid_kg_per_kwh, error);
}

/* Who may not is refused by the rules, which tell the audit. */
static void
patch_carbon (SmExchange *exchange)
{
  g_autoptr (CarbonRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  if (parse_patch (exchange, request, &error) || !sm_actor_may (request->actor, "carbon.change"))
    sm_exchange_run (exchange, change_carbon, g_steal_pointer (&request), carbon_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_carbon_routes[] = {
  { "GET", SM_PATH_CARBON, "order.read", 0, get_carbon },
  { "PATCH", SM_PATH_CARBON, NULL, SM_ROUTE_OBJECT, patch_carbon },
  { NULL },
};
