/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-transform.h"
#include "sm-row.h"
#include "sm-station-glyphs.h"

G_BEGIN_DECLS

/** SmStation: what the map knows of a station */
typedef struct
{
  SmRow *row;
  SmWorldPoint at;
  guint8 look;
  guint8 level;
  guint8 swap;
} SmStation;

/** SmStationSpot: one glyph: a station or several */
typedef struct
{
  SmWorldPoint at;
  SmStationGlyph glyph;
  guint first; /* in the order of stations by spot */
  guint side;  /* where its glyph stands, see sm_station_spots_place() */
  float dx, dy; /* pixels from its place; NAN: not shown */
} SmStationSpot;

void          sm_station_spots_find (const GArray         *stations,
                                     double                zoom,
                                     double                unit,
                                     GArray               *spots,
                                     GArray               *order);
gboolean      sm_station_spots_place (GArray                *spots,
                                      const SmMapTransform  *transform,
                                      float                  unit,
                                      const graphene_rect_t *boxes,
                                      guint                  n_boxes);
SmScreenPoint sm_station_spot_point (const SmMapTransform *transform,
                                     const SmStationSpot  *spot);

G_END_DECLS
