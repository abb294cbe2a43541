/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"

G_BEGIN_DECLS

/* What the cache has of nouns that only grow: what was looked at last. */

/** SmCacheTerm: a field that has to have a value; text where text is given. */
typedef struct
{
  guint field;
  gint64 value;
  const char *text; /* (nullable) */
} SmCacheTerm;

/** SmCacheHistory: a page of a history, newest first. */
typedef struct
{
  const SmNoun *noun;
  const SmCacheTerm *terms;
  guint n_terms;
  gint64 from;      /* SM_UNKNOWN: any */
  gint64 to;        /* before; SM_UNKNOWN: any */
  gint64 before_at; /* the page begins behind this row; SM_UNKNOWN: with the newest */
  gint64 before_id;
  guint limit;
} SmCacheHistory;

guint      sm_cache_history_time (const SmNoun          *noun);
gboolean   sm_cache_history_range (SmConnection         *connection,
                                  const SmNoun          *noun,
                                  gint64                *out_from,
                                  gint64                *out_to);
GPtrArray *sm_cache_read_history (SmConnection          *connection,
                                  const SmCacheHistory  *query,
                                  GError               **error);

G_END_DECLS
