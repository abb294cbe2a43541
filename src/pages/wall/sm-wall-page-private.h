/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-battery-panel.h"
#include "sm-columns.h"
#include "sm-faults-panel.h"
#include "sm-figures-panel.h"
#include "sm-find-popover.h"
#include "sm-fleet-panel.h"
#include "sm-load-panel.h"
#include "sm-shown-alarms.h"
#include "sm-staff-panel.h"
#include "sm-station-panel.h"
#include "sm-status-banner.h"
#include "sm-ticker.h"
#include "sm-vehicle-panel.h"
#include "sm-wanted-thing.h"
#include "sm-wall-page.h"

G_BEGIN_DECLS

struct _SmWallPage
{
  SmPage parent_instance;

  SmStatusBanner *connection_banner;
  SmStatusBanner *storage_banner;
  SmStatusBanner *link_banner;
  SmColumns *columns;
  SmFiguresPanel *figures;
  SmLoadPanel *load;
  GtkWidget *map_overlay;
  GtkWidget *map_tools;
  GtkWidget *find_button;
  SmFindPopover *find_popover;
  GtkStack *hint_stack;
  SmFaultsPanel *faults;
  GtkStack *panel_stack;
  SmFleetPanel *fleet_panel;
  SmStationPanel *station_panel;
  SmVehiclePanel *vehicle_panel;
  SmBatteryPanel *battery_panel;
  SmStaffPanel *staff_panel; /* of engineers and service points */

  SmMapView *map;
  SmMapFilter *filter; /* of the map */
  SmOps *ops;
  SmTicker *ticker; /* while mapped */
  guint show_source; /* figures that came and are not shown yet */
  guint freshness_source; /* likewise, that it is live or not any more */
  gboolean is_wall;
  gboolean is_position_kept;
  gboolean has_fitted;
  SmNounId sought_noun; /* opened by name, and not on the map yet */
  gint64 sought_id;
  gboolean shows_track; /* the map is to hold the way of the vehicle that was opened */
  guint counted;         /* stations, piles, connectors, vehicles: that they stand still */
  gint64 counted_at;     /* since when, monotonic */
  GtkFilterListModel *shown; /* alarms that colour the map */
  SmWantedThing *wanted; /* by a deep link, and not loaded yet */
  gboolean has_jumped;    /* to an alarm, by itself, from: */
  double jumped_from[3];  /* latitude, longitude, zoom */
};

void sm_wall_page_go_there            (SmWallPage     *self,
                                       SmNounId        noun,
                                       gint64          id);
void sm_wall_page_show_hint           (SmWallPage     *self);
void sm_wall_page_show_freshness      (SmWallPage     *self);
void sm_wall_page_show_freshness_soon (SmWallPage     *self);
void sm_wall_actions_install          (GtkWidgetClass *widget_class);
void sm_wall_actions_add_shortcuts    (SmWallPage     *self);

G_END_DECLS
