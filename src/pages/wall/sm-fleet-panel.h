/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmFleetPanel:
 *
 * What is below the faults while nothing is selected: how many swaps there
 * are, how charged and how hot the vehicles' packs are, and what drivers did.
 * What has no room leaves as a whole: the driving events first, the swaps last.
 */
#define SM_TYPE_FLEET_PANEL (sm_fleet_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmFleetPanel, sm_fleet_panel, SM, FLEET_PANEL, GtkWidget)

#define SM_CHARGE_BINS 6 /* the last is unknown */
#define SM_HEAT_BINS 5   /* likewise */

void sm_fleet_panel_set_ops      (SmFleetPanel           *self,
                                  SmOps                  *ops);
void sm_fleet_panel_set_stale    (SmFleetPanel           *self,
                                  gboolean                stale);
void sm_fleet_panel_refresh      (SmFleetPanel           *self);
void sm_fleet_panel_refresh_events
                                 (SmFleetPanel           *self);
void sm_fleet_panel_count        (SmFleetPanel           *self);
void sm_fleet_panel_count_charge (const SmVehicleColumns *columns,
                                  guint                   bins[SM_CHARGE_BINS]);
void sm_fleet_panel_count_heat   (const SmVehicleColumns *columns,
                                  guint                   bins[SM_HEAT_BINS]);

G_END_DECLS
