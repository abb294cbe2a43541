/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmVehiclePanel:
 *
 * One vehicle: plate, charge, speed, temperature, what it does, whose it is,
 * when it was heard last, and its open alarms.
 */
#define SM_TYPE_VEHICLE_PANEL (sm_vehicle_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmVehiclePanel, sm_vehicle_panel, SM, VEHICLE_PANEL, GtkWidget)

void        sm_vehicle_panel_set_ops   (SmVehiclePanel *self,
                                        SmOps          *ops);
void        sm_vehicle_panel_open      (SmVehiclePanel *self,
                                        gint64          id);
void        sm_vehicle_panel_set_stale (SmVehiclePanel *self,
                                        gboolean        stale);
void        sm_vehicle_panel_refresh   (SmVehiclePanel *self);
const char *sm_vehicle_panel_get_plate (SmVehiclePanel *self);

G_END_DECLS
