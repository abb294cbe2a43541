/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <shumate/shumate.h>

#include "sm-gcj02.h"

G_BEGIN_DECLS

/**
 * SmTileFetch:
 *
 * Tiles of somebody else's map, by an XYZ template with {x}, {y} and {z}: four
 * of 256 pixels for each of ours, or nine where its datum is another one and
 * they lie some hundred metres off.  libshumate keeps what came, 100 MB of it.
 */
typedef struct _SmTileFetch SmTileFetch;

gboolean         sm_tile_template_is_good (const char           *url_template);

SmTileFetch     *sm_tile_fetch_new        (const char           *url_template,
                                           SmDatum               datum);
SmTileFetch     *sm_tile_fetch_ref        (SmTileFetch          *self);
void             sm_tile_fetch_unref      (SmTileFetch          *self);
void             sm_tile_fetch_async      (SmTileFetch          *self,
                                           guint                 zoom,
                                           guint                 x,
                                           guint                 y,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
cairo_surface_t *sm_tile_fetch_finish     (GAsyncResult         *result,
                                           GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTileFetch, sm_tile_fetch_unref)

G_END_DECLS
