/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmDrivingPanel:
 *
 * The newest driving events: how somebody drives is no fault of equipment, and
 * has a stream of its own beside the faults.
 */
#define SM_TYPE_DRIVING_PANEL (sm_driving_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmDrivingPanel, sm_driving_panel, SM, DRIVING_PANEL, GtkWidget)

void sm_driving_panel_set_ops   (SmDrivingPanel *self,
                                 SmOps          *ops);
void sm_driving_panel_refresh   (SmDrivingPanel *self);
void sm_driving_panel_set_stale (SmDrivingPanel *self,
                                 gboolean        stale);

G_END_DECLS
