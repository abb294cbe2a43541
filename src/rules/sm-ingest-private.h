/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ingest.h"
#include "sm-time.h"

G_BEGIN_DECLS

/* A device's clock may be that much ahead of ours. */
#define SM_INGEST_AHEAD (5 * SM_MINUTE)

/* When something was said, by our clock where the sender's is wrong: a moment
 * that is still to come would make all that follows look late. */
static inline gint64
sm_ingest_time (gint64 said_at,
                gint64 now)
{
  return said_at > now + SM_INGEST_AHEAD ? now : said_at;
}

void sm_ingest_reject        (SmIngestResult *result,
                              guint           index,
                              const char     *slug);
void sm_ingest_write_alarms  (SmRules *rules);

G_END_DECLS
