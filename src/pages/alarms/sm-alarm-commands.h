/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmAlarmCommands:
 *
 * What may be done from afar about one alarm, what must not be and why, and what
 * became of what was asked.  The action alarms.command asks for one.
 */
#define SM_TYPE_ALARM_COMMANDS (sm_alarm_commands_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmCommands, sm_alarm_commands, SM, ALARM_COMMANDS, GtkWidget)

GtkWidget *sm_alarm_commands_new     (SmOps           *ops);
void       sm_alarm_commands_show    (SmAlarmCommands *self,
                                      SmRow           *alarm);
void       sm_alarm_commands_refresh (SmAlarmCommands *self);

G_END_DECLS
