/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "sm-fleet.h"
#include "sm-map-shapes.h"
#include "sm-map-thing.h"

G_BEGIN_DECLS

/**
 * SmMapHit: what lies under a point of the map
 */
typedef struct
{
  gint64 id;          /* 0: a cluster */
  SmWorldPoint at;
  guint n;            /* of the cluster */
} SmMapHit;

/**
 * SmVehicleLayer:
 *
 * All vehicles of a fleet, straight from its arrays.  Far out they are
 * clusters, near by dots with heading; the worst faults always lie on top.
 * Between two reports they move ten times a second, and only then.
 *
 * Signal "drawn-anew" (): other glyphs are shown at other places.
 */
#define SM_TYPE_VEHICLE_LAYER (sm_vehicle_layer_get_type ())
G_DECLARE_FINAL_TYPE (SmVehicleLayer, sm_vehicle_layer, SM, VEHICLE_LAYER, ShumateLayer)

SmVehicleLayer        *sm_vehicle_layer_new           (ShumateViewport  *viewport);
void                   sm_vehicle_layer_set_fleet     (SmVehicleLayer   *self,
                                                       SmFleet          *fleet);
void                   sm_vehicle_layer_set_filter    (SmVehicleLayer   *self,
                                                       const guint8     *mask,
                                                       guint             n);
void                   sm_vehicle_layer_set_covers    (SmVehicleLayer   *self,
                                                       SmMapBoxes        covers,
                                                       gpointer          data);
void                   sm_vehicle_layer_set_ground    (SmVehicleLayer   *self,
                                                       cairo_surface_t  *ground);
void                   sm_vehicle_layer_set_pen       (SmVehicleLayer   *self,
                                                       SmMapPen         *pen);
void                   sm_vehicle_layer_set_selected  (SmVehicleLayer   *self,
                                                       gint64            id);
gboolean               sm_vehicle_layer_hit           (SmVehicleLayer   *self,
                                                       double            x,
                                                       double            y,
                                                       double            radius,
                                                       SmMapHit         *out_hit);
void                   sm_vehicle_layer_add_visible  (SmVehicleLayer   *self,
                                                       GArray           *things);
void                   sm_vehicle_layer_get_obstacles (SmVehicleLayer   *self,
                                                       GArray           *out_boxes);
gboolean               sm_vehicle_layer_is_moving     (SmVehicleLayer   *self);
guint                  sm_vehicle_layer_get_n_redraws (SmVehicleLayer   *self);
void                   sm_vehicle_layer_get_shown     (SmVehicleLayer   *self,
                                                       guint            *out_vehicles,
                                                       guint            *out_clusters,
                                                       guint            *out_clustered);

G_END_DECLS
