/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-cluster.h"
#include "sm-map-shapes.h"

G_BEGIN_DECLS

/**
 * SmClusterGlyphs:
 *
 * Pictures of clusters of vehicles, kept by what they show: a dark disc with
 * the count, a thin ring of shares by state, and beside it the shape of the
 * worst level with how many vehicles have it.
 */
typedef struct _SmClusterGlyphs SmClusterGlyphs;

SmClusterGlyphs *sm_cluster_glyphs_new    (const SmMapPen   *pen);
void             sm_cluster_glyphs_free   (SmClusterGlyphs  *self);
GskRenderNode   *sm_cluster_glyphs_get    (SmClusterGlyphs  *self,
                                           const SmCluster  *cluster);
guint64          sm_cluster_glyph_key     (const SmCluster  *cluster);
guint            sm_cluster_shown_level   (const SmCluster  *cluster);
float            sm_cluster_radius        (guint             n);

G_END_DECLS
