/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-bay-rack.h"
#include "sm-facts.h"
#include "sm-ops.h"
#include "sm-thing-list.h"

G_BEGIN_DECLS

/* What stands in a station, written into the lists of its panel.  Each
 * returns how much there is. */

guint sm_station_list_lanes      (SmThingList         *list,
                                  const SmStationView *view,
                                  SmOps               *ops);
guint sm_station_list_queue      (SmThingList         *list,
                                  const SmStationView *view,
                                  gboolean             inbound,
                                  SmOps               *ops);
guint sm_station_list_equipment  (SmThingList         *list,
                                  const SmStationView *view,
                                  SmOps               *ops);
guint sm_station_list_connectors (SmThingList         *list,
                                  const SmStationView *view,
                                  SmOps               *ops);
guint sm_station_fill_rack       (SmBayRack           *rack,
                                  const SmStationView *view,
                                  SmOps               *ops);

G_END_DECLS
