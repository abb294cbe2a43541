/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-shapes.h"
#include "sm-map-view.h"

G_BEGIN_DECLS

/**
 * SmMapKey:
 *
 * What the signs of the map mean, drawn by what draws them on the map.
 */
GtkWidget  *sm_map_key_new       (SmMapView      *map);

guint       sm_map_key_get_n     (void);
const char *sm_map_key_get_words (guint           index);
gboolean    sm_map_key_is_title  (guint           index);
void        sm_map_key_draw      (guint           index,
                                  const SmMapPen *pen,
                                  cairo_t        *cr);

G_END_DECLS
