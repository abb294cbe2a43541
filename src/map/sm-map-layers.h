/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-basemap-source.h"
#include "sm-job-layer.h"
#include "sm-label-layer.h"
#include "sm-place-layer.h"
#include "sm-station-layer.h"
#include "sm-track-layer.h"
#include "sm-vehicle-layer.h"

G_BEGIN_DECLS

/** SmMapStyle: how everything on the map is to look */
typedef struct
{
  const char *language;
  gboolean dark;
  gboolean stale;
  gboolean show_borders;
} SmMapStyle;

/**
 * SmMapLayers:
 *
 * What lies on the map, from the base up: tiles, service points, a track,
 * stations, engineers, vehicles, jobs, names.
 * The map owns the layers.
 */
typedef struct
{
  ShumateMap *map;
  SmBasemap *basemap; /* NULL: none (yet) */
  SmBasemapSource *source;
  SmTileFetch *fetch;     /* NULL: the built-in map */
  ShumateMapLayer *base;
  SmPlaceLayer *service_points;
  SmTrackLayer *track;
  SmStationLayer *stations;
  SmVehicleLayer *vehicles;
  SmPlaceLayer *engineers;
  SmJobLayer *jobs;
  SmLabelLayer *labels;
  SmMapPen *pen;
  gboolean has_ground; /* see sm-map-ground.h */
  GskRenderNode *ground_node; /* while the ground is being drawn, band by band */
  cairo_surface_t *ground;    /* is drawn on then, and kept for the next */
  int ground_line;
} SmMapLayers;

void sm_map_layers_init        (SmMapLayers      *self,
                                ShumateMap       *map,
                                const SmMapStyle *style);
void sm_map_layers_clear       (SmMapLayers      *self);
void sm_map_layers_set_basemap (SmMapLayers      *self,
                                SmBasemap        *basemap,
                                const SmMapStyle *style);
void sm_map_layers_renew_base  (SmMapLayers      *self,
                                const SmMapStyle *style);
void sm_map_layers_renew_pen   (SmMapLayers      *self,
                                const SmMapStyle *style);
gboolean sm_map_layers_check_font (SmMapLayers      *self,
                                   const SmMapStyle *style);
void sm_map_layers_append_ground  (SmMapLayers      *self,
                                   GtkSnapshot      *snapshot,
                                   const SmMapStyle *style);

G_END_DECLS
