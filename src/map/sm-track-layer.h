/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "sm-map-shapes.h"
#include "sm-track-point.h"
#include "sm-world.h"

G_BEGIN_DECLS

/**
 * SmTrackLayer:
 *
 * The way of one vehicle: a line, its start hollow, its end filled, and a gap
 * where nothing was reported for long.
 */
#define SM_TYPE_TRACK_LAYER (sm_track_layer_get_type ())
G_DECLARE_FINAL_TYPE (SmTrackLayer, sm_track_layer, SM, TRACK_LAYER, ShumateLayer)

SmTrackLayer *sm_track_layer_new        (ShumateViewport    *viewport);
void          sm_track_layer_set_pen    (SmTrackLayer       *self,
                                         SmMapPen           *pen);
void          sm_track_layer_set_points (SmTrackLayer       *self,
                                         const SmTrackPoint *points,
                                         guint               n);
gboolean      sm_track_layer_get_bounds (SmTrackLayer       *self,
                                         SmWorldPoint       *out_low,
                                         SmWorldPoint       *out_high);
guint         sm_track_layer_get_n_gaps (SmTrackLayer       *self);

G_END_DECLS
