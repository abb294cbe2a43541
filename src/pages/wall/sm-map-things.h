/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-view.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/* Service points, engineers and the way of a vehicle on the map. */

void       sm_map_things_show       (SmMapView *map,
                                     SmOps     *ops);
void       sm_map_things_show_track (SmMapView *map,
                                     const SmTelemetry *track);
GtkWidget *sm_map_things_new_toggle (SmMapView *map);
gboolean   sm_map_things_find       (SmOps     *ops,
                                     SmNounId   noun,
                                     gint64     id,
                                     double    *out_latitude,
                                     double    *out_longitude);

G_END_DECLS
