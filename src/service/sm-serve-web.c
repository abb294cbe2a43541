/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-service-resources.h"

#include <string.h>

/*
 * The pages for phones: what a scanned label opens, and the engineer's own.
 * They are static; what is in them comes through the same contract as for
 * everybody else.  They lie in the program, so no path leads to a disk.
 */

#define RESOURCES "/io/github/stationmaster/service/"
/* Nothing from elsewhere, nothing inline, in nobody's frame. */
#define POLICY                                                                                     \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "                \
  "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "                  \
  "form-action 'none'; frame-ancestors 'none'"

static const struct
{
  const char *ending;
  const char *content_type;
} types[] = {
  { ".html", "text/html; charset=utf-8" },
  { ".css", "text/css; charset=utf-8" },
  { ".js", "text/javascript; charset=utf-8" },
  { ".json", SM_CONTENT_TYPE_JSON },
  { ".svg", "image/svg+xml" },
  { ".webmanifest", "application/manifest+json" },
};

static const char *
type_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (name, types[i].ending))
      return types[i].content_type;
  return NULL;
}

static void
serve (SmExchange *exchange,
       const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  const char *type = strchr (name, '/') == NULL ? type_of (name) : NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = NULL;
  SmAnswer *answer;

  sm_service_get_resource (); /* links them in; why it is not asked itself, see sm-schema.c */
  if (type != NULL)
    bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL)
    {
      sm_set_error (&error, SM_ERROR_NOT_FOUND, "route-unknown", "There is nothing at this path");
      sm_exchange_fail (exchange, error);
      return;
    }
  answer = sm_answer_new (200, bytes, type);
  answer->policy = POLICY;
  sm_exchange_answer (exchange, answer);
}

static void
get_file (SmExchange *exchange)
{
  serve (exchange, sm_exchange_get_param (exchange, 0));
}

static void
get_report (SmExchange *exchange)
{
  serve (exchange, "report.html");
}

static void
get_engineer (SmExchange *exchange)
{
  serve (exchange, "engineer.html");
}

/* Under the page's own path, so that it may stand in for the network there. */
static void
get_worker (SmExchange *exchange)
{
  serve (exchange, "worker.js");
}

const SmRoute sm_web_routes[] = {
  { "GET", SM_PATH_ENGINEER, NULL, SM_ROUTE_PUBLIC, get_engineer },
  { "GET", SM_PATH_ENGINEER "worker.js", NULL, SM_ROUTE_PUBLIC, get_worker },
  { "GET", SM_PATH_SCAN_PAGE "/{code}", NULL, SM_ROUTE_PUBLIC, get_report },
  { "GET", SM_PATH_PROGRESS_PAGE "/{token}", NULL, SM_ROUTE_PUBLIC, get_report },
  { "GET", SM_PATH_WEB "/{file}", NULL, SM_ROUTE_PUBLIC, get_file },
  { NULL },
};
