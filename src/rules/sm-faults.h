/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ingest.h"

G_BEGIN_DECLS

/* In the writer's thread. */
gboolean sm_ingest_faults (SmRules             *rules,
                           SmActor             *actor,
                           const SmFaultReport *faults,
                           guint                n_faults,
                           SmIngestResult      *out_result,
                           GError             **error);

gboolean sm_faults_may_say (SmRules             *rules,
                           const SmActor       *actor,
                           SmNounId             noun,
                           gint64               id,
                           gboolean            *out_found,
                           GError             **error);

G_END_DECLS
