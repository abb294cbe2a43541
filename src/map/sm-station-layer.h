/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "sm-item.h"
#include "sm-map-thing.h"
#include "sm-map-shapes.h"
#include "sm-world.h"

G_BEGIN_DECLS

/**
 * SmStationLayer:
 *
 * The stations: drawn again only when one of them looks different or the zoom
 * changes.  Stations that would lie on each other are one glyph with a count.
 *
 * Signal "drawn-anew" (): other glyphs are shown at other places.
 */
#define SM_TYPE_STATION_LAYER (sm_station_layer_get_type ())
G_DECLARE_FINAL_TYPE (SmStationLayer, sm_station_layer, SM, STATION_LAYER, ShumateLayer)

SmStationLayer *sm_station_layer_new           (ShumateViewport *viewport);
void            sm_station_layer_set_stations  (SmStationLayer  *self,
                                                GListModel      *stations);
void            sm_station_layer_set_alarms    (SmStationLayer  *self,
                                                GListModel      *alarms);
void            sm_station_layer_set_pen       (SmStationLayer  *self,
                                                SmMapPen        *pen);
void            sm_station_layer_set_selected  (SmStationLayer  *self,
                                                gint64           id);
GPtrArray      *sm_station_layer_hit           (SmStationLayer  *self,
                                                double           x,
                                                double           y,
                                                double           radius);
void            sm_station_layer_get_obstacles (SmStationLayer  *self,
                                                GArray          *out_boxes);
void            sm_station_layer_get_counts    (SmStationLayer  *self,
                                                GArray          *out_boxes);
void            sm_station_layer_make_room     (SmStationLayer  *self,
                                                const GArray    *boxes);
void            sm_station_layer_add_visible   (SmStationLayer  *self,
                                                GArray          *things);
gboolean        sm_station_layer_get_bounds    (SmStationLayer  *self,
                                                SmWorldPoint    *out_low,
                                                SmWorldPoint    *out_high);
gboolean        sm_station_layer_is_settled    (SmStationLayer  *self);
guint           sm_station_layer_get_n_redraws (SmStationLayer  *self);

G_END_DECLS
