/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SmRules SmRules;

/**
 * SmServiceOptions:
 *
 * What a service may be told beside its rules.  Zero and NULL everywhere are
 * what a network runs; tests shorten the deadlines.
 */
typedef struct
{
  guint request_ms;      /* a request has arrived whole by then, or the socket is shut; 10 s */
  guint idle_ms;         /* a connection without a request, or one that takes none of our
                          * answer, lives this long; 30 s */
  guint max_connections; /* more are turned away at once; 2,048 */
  gsize max_body;        /* bytes of a request body; 1 MiB */
  gsize max_ingest;      /* the same for /ingest; 32 MiB */
  const char *record_dir; /* for tests: every exchange becomes a file here; $SM_RECORD_DIR */
  gboolean quiet;        /* no access log */
  gboolean packs_locally; /* for tests: compresses for this machine too */
  const char *database;  /* (nullable): whose size is told */
  guint silence_ms;      /* a network that says nothing for so long is not ready; 2 minutes */
  const char *public_url; /* (nullable): under which people find it, for labels and messages */
  const char *tls_certificate; /* (nullable): PEM files; then only TLS is spoken */
  const char *tls_key;
  guint tls_look_ms;     /* how often it is looked whether they were renewed; 5 s */
} SmServiceOptions;

/**
 * SmService:
 *
 * The REST contract over HTTP: data/openapi.json says what it speaks.  Runs in
 * the default main context and never blocks it: every verb of the rules
 * and every encoding of many rows happens in the rules' threads.
 */
typedef struct _SmService SmService;

SmService *sm_service_new    (SmRules                 *rules,
                              const SmServiceOptions  *options);
void       sm_service_free   (SmService               *self);
gboolean   sm_service_listen (SmService               *self,
                              const char              *address,
                              gboolean                 allow_plain,
                              char                   **out_url,
                              GError                 **error);
void       sm_service_reload (SmService               *self);
void       sm_service_stop   (SmService               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmService, sm_service_free)

G_END_DECLS
