/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-vehicle-sprites.h"

G_BEGIN_DECLS

/**
 * SmDotTiles:
 *
 * Thousands of dots as a few cached nodes.  The dots of each tile are hashed;
 * a tile whose dots are where they were keeps its node, so that it is neither
 * drawn again nor part of the damage.  Two equal dots on one pixel are one.
 * With a ground the tiles are opaque and show that under the dots.
 */
typedef struct _SmDotTiles SmDotTiles;

SmDotTiles *sm_dot_tiles_new      (void);
void        sm_dot_tiles_free     (SmDotTiles       *self);
void        sm_dot_tiles_set_ground (SmDotTiles     *self,
                                   cairo_surface_t  *ground);
gboolean    sm_dot_tiles_has_ground (SmDotTiles     *self);
void        sm_dot_tiles_begin    (SmDotTiles       *self,
                                   int               width,
                                   int               height,
                                   guint             scale);
void        sm_dot_tiles_cover    (SmDotTiles       *self,
                                   const graphene_rect_t *box);
void        sm_dot_tiles_add      (SmDotTiles       *self,
                                   float             x,
                                   float             y,
                                   guint             sprite);
void        sm_dot_tiles_add_picture (SmDotTiles    *self,
                                   float             x,
                                   float             y,
                                   cairo_surface_t  *surface,
                                   float             left,
                                   float             top,
                                   guint64           key);
gboolean    sm_dot_tiles_end      (SmDotTiles       *self,
                                   SmVehicleSprites *sprites,
                                   gboolean          as_textures);
void        sm_dot_tiles_forget   (SmDotTiles       *self);
void        sm_dot_tiles_snapshot (SmDotTiles       *self,
                                   GtkSnapshot      *snapshot);

G_END_DECLS
