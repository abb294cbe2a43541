/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * SmTilePaintable:
 *
 * A picture that has been drawn by cairo.  GTK 4.8's cairo renderer converts
 * every texture again in every frame, so there it is drawn as a cairo node,
 * seventy times cheaper; other renderers get a texture, uploaded once.
 */
#define SM_TYPE_TILE_PAINTABLE (sm_tile_paintable_get_type ())
G_DECLARE_FINAL_TYPE (SmTilePaintable, sm_tile_paintable, SM, TILE_PAINTABLE, GObject)

GdkPaintable *sm_tile_paintable_new (cairo_surface_t *surface,
                                     gboolean         as_texture);

G_END_DECLS
