/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmAlarmAround:
 *
 * What is around an alarm and has to be asked for: the values of its thing about
 * that moment, the like that happened to it before and what ended them, whom to
 * call, the camera and the warranty.  Each part shows itself when it is there.
 */
#define SM_TYPE_ALARM_AROUND (sm_alarm_around_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmAround, sm_alarm_around, SM, ALARM_AROUND, GtkWidget)

GtkWidget *sm_alarm_around_new     (SmOps         *ops);
void       sm_alarm_around_show    (SmAlarmAround *self,
                                    SmRow         *alarm);
void       sm_alarm_around_refresh (SmAlarmAround *self);

G_END_DECLS
