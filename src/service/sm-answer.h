/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-json-writer.h"
#include "sm-gzipped.h"
#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmAnswer:
 *
 * What is to be said to a request, put together in whichever thread did the
 * work; the main loop only sends it.
 */
typedef struct
{
  guint status;
  GBytes *body;             /* (nullable) */
  SmGzipped *packed;         /* (nullable): of body, when others are given the same */
  const char *content_type; /* (static) */
  char *etag;               /* (nullable): as in the header, quotes and all */
  char *link;               /* (nullable): the next page */
  char *retry_after;        /* (nullable): seconds */
  const char *policy;       /* (nullable) (static): what a page may load */
} SmAnswer;

SmAnswer *sm_answer_new             (guint         status,
                                     GBytes       *body,
                                     const char   *content_type);
SmAnswer *sm_answer_new_json        (guint         status,
                                     SmJsonWriter *writer);
SmAnswer *sm_answer_new_state       (SmJsonWriter *writer,
                                     gint64        rev);
SmAnswer *sm_answer_new_row         (guint         status,
                                     const SmRow  *row);
SmAnswer *sm_answer_new_problem     (const GError *error,
                                     const SmRow  *current);
void      sm_answer_free            (SmAnswer     *self);

char     *sm_etag_format            (gint64        seq);
gboolean  sm_etag_parse             (const char   *text,
                                     gint64       *out_seq);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmAnswer, sm_answer_free)

G_END_DECLS
