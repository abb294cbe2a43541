/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "sm-fleet.h"

G_BEGIN_DECLS

/**
 * SmMapCamera:
 *
 * Where the map looks: fits boxes, moves, zooms.
 */
typedef struct
{
  ShumateMap *map;
  gboolean fit_waits; /* for the map to have a size */
  SmWorldPoint fit_low, fit_high;
} SmMapCamera;

void         sm_map_camera_set      (SmMapCamera  *self,
                                     double        latitude,
                                     double        longitude,
                                     double        zoom);
void         sm_map_camera_go_to    (SmMapCamera  *self,
                                     SmWorldPoint  at,
                                     double        zoom);
void         sm_map_camera_fit      (SmMapCamera  *self,
                                     SmWorldPoint  low,
                                     SmWorldPoint  high);
void         sm_map_camera_resized  (SmMapCamera  *self);
void         sm_map_camera_move_by  (SmMapCamera  *self,
                                     double        columns,
                                     double        rows);
void         sm_map_camera_zoom_by  (SmMapCamera  *self,
                                     double        by);
double       sm_map_camera_get_zoom (SmMapCamera  *self);
double       sm_map_camera_box_zoom (SmMapCamera  *self,
                                     SmWorldPoint  low,
                                     SmWorldPoint  high);
SmWorldPoint sm_map_box_middle      (SmWorldPoint  low,
                                     SmWorldPoint  high);
gboolean     sm_map_add_fleet_bounds (SmFleet     *fleet,
                                      SmWorldPoint *low,
                                      SmWorldPoint *high);

G_END_DECLS
