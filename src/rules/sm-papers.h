/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-paper.h"
#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmPaperWish: What of a paper is to be as in @row. */
typedef struct
{
  SmRow *row;
  guint64 said; /* a bit for each of its fields */
} SmPaperWish;

/* Inspections, safety incidents, certificates, contacts, problems and complaints, in the writer's thread.
 * A problem is made by the service alone. */
SmRow *sm_papers_create (SmRules            *rules,
                         SmActor            *actor,
                         const char         *idempotency_key,
                         const SmPaperWish  *wish,
                         GError            **error);
SmRow *sm_papers_change (SmRules            *rules,
                         SmActor            *actor,
                         const char         *idempotency_key,
                         gint64              id,
                         gint64              if_seq,
                         const SmPaperWish  *wish,
                         SmRow             **out_current,
                         GError            **error);
SmRow *sm_papers_remove (SmRules            *rules,
                         SmActor            *actor,
                         const char         *idempotency_key,
                         SmNounId            noun,
                         gint64              id,
                         gint64              seen_seq,
                         SmRow             **out_current,
                         GError            **error);

G_END_DECLS
