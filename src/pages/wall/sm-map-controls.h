/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-filter.h"

G_BEGIN_DECLS

/* What lies over the map to work with it. */

SmMapFilter *sm_map_controls_add (SmMapView  *map,
                                  SmOps      *ops,
                                  GtkOverlay *overlay,
                                  GtkBox     *tools);

G_END_DECLS
