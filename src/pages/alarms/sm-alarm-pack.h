/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmAlarmPack:
 *
 * The pack that an alarm is about: its values now, how fast it warms against what is
 * asked of it, whether it is kept apart, and its sisters.  The action
 * alarms.quarantine has it kept apart, alarms.end-quarantine ends that.
 */
#define SM_TYPE_ALARM_PACK (sm_alarm_pack_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmPack, sm_alarm_pack, SM, ALARM_PACK, GtkWidget)

GtkWidget *sm_alarm_pack_new     (SmOps       *ops);
void       sm_alarm_pack_show    (SmAlarmPack *self,
                                  SmRow       *alarm);
void       sm_alarm_pack_refresh (SmAlarmPack *self);

G_END_DECLS
