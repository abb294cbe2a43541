/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmAlarmPanel:
 *
 * All that is known of the chosen alarm, and what can be done about it: the
 * alarm itself, the values around its moment, whom it keeps waiting, what became
 * of it, the like before it, and whom to call.  Of several chosen ones, how many
 * they are and what can be done to all of them.
 *
 * Its buttons run the page's actions.
 */
#define SM_TYPE_ALARM_PANEL (sm_alarm_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmPanel, sm_alarm_panel, SM, ALARM_PANEL, GtkWidget)

GtkWidget *sm_alarm_panel_new     (SmOps        *ops);
void       sm_alarm_panel_show    (SmAlarmPanel *self,
                                   GPtrArray    *items);
void       sm_alarm_panel_refresh (SmAlarmPanel *self);
void       sm_alarm_panel_focus   (SmAlarmPanel *self);
void       sm_alarm_panel_act     (SmAlarmPanel *self,
                                   const char   *action);

G_END_DECLS
