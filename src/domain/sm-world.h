/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * World coordinates: the Web Mercator square as unsigned 32-bit integers, x to
 * the east from 180° W, y to the south from 85.05° N.  One unit is below 1 cm
 * at the equator.
 */
typedef struct
{
  guint32 x, y;
} SmWorldPoint;

SmWorldPoint sm_world_project   (double       latitude,
                                 double       longitude);
void         sm_world_unproject (SmWorldPoint point,
                                 double      *out_latitude,
                                 double      *out_longitude);

G_END_DECLS
