/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Whether a request may be looked at at all: its framing, host and query. */
gboolean  sm_request_check_framing (SoupMessageHeaders  *headers,
                                    GError             **error);
gboolean  sm_request_check_host    (SoupMessageHeaders  *headers,
                                    GUri                *uri,
                                    gboolean             loopback_only,
                                    GError             **error);
gboolean  sm_request_check_query   (const char          *raw_query,
                                    GHashTable          *query,
                                    GError             **error);
gboolean  sm_request_check_key     (const char          *key,
                                    GError             **error);
char     *sm_request_dup_token     (SoupMessageHeaders  *headers);
gboolean  sm_request_wants_gzip    (SoupMessageHeaders  *headers);

G_END_DECLS
