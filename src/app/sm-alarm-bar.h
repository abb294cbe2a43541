/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmAlarmBar:
 *
 * At the bottom of every page: the newest alarms that nobody has acknowledged,
 * how many are open by level, and what of this person still waits to be sent.
 * An alarm opens by the action "win.open-alarm" with its id.
 */
#define SM_TYPE_ALARM_BAR (sm_alarm_bar_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmBar, sm_alarm_bar, SM, ALARM_BAR, GtkWidget)

void sm_alarm_bar_set_ops     (SmAlarmBar *self,
                               SmOps      *ops);

G_END_DECLS
