/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-time.h"

G_BEGIN_DECLS

/** SmWorkSpan: from when to when something was so of a thing. */
typedef struct
{
  gint64 of; /* sm_work_span_of() */
  gint64 from;
  gint64 to;
} SmWorkSpan;

gint64 sm_work_span_of         (guint         noun,
                                gint64        id);
void   sm_work_spans_merge     (GArray       *spans);
double sm_work_spans_length    (const GArray *spans);
double sm_work_spans_length_of (const GArray *spans,
                                gint64        of);
double sm_work_spans_shared    (const GArray *spans,
                                const GArray *others);
guint  sm_work_spans_find      (const GArray *spans,
                                gint64        of);

G_END_DECLS
