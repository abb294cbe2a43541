/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "sm-screen-grid.h"
#include "sm-world.h"

G_BEGIN_DECLS

/**
 * SmMapTransform:
 *
 * From world coordinates to the pixels of a layer: one multiplication a point.
 * (shumate_viewport_location_to_widget_coords() computes the centre anew for
 * every point.)
 */
typedef struct
{
  double left, top; /* world coordinates of the layer's corner */
  double scale;     /* pixels per world unit */
  double zoom;
  int width, height;
} SmMapTransform;

SmMapTransform sm_map_transform_new (ShumateViewport *viewport,
                                     GtkWidget       *layer);

static inline SmScreenPoint
sm_map_transform_point (const SmMapTransform *self,
                        SmWorldPoint          point)
{
  return (SmScreenPoint){ (float) ((point.x - self->left) * self->scale),
                          (float) ((point.y - self->top) * self->scale) };
}

static inline gboolean
sm_map_transform_equal (const SmMapTransform *a,
                        const SmMapTransform *b)
{
  return a->left == b->left && a->top == b->top && a->scale == b->scale &&
         a->width == b->width && a->height == b->height;
}

G_END_DECLS
