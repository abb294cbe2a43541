/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-report.h"
#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* From memory, any thread. */
GArray    *sm_last_reports (SmRules      *rules);
GPtrArray *sm_last_rows    (SmRules      *rules,
                            const SmNoun *noun);

/* In the writer's thread. */
gboolean   sm_last_save    (SmRules      *rules,
                            GError      **error);

G_END_DECLS
