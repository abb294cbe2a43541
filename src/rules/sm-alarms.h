/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* In the writer's thread. */
SmRow    *sm_alarms_acknowledge (SmRules     *rules,
                                 SmActor     *actor,
                                 const char  *idempotency_key,
                                 gint64       alarm_id,
                                 gint64       seen_level,
                                 gint64       seen_count,
                                 const char  *note,
                                 SmRow      **out_current,
                                 GError     **error);

G_END_DECLS
