/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-auth.h"
#include "sm-clock.h"
#include "sm-json-reader.h"

G_BEGIN_DECLS

/**
 * SmClient:
 *
 * Sends requests to one service and blocks until the answer's head is there;
 * its body is read as it comes.  Made, used and freed in one thread.  Every
 * request has a timeout, can be cancelled, follows no redirect, and its answer
 * is read up to a limit that counts what gzip has expanded.
 *
 * Errors are %SM_ERROR_OFFLINE (slugs "server-unreachable", "server-unknown",
 * "timed-out", "tls-failed", those of sm_trust_slug() and "ca-file-unreadable")
 * when there is no answer, %SM_ERROR_PROTOCOL when it is not of our contract, and the problem
 * of the service's answer for every status of 400 and above.
 */
typedef struct _SmClient SmClient;
typedef struct _SmResponse SmResponse;

typedef struct
{
  const char *method;
  const char *path;            /* with its query */
  const char *body;            /* (nullable): JSON; or else: */
  GBytes *bytes;               /* (nullable) */
  const char *type;            /* of @bytes: a media type */
  const char *idempotency_key; /* (nullable): of every write */
  gboolean anonymous;          /* sends no token */
  const char *if_match;        /* (nullable): the ETag of what a person saw */
  char **out_problem;          /* (nullable): the body of an answer of 400 and above */
} SmRequest;

/* The longest body of an answer that is read as a whole. */
#define SM_CLIENT_MAX_DOCUMENT (4 * 1024 * 1024)
/* The longest one that is read as it comes. */
#define SM_CLIENT_MAX_FEED (256 * 1024 * 1024)

SmClient     *sm_client_new            (const char       *server_url,
                                        SmAuth           *auth,
                                        SmClock          *network,
                                        guint             timeout_s,
                                        GError          **error);
void          sm_client_prepare        (void);
void          sm_client_free           (SmClient         *self);

SmResponse   *sm_client_send           (SmClient         *self,
                                        const SmRequest  *request,
                                        GCancellable     *cancellable,
                                        GError          **error);
guint         sm_response_get_status   (SmResponse       *self);
SmJsonReader *sm_response_read_feed    (SmResponse       *self);
char         *sm_response_dup_next     (SmResponse       *self);
char         *sm_response_read_document (SmResponse      *self,
                                        gsize            *out_length,
                                        GError          **error);
GBytes       *sm_response_read_bytes   (SmResponse       *self,
                                        gsize             most,
                                        GError          **error);
void          sm_response_free         (SmResponse       *self);

void          sm_client_blame_answer   (GError          **error);
gboolean      sm_client_parse_time     (const char       *header,
                                        gint64           *out_now_us,
                                        double           *out_rate);
char         *sm_client_parse_next     (const char       *header);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmClient, sm_client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmResponse, sm_response_free)

G_END_DECLS
