/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "sm-basemap.h"
#include "sm-map-shapes.h"

G_BEGIN_DECLS

/**
 * SmLabelLayer:
 *
 * Names of places, above everything, beside the glyphs of the other layers.
 */
#define SM_TYPE_LABEL_LAYER (sm_label_layer_get_type ())
G_DECLARE_FINAL_TYPE (SmLabelLayer, sm_label_layer, SM, LABEL_LAYER, ShumateLayer)

/** SmLabelObstacles: adds to @boxes (of graphene_rect_t) what names may not cover */
typedef void (*SmLabelObstacles) (gpointer data, GArray *boxes);

SmLabelLayer *sm_label_layer_new          (ShumateViewport  *viewport,
                                           SmLabelObstacles  obstacles,
                                           gpointer          data);
void          sm_label_layer_set_basemap  (SmLabelLayer     *self,
                                           SmBasemap        *basemap);
void          sm_label_layer_set_pen      (SmLabelLayer     *self,
                                           SmMapPen         *pen,
                                           gboolean          chinese);
void          sm_label_layer_queue_update (SmLabelLayer     *self);
gboolean      sm_label_layer_is_settled   (SmLabelLayer     *self);
GPtrArray    *sm_label_layer_dup_shown    (SmLabelLayer     *self);

G_END_DECLS
