/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-exchange.h"

G_BEGIN_DECLS

struct _SmExchange
{
  grefcount ref_count;
  SmService *service;         /* NULL once it is over, like message */
  SoupServerMessage *message;
  char *peer;
  gboolean local;
  gint64 started_us;
  gsize body_bytes;

  SmRouteMatch match;
  char *token;
  SmActor *actor;
  guint ended; /* what sm_rules_get_ended_sessions() said when the actor was let in */
  GHashTable *query;
  JsonObject *object;
  GCancellable *cancellable;

  gboolean answered;
  gboolean paused;
  SmAnswer *answer; /* kept for the log and the records */
};

void sm_exchange_chunk_cb       (SoupServerMessage  *message,
                                 GBytes             *chunk,
                                 gpointer            user_data);
void sm_exchange_replace_header (SoupMessageHeaders *headers,
                                 const char         *name,
                                 const char         *value);

G_END_DECLS
