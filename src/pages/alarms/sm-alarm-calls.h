/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmAlarmCalls:
 *
 * Whom to call about an alarm, one after the other, and what came of it.  What is said
 * here is a call of the alarm, with time and person: it waits in the outbox where
 * there is no service, and every desk reads it.
 */
#define SM_TYPE_ALARM_CALLS (sm_alarm_calls_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmCalls, sm_alarm_calls, SM, ALARM_CALLS, GtkWidget)

GtkWidget *sm_alarm_calls_new   (SmOps        *ops);
void       sm_alarm_calls_clear (SmAlarmCalls *self);
void       sm_alarm_calls_add   (SmAlarmCalls *self,
                                 const char   *who,
                                 const char   *number);
void       sm_alarm_calls_show  (SmAlarmCalls *self,
                                 SmRow        *alarm);

G_END_DECLS
