/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"
#include "sm-work-limits.h"

G_BEGIN_DECLS

/* In a reader's thread. */
gboolean sm_work_limits_get    (SmReader            *reader,
                                SmWorkLimits        *out_limits,
                                GError             **error);
/* In the writer's. */
gboolean sm_work_limits_change (SmRules             *rules,
                                SmActor             *actor,
                                gint64               if_rev,
                                const SmWorkLimits  *changes,
                                SmWorkLimits        *out_limits,
                                GError             **error);
gboolean sm_work_limits_load   (SmRules             *rules,
                                SmWorkLimits        *out_limits,
                                GError             **error);
gint64   sm_work_limits_find   (SmRules             *rules,
                                const SmRow         *order,
                                SmWorkLimitClock     clock);

G_END_DECLS
