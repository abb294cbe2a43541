/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"
#include "sm-work-limits.h"

G_BEGIN_DECLS

/* Why the service itself called one off. */
#define SM_WORK_ORDER_SERVICE_CANCELS "over-by-itself"

gboolean sm_work_order_alarm_is_active (const SmRow       *alarm);
gboolean sm_work_order_put             (SmRules           *rules,
                                        SmRow             *order,
                                        const SmRow       *before,
                                        SmWorkOrderEvent   event,
                                        const char        *text,
                                        gint64             reference,
                                        GError           **error);
gboolean sm_work_order_pass_time       (SmRules           *rules,
                                        const SmRow       *order,
                                        const SmWorkLimits *limits,
                                        gboolean           reads,
                                        GError           **error);

G_END_DECLS
