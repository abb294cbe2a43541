/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-shapes.h"

G_BEGIN_DECLS

/* What a station looks like, worse ones later. */
typedef enum
{
  SM_STATION_LOOK_OPEN,
  SM_STATION_LOOK_CLOSED,  /* paused, not yet or no longer in operation */
  SM_STATION_LOOK_DEGRADED, /* serves, but not all it could: half filled */
  SM_STATION_LOOK_UNKNOWN, /* no live values: hollow */
  SM_STATION_LOOK_OFFLINE, /* silent: hollow and struck through */
  SM_STATION_LOOK_OUT,     /* does not serve though it should: crossed out */
  SM_N_STATION_LOOKS
} SmStationLook;

/** SmStationGlyph: what a station, or several as one, is drawn as */
typedef struct
{
  guint look;
  guint level;   /* 0, or of the worst alarm */
  guint n;       /* stations */
  gboolean big;  /* near enough for details */
  gboolean swap; /* swaps batteries, and does not only charge */
} SmStationGlyph;

/**
 * SmStationGlyphs:
 *
 * Pictures of stations: a hexagon with a battery for one that swaps, a diamond
 * with a bolt for a charging site; no vehicle and no level has either shape.
 */
typedef struct _SmStationGlyphs SmStationGlyphs;

/** SmStationPicture: @x, @y: where the station is in it, in pixels */
typedef struct
{
  cairo_surface_t *surface;
  double x, y, width, height;
} SmStationPicture;

SmStationGlyphs        *sm_station_glyphs_new  (const SmMapPen       *pen);
void                    sm_station_glyphs_free (SmStationGlyphs      *self);
const SmStationPicture *sm_station_glyphs_get  (SmStationGlyphs      *self,
                                                const SmStationGlyph *glyph);

G_END_DECLS
