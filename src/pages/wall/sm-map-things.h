/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-view.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/* Service points and engineers on the map, from the directory. */

void       sm_map_things_show       (SmMapView *map,
                                     SmOps     *ops);
GtkWidget *sm_map_things_new_toggle (SmMapView *map);

G_END_DECLS
