/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SM_CLUSTER_KINDS 8

/** SmCluster: things near each other: how many of each kind, and their middle */
typedef struct
{
  guint n;
  guint counts[SM_CLUSTER_KINDS];
  float x, y;   /* pixels */
  float radius; /* pixels; set by sm_clusters_merge() */
  gboolean is_tight; /* no room beside it for a second number */
} SmCluster;

/**
 * SmClusterGrid:
 *
 * Puts points into the cells of a grid that is fixed to the ground, so that
 * clusters stay the same while the map is moved.  The cell is a power of two
 * of world units.
 */
typedef struct
{
  guint shift;             /* a cell is 2^shift units wide */
  guint32 column0, row0;   /* the first cell of the window */
  guint columns, rows;
  double left, top, scale; /* pixels = (world - left) * scale */
} SmClusterGrid;

SmClusterGrid sm_cluster_grid_new   (double               left,
                                     double               top,
                                     double               scale,
                                     double               width,
                                     double               height,
                                     double               cell);
void          sm_cluster_grid_count (const SmClusterGrid *self,
                                     const guint32       *xy,
                                     const guint8        *kinds,
                                     guint                n,
                                     SmCluster           *out_cells,
                                     guint               *out_cell_of);

typedef float (*SmClusterRadius) (guint n);

guint         sm_clusters_merge     (SmCluster           *clusters,
                                     guint                n,
                                     float                gap,
                                     SmClusterRadius      radius);

guint         sm_clusters_by_distance (const guint32      *xy,
                                       guint               n,
                                       double              distance,
                                       guint              *out_cluster_of);

#define SM_CLUSTER_NO_CELL G_MAXUINT

G_END_DECLS
