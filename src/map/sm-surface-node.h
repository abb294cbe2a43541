/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean       sm_renderer_wants_textures (GtkWidget             *widget);
GdkTexture    *sm_surface_to_texture      (cairo_surface_t       *surface);
GskRenderNode *sm_surface_to_node         (cairo_surface_t       *surface,
                                           const graphene_rect_t *bounds,
                                           gboolean               as_texture);
void           sm_snapshot_append_at      (GtkSnapshot           *snapshot,
                                           GskRenderNode         *node,
                                           float                  x,
                                           float                  y);

G_END_DECLS
