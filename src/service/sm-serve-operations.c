/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include <glib/gstdio.h>

#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-service-private.h"

static SmAnswer *
status_answer (const char *status)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "status");
  sm_json_writer_text (writer, status);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

/* Alive is who answers. */
static void
get_health (SmExchange *exchange)
{
  sm_exchange_answer (exchange, status_answer ("ok"));
}

static void
get_ready (SmExchange *exchange)
{
  sm_readiness_ask (sm_exchange_get_service (exchange)->readiness, exchange);
}

/* Whoever scrapes from this machine needs no token, nobody else is let in. */
static gboolean
may_scrape (SmExchange *exchange)
{
  g_autoptr (GError) error = NULL;

  if (sm_exchange_is_local (exchange))
    return TRUE;
  sm_set_error (&error, SM_ERROR_DENIED, "metrics-not-here",
                "The figures are only for this machine itself");
  sm_exchange_fail (exchange, error);
  return FALSE;
}

static double
bytes_of (const char *path,
          const char *suffix)
{
  g_autofree char *file = g_strconcat (path, suffix, NULL);
  GStatBuf about;

  return g_stat (file, &about) == 0 ? (double) about.st_size : 0;
}

static void
write_process (SmService *service,
               GString   *text)
{
  sm_metrics_gauge (text, "process_start_time_seconds", "When the service was started.",
                    (double) service->started_at / G_USEC_PER_SEC);
  if (service->database != NULL)
    sm_metrics_gauge (text, "stationmaster_database_bytes", "Size of the database with its log.",
                      bytes_of (service->database, "") + bytes_of (service->database, "-wal"));
  if (service->tls != NULL)
    sm_metrics_gauge (text, "stationmaster_certificate_expiry_seconds",
                      "Until when the certificate is valid, since 1970.",
                      (double) sm_tls_files_get_expiry (service->tls) / G_USEC_PER_SEC);
}

static void
write_load (SmService *service,
            GString   *text)
{
  sm_metrics_gauge (text, "stationmaster_connections", "Connections open.",
                    sm_guard_get_open (service->guard));
  sm_metrics_gauge (text, "stationmaster_connections_cut",
                    "Connections ended for being slow, silent or too many.",
                    (double) sm_guard_get_cut (service->guard));
  sm_metrics_gauge (text, "stationmaster_polls", "Requests that wait for something new.",
                    sm_polls_get_open (service->polls));
  sm_metrics_gauge (text, "stationmaster_feed_readings",
                    "Answers to polls that were read and encoded, each for all who wait for it.",
                    (double) sm_polls_get_readings (service->polls));
  sm_metrics_gauge (text, "stationmaster_packings", "Answers that were compressed.",
                    (double) service->n_packings);
  sm_metrics_gauge (text, "stationmaster_seq", "Number of the last change.",
                    (double) sm_rules_get_seq (service->rules));
  sm_metrics_gauge (text, "stationmaster_live_tick", "Last tick of the live values.",
                    (double) sm_rules_get_tick (service->rules));
}

static void
get_metrics (SmExchange *exchange)
{
  SmService *service = sm_exchange_get_service (exchange);
  g_autoptr (GString) text = NULL;

  if (!may_scrape (exchange))
    return;
  text = g_string_new (NULL);
  sm_metrics_write (service->metrics, text);
  write_load (service, text);
  sm_readiness_write (service->readiness, text);
  write_process (service, text);
  sm_exchange_answer (exchange,
                      sm_answer_new (200, g_string_free_to_bytes (g_steal_pointer (&text)),
                                     "text/plain; version=0.0.4; charset=utf-8"));
}

const SmRoute sm_operations_routes[] = {
  { "GET", SM_PATH_HEALTHZ, NULL, SM_ROUTE_PUBLIC, get_health },
  { "GET", SM_PATH_READYZ, NULL, SM_ROUTE_PUBLIC, get_ready },
  { "GET", "/metrics", NULL, SM_ROUTE_PUBLIC, get_metrics },
  { NULL },
};
