/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmBatteryPanel:
 *
 * One pack: where it is, how fit, whose; its values; how its spread and health
 * went over the last movements, and where these took it.
 */
#define SM_TYPE_BATTERY_PANEL (sm_battery_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmBatteryPanel, sm_battery_panel, SM, BATTERY_PANEL, GtkWidget)

void        sm_battery_panel_set_ops   (SmBatteryPanel *self,
                                        SmOps          *ops);
void        sm_battery_panel_open      (SmBatteryPanel *self,
                                        gint64          id);
void        sm_battery_panel_refresh   (SmBatteryPanel *self);
void        sm_battery_panel_set_stale (SmBatteryPanel *self,
                                        gboolean        stale);
const char *sm_battery_panel_get_sn    (SmBatteryPanel *self);

G_END_DECLS
