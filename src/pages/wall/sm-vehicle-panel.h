/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-view.h"
#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmVehiclePanel:
 *
 * One vehicle: charge and range, what it does and for whom, its pack with the
 * extremes of its cells and probes, the packs it can reach, its last swaps and
 * its open alarms.  A wall never shows who drives it.
 *
 * Signal "track" (): there is another way of today, see
 * sm_vehicle_panel_get_track().
 */
#define SM_TYPE_VEHICLE_PANEL (sm_vehicle_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmVehiclePanel, sm_vehicle_panel, SM, VEHICLE_PANEL, GtkWidget)

void               sm_vehicle_panel_set_ops     (SmVehiclePanel *self,
                                                 SmOps          *ops);
void               sm_vehicle_panel_set_map     (SmVehiclePanel *self,
                                                 SmMapView      *map);
void               sm_vehicle_panel_set_is_wall (SmVehiclePanel *self,
                                                 gboolean        is_wall);
void               sm_vehicle_panel_open        (SmVehiclePanel *self,
                                                 gint64          id);
void               sm_vehicle_panel_set_stale   (SmVehiclePanel *self,
                                                 gboolean        stale);
void               sm_vehicle_panel_refresh     (SmVehiclePanel *self);
const char        *sm_vehicle_panel_get_plate   (SmVehiclePanel *self);
const SmTelemetry *sm_vehicle_panel_get_track   (SmVehiclePanel *self);

G_END_DECLS
