/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ingest.h"
#include "sm-time.h"

G_BEGIN_DECLS

/* A device's clock may be that much ahead of ours. */
#define SM_INGEST_AHEAD (5 * SM_MINUTE)

void sm_ingest_reject        (SmIngestResult *result,
                              guint           index,
                              const char     *slug);
void sm_ingest_write_alarms  (SmRules *rules);

G_END_DECLS
