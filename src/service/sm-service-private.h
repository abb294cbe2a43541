/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sm-guard.h"
#include "sm-metrics.h"
#include "sm-polls.h"
#include "sm-scan-gate.h"
#include "sm-readiness.h"
#include "sm-rules.h"
#include "sm-service.h"
#include "sm-tls-files.h"

G_BEGIN_DECLS

struct _SmService
{
  SmRules *rules;
  SmServiceOptions options; /* filled in: no zeros */
  char *record_dir;         /* (nullable) */
  char *database;           /* (nullable) */
  char *tls_certificate;    /* (nullable) */
  char *tls_key;            /* (nullable) */
  guint n_recorded;
  GHashTable *recorded;     /* "GET /api 200" -> how many were recorded; main thread */
  SoupServer *server;
  SmTlsFiles *tls; /* (nullable): nothing is encrypted */
  SmGuard *guard;
  SmPolls *polls;
  SmScanGate *scan_gate;
  SmMetrics *metrics;
  SmReadiness *readiness;
  gint64 started_at;     /* real time, µs */
  guint64 n_packings; /* answers that were compressed */
  GHashTable *exchanges; /* set of SmExchange that are not over */
  gboolean loopback_only;
};

G_END_DECLS
