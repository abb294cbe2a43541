/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-cluster-glyphs.h"
#include "sm-dot-tiles.h"
#include "sm-map-transform.h"
#include "sm-screen-grid.h"
#include "sm-vehicle-layer.h"

G_BEGIN_DECLS

/* For the files of the layer itself. */
struct _SmVehicleLayer
{
  ShumateLayer parent_instance;

  SmFleet *fleet;
  SmMapPen *pen; /* of the view, which outlives the layer's drawing */
  SmVehicleSprites *sprites;
  SmClusterGlyphs *glyphs;
  SmDotTiles *tiles;
  gint64 selected;
  SmMapBoxes covers;
  gpointer covers_data;
  GArray *covered; /* of graphene_rect_t, where no normal vehicle is drawn */
  GArray *filter; /* of guint8, by slot; NULL: everybody is shown */

  guint timer;
  gint64 moved_at; /* as the fleet said last */
  gint64 period;   /* between batches, µs */

  /* What is shown now. */
  gboolean is_dirty;
  SmMapTransform transform;
  guint64 looks_version;
  GArray *looks;    /* of guint8, by slot */
  GArray *hollow;   /* of guint8, by slot */
  GArray *at;       /* of SmWorldPoint, by slot */
  GArray *points;   /* of SmScreenPoint, by slot */
  GArray *visible;  /* of guint: slots in the window */
  GArray *cell_of;  /* of guint, by slot */
  GArray *clusters; /* of SmCluster, worst last */
  gint64 clusters_at;                /* when they were counted; 0: anew */
  SmMapTransform clusters_transform; /* and where */
  guint n_dots;
  guint n_redraws;
  gboolean shows_few;
  guint64 clusters_hash;
  SmScreenGrid *grid; /* of single vehicles, made when somebody points */
};

gboolean sm_vehicle_layer_update_scene_ (SmVehicleLayer *self);

G_END_DECLS
