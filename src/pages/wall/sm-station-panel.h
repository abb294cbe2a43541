/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmStationPanel:
 *
 * One station: who and where it is, and what its connectors do.  A value
 * beyond a limit carries the sign of its alarm's level.
 */
#define SM_TYPE_STATION_PANEL (sm_station_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmStationPanel, sm_station_panel, SM, STATION_PANEL, GtkWidget)

void        sm_station_panel_set_ops   (SmStationPanel *self,
                                        SmOps          *ops);
void        sm_station_panel_open      (SmStationPanel *self,
                                        gint64          id);
void        sm_station_panel_set_stale (SmStationPanel *self,
                                        gboolean        stale);
void        sm_station_panel_set_is_wall (SmStationPanel *self,
                                          gboolean        is_wall);
void        sm_station_panel_refresh   (SmStationPanel *self);
const char *sm_station_panel_get_sn    (SmStationPanel *self);

gint64      sm_station_panel_get_id   (SmStationPanel *self);
GtkWidget  *sm_station_panel_edit     (SmStationPanel *self);

G_END_DECLS
