/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "sm-item.h"
#include "sm-map-shapes.h"
#include "sm-world.h"

G_BEGIN_DECLS

/** SmPlaceLook: what a service point looks like, and an engineer by duty */
typedef enum
{
  SM_PLACE_LOOK_READY,
  SM_PLACE_LOOK_BUSY,
  SM_PLACE_LOOK_OFF,
  SM_PLACE_LOOK_POINT,
  SM_N_PLACE_LOOKS
} SmPlaceLook;

/**
 * SmPlaceLayer:
 *
 * What there are few of: service points, a house within the dashed circle
 * that they look after; or engineers, a head and shoulders, filled on duty,
 * barred when busy, hollow off duty.
 *
 * Signal "drawn-anew" (): others are shown, or at other places.
 */
#define SM_TYPE_PLACE_LAYER (sm_place_layer_get_type ())
G_DECLARE_FINAL_TYPE (SmPlaceLayer, sm_place_layer, SM, PLACE_LAYER, ShumateLayer)

SmPlaceLayer *sm_place_layer_new           (ShumateViewport *viewport,
                                            SmNounId         noun);
void          sm_place_layer_set_model     (SmPlaceLayer    *self,
                                            GListModel      *model);
void          sm_place_layer_set_pen       (SmPlaceLayer    *self,
                                            SmMapPen        *pen);
void          sm_place_layer_set_covers    (SmPlaceLayer    *self,
                                            SmMapBoxes       covers,
                                            gpointer         data);
SmRow        *sm_place_layer_hit           (SmPlaceLayer    *self,
                                            double           x,
                                            double           y,
                                            double           radius);
GPtrArray    *sm_place_layer_dup_visible   (SmPlaceLayer    *self);
void          sm_place_layer_get_obstacles (SmPlaceLayer    *self,
                                            GArray          *out_boxes);
void          sm_place_draw                (cairo_t         *cr,
                                            const SmMapPen  *pen,
                                            SmPlaceLook      look);
gboolean      sm_place_layer_is_settled    (SmPlaceLayer    *self);

G_END_DECLS
