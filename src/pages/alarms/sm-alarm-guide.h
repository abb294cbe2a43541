/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmAlarmGuide:
 *
 * What follows from a fault, what it mostly comes from, and what to do about it:
 * steps that are ticked, with who did and when.
 */
#define SM_TYPE_ALARM_GUIDE (sm_alarm_guide_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmGuide, sm_alarm_guide, SM, ALARM_GUIDE, GtkWidget)

GtkWidget *sm_alarm_guide_new  (SmOps        *ops);
void       sm_alarm_guide_show (SmAlarmGuide *self,
                                SmRow        *alarm);
void       sm_alarm_guide_refresh (SmAlarmGuide *self);

G_END_DECLS
