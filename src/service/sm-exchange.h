/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "sm-answer.h"
#include "sm-router.h"
#include "sm-rules.h"
#include "sm-service.h"

G_BEGIN_DECLS

/**
 * SmExchange:
 *
 * One request and its one answer: what handlers are given.  A handler answers
 * at once, or keeps a reference and answers later, from the main loop; the
 * asker may be gone by then, which is nothing it has to care about.  Reference
 * counted, main thread only.
 */
SmExchange    *sm_exchange_new           (SmService          *service,
                                          SoupServerMessage  *message);
SmExchange    *sm_exchange_of            (SoupServerMessage  *message);
SmExchange    *sm_exchange_ref           (SmExchange         *self);
void           sm_exchange_unref         (SmExchange         *self);

/* What was asked. */
SmService     *sm_exchange_get_service   (SmExchange         *self);
SmRules       *sm_exchange_get_rules     (SmExchange         *self);
SmActor       *sm_exchange_get_actor     (SmExchange         *self);
const char    *sm_exchange_get_token     (SmExchange         *self);
const char    *sm_exchange_get_peer      (SmExchange         *self);
gboolean       sm_exchange_is_local      (SmExchange         *self);
gboolean       sm_exchange_is_head       (SmExchange         *self);
const char    *sm_exchange_get_param     (SmExchange         *self,
                                          guint               index);
gboolean       sm_exchange_get_id        (SmExchange         *self,
                                          guint               index,
                                          gint64             *out_id,
                                          GError            **error);
GHashTable    *sm_exchange_get_query     (SmExchange         *self);
const char    *sm_exchange_get_query_text (SmExchange        *self,
                                          const char         *name);
gboolean       sm_exchange_get_query_int (SmExchange         *self,
                                          const char         *name,
                                          gint64              min,
                                          gint64              max,
                                          gint64              otherwise,
                                          gint64             *out_value,
                                          GError            **error);
char          *sm_exchange_dup_base      (SmExchange         *self);
const char    *sm_exchange_get_header    (SmExchange         *self,
                                          const char         *name);
JsonObject    *sm_exchange_get_object    (SmExchange         *self);
GBytes        *sm_exchange_dup_body      (SmExchange         *self);
GPtrArray     *sm_exchange_dup_pieces    (SmExchange         *self);

/* What is answered. */
void           sm_exchange_answer        (SmExchange         *self,
                                          SmAnswer           *answer);
void           sm_exchange_fail          (SmExchange         *self,
                                          const GError       *error);
void           sm_exchange_read          (SmExchange         *self,
                                          SmReadFunc          func,
                                          gpointer            data,
                                          GDestroyNotify      data_free);
void           sm_exchange_read_long     (SmExchange         *self,
                                          SmReadFunc          func,
                                          gpointer            data,
                                          GDestroyNotify      data_free);
void           sm_exchange_run           (SmExchange         *self,
                                          SmRulesFunc         func,
                                          gpointer            data,
                                          GDestroyNotify      data_free);
gboolean       sm_exchange_is_gone       (SmExchange         *self);
gboolean       sm_exchange_still_may     (SmExchange         *self,
                                          GError            **error);

/* For the service itself. */
void           sm_exchange_headers_here  (SmExchange         *self,
                                          const char         *path,
                                          GHashTable         *query);
void           sm_exchange_body_here     (SmExchange         *self);
void           sm_exchange_over          (SmExchange         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmExchange, sm_exchange_unref)

G_END_DECLS
