/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "sm-basemap-painter.h"
#include "sm-tile-fetch.h"

G_BEGIN_DECLS

#define SM_MAP_TILE_SIZE 512
#define SM_MAP_ZOOM_MIN 2
#define SM_MAP_ZOOM_MAX 18

/**
 * SmBasemapSource:
 *
 * Draws the tiles of a map layer in worker threads.  Without a painter its
 * tiles are empty.  With somebody else's tiles it shows those, and draws only
 * where one does not come.
 *
 * Signal "answered" (gboolean came): whether the last tile of theirs came.
 */
#define SM_TYPE_BASEMAP_SOURCE (sm_basemap_source_get_type ())
G_DECLARE_FINAL_TYPE (SmBasemapSource, sm_basemap_source, SM, BASEMAP_SOURCE, ShumateMapSource)

SmBasemapSource *sm_basemap_source_new         (SmBasemapPainter *painter,
                                                guint             scale,
                                                gboolean          as_textures);
void             sm_basemap_source_set_fetch   (SmBasemapSource  *self,
                                                SmTileFetch      *fetch);
guint            sm_basemap_source_get_pending (SmBasemapSource  *self);
guint            sm_basemap_source_get_n_drawn (SmBasemapSource  *self);

G_END_DECLS
