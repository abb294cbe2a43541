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

/** SmClusterPicture: @x, @y: of the cluster's middle in the surface, in pixels */
typedef struct
{
  GskRenderNode *node; /* its 0, 0 the middle */
  cairo_surface_t *surface;
  float x, y;
} SmClusterPicture;

SmClusterGlyphs *sm_cluster_glyphs_new    (const SmMapPen   *pen);
void             sm_cluster_glyphs_free   (SmClusterGlyphs  *self);
const SmClusterPicture *sm_cluster_glyphs_get (SmClusterGlyphs *self,
                                               const SmCluster *cluster);
guint64          sm_cluster_glyph_key     (const SmCluster  *cluster);
guint            sm_cluster_shown_level   (const SmCluster  *cluster);
float            sm_cluster_radius        (guint             n);
gboolean         sm_cluster_count_box     (const SmCluster  *cluster,
                                           float             unit,
                                           graphene_rect_t  *out_box);
void             sm_clusters_make_room    (SmCluster        *clusters,
                                           guint             n,
                                           float             unit);

G_END_DECLS
