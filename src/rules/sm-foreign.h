/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-foreign-code.h"
#include "sm-ingest.h"

G_BEGIN_DECLS

/* In the writer's thread. */
gboolean sm_ingest_foreign (SmRules                *rules,
                            SmActor                *actor,
                            const SmForeignReport  *reports,
                            guint                   n_reports,
                            SmIngestResult         *out_result,
                            GError                **error);

G_END_DECLS
