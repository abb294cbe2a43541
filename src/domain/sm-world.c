/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-world.h"

#include <math.h>

#define WORLD_SIZE 4294967296.0 /* 2^32 */
#define MAX_LATITUDE 85.0511287798066

static guint32
to_world (double share)
{
  return (guint32) CLAMP (share * WORLD_SIZE, 0.0, WORLD_SIZE - 1.0);
}

/**
 * sm_world_project:
 * @latitude: WGS-84 degrees; clamped to what the square shows
 * @longitude: WGS-84 degrees
 *
 * Spherical (Web) Mercator, EPSG:3857, scaled to the unit square.
 */
SmWorldPoint
sm_world_project (double latitude,
                  double longitude)
{
  double s = sin (CLAMP (latitude, -MAX_LATITUDE, MAX_LATITUDE) * (G_PI / 180.0));

  return (SmWorldPoint){ to_world ((longitude + 180.0) / 360.0),
                         to_world (0.5 - log ((1.0 + s) / (1.0 - s)) / (4.0 * G_PI)) };
}

/** sm_world_unproject: The inverse of sm_world_project(), in WGS-84 degrees. */
void
sm_world_unproject (SmWorldPoint  point,
                    double       *out_latitude,
                    double       *out_longitude)
{
  double y = 0.5 - ((double) point.y + 0.5) / WORLD_SIZE;

  *out_latitude = 360.0 / G_PI * atan (exp (2.0 * G_PI * y)) - 90.0;
  *out_longitude = ((double) point.x + 0.5) / WORLD_SIZE * 360.0 - 180.0;
}
