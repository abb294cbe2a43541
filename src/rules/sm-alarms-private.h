/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarms.h"
#include "sm-limits-private.h"

G_BEGIN_DECLS

gboolean sm_alarms_load_limits (SmRules  *rules,
                                GError  **error);
gboolean sm_alarms_raise_level (SmRules     *rules,
                                const char  *code,
                                int          level,
                                GError     **error);
gboolean sm_alarms_write_queue (SmRules  *rules,
                                GError  **error);
void     sm_alarm_describe     (SmRules            *rules,
                                const SmLimitEvent *event,
                                const SmRow        *source,
                                SmRow              *alarm);
gboolean sm_alarm_describe_past (SmRules     *rules,
                                SmRow       *alarm,
                                GError     **error);

G_END_DECLS
