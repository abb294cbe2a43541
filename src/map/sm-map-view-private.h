/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-camera.h"
#include "sm-map-chooser.h"
#include "sm-map-layers.h"
#include "sm-map-view.h"

G_BEGIN_DECLS

/* For the files of the view itself. */
struct _SmMapView
{
  GtkWidget parent_instance;

  ShumateMap *map;
  ShumateViewport *viewport; /* owned by the map */
  SmMapLayers layers;
  GtkWidget *attribution;
  GtkWidget *scale;
  SmMapChooser *chooser;
  SmMapCamera camera;
  GCancellable *loading;     /* NULL: tried */
  guint changes;             /* of what is seen; the map is drawn when both agree */
  guint drawn_changes;
  guint drawn_tiles;
  guint ground; /* timer until what lies under the vehicles is drawn once for all */
  gboolean ground_is_old; /* something of it looks different by now */
  gint64 ground_at;       /* monotonic: when it was last drawn */
  gboolean has_moved;     /* the camera, since tiles of other places went */
  guint forget;           /* timer until they go again */
  guint rest; /* idle source; the map layer asks for tiles when idle */

  char *tiles_by;      /* whose tiles are shown; NULL: ours */
  gboolean tiles_fail; /* the last one did not come */

  SmFleet *fleet;
  gint64 followed;     /* vehicle, 0: none */
  char *language;
  SmMapStyle style; /* its language is ours */
};

/* Something looks different; the whole map is drawn anew. */
void sm_map_view_queue_change_ (SmMapView *self);

/* sm-map-view-ground.c */
gboolean sm_map_view_is_at_rest_      (SmMapView *self);
void     sm_map_view_unsettle_ground_ (SmMapView *self);
void     sm_map_view_rest_ground_     (SmMapView *self);
void     sm_map_view_watch_ground_    (SmMapView *self);
void     sm_map_view_forget_tiles_    (SmMapView *self);

/* Asks for all tiles anew, and says whose they are. */
void sm_map_view_renew_tiles_ (SmMapView *self);

/* Ends following: a person moved the map. */
void sm_map_view_person_moved_ (SmMapView *self);

G_END_DECLS
