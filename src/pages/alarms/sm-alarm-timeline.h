/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmAlarmTimeline:
 *
 * What became of an alarm: each step with when, who and why, as the service keeps it;
 * without the service what the alarm itself says.
 */
#define SM_TYPE_ALARM_TIMELINE (sm_alarm_timeline_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmTimeline, sm_alarm_timeline, SM, ALARM_TIMELINE, GtkWidget)

GtkWidget *sm_alarm_timeline_new  (SmOps           *ops);
void       sm_alarm_timeline_show (SmAlarmTimeline *self,
                                   SmRow           *alarm);

G_END_DECLS
