/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "sm-basemap.h"
#include "sm-map-theme.h"

G_BEGIN_DECLS

/**
 * SmBasemapPainter:
 *
 * Draws tiles of one base map in one theme.  Deep zooms draw from a cache of
 * ancestor cells, into which the map has been clipped, so that a tile never
 * goes through the outline of a continent.  Reference counted; any thread,
 * several at a time.
 */
typedef struct _SmBasemapPainter SmBasemapPainter;

SmBasemapPainter *sm_basemap_painter_new   (SmBasemap        *basemap,
                                            const SmMapTheme *theme,
                                            gboolean          show_borders);
SmBasemapPainter *sm_basemap_painter_ref   (SmBasemapPainter *self);
void              sm_basemap_painter_unref (SmBasemapPainter *self);

cairo_surface_t  *sm_basemap_painter_draw  (SmBasemapPainter *self,
                                            guint             zoom,
                                            guint             x,
                                            guint             y,
                                            guint             size,
                                            guint             scale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmBasemapPainter, sm_basemap_painter_unref)

G_END_DECLS
