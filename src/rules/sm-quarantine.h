/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* In the writer's thread. */
SmRow  *sm_quarantine_set      (SmRules     *rules,
                                SmActor     *actor,
                                const char  *idempotency_key,
                                gint64       battery_id,
                                gboolean     is_apart,
                                const char  *reason,
                                GError     **error);
GArray *sm_quarantine_list     (SmRules     *rules);

/* Any thread. */
int     sm_quarantine_get_rev  (SmRules     *rules);

G_END_DECLS
