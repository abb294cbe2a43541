/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmAlarmCallList:
 *
 * Whom to call about an alarm, one after the other, and what came of it.  What is said
 * here is a call of the alarm, with time and person: it waits in the outbox where
 * there is no service, and every desk reads it.
 */
#define SM_TYPE_ALARM_CALL_LIST (sm_alarm_call_list_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmCallList, sm_alarm_call_list, SM, ALARM_CALL_LIST, GtkWidget)

GtkWidget *sm_alarm_call_list_new   (SmOps        *ops);
void       sm_alarm_call_list_clear (SmAlarmCallList *self);
void       sm_alarm_call_list_add   (SmAlarmCallList *self,
                                 const char   *who,
                                 const char   *number);
void       sm_alarm_call_list_show  (SmAlarmCallList *self,
                                 SmRow        *alarm);

G_END_DECLS
