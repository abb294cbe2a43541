/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmAlarmOrder:
 *
 * The work order of an alarm: which, how far it is and who has it, with the way to it; or
 * that there is none, and the way to open one.  Action alarms.work-order does whichever.
 */
#define SM_TYPE_ALARM_ORDER (sm_alarm_order_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmOrder, sm_alarm_order, SM, ALARM_ORDER, GtkWidget)

GtkWidget *sm_alarm_order_new     (SmOps        *ops);
void       sm_alarm_order_show    (SmAlarmOrder *self,
                                   SmRow        *alarm);
void       sm_alarm_order_refresh (SmAlarmOrder *self);

G_END_DECLS
