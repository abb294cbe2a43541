/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-layers.h"

G_BEGIN_DECLS

/* The ground: what lies under the vehicles and rests while they move (tiles,
 * service points, track, stations) as one opaque picture.  Vehicles are drawn
 * onto copies of it, so that a frame blends each pixel once instead of three
 * times; GTK's cairo renderer blends by way of a copy, which makes that dear.
 * While the map is moved there is no ground, and the layers draw themselves. */

gboolean sm_map_ground_make     (SmMapLayers *self, const SmMapStyle *style);
gboolean sm_map_ground_is_begun (SmMapLayers *self);
void     sm_map_ground_drop     (SmMapLayers *self);

G_END_DECLS
