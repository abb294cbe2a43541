/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-geo.h"

#include <math.h>

/* Mean radius of the Earth (IUGG). */
#define EARTH_RADIUS_M 6371008.8

static double
radians (double degrees)
{
  return degrees * G_PI / 180.0;
}

/** sm_geo_distance_m: Great-circle distance by the haversine formula; within 0.5 %. */
double
sm_geo_distance_m (double latitude_a,
                   double longitude_a,
                   double latitude_b,
                   double longitude_b)
{
  double south_north = sin (radians (latitude_b - latitude_a) / 2.0);
  double west_east = sin (radians (longitude_b - longitude_a) / 2.0);
  double h = south_north * south_north
             + cos (radians (latitude_a)) * cos (radians (latitude_b)) * west_east * west_east;

  return 2.0 * EARTH_RADIUS_M * asin (sqrt (MIN (h, 1.0)));
}

/** sm_geo_bearing_deg: Returns: the way from a to b, clockwise from north, 0 to below 360 */
double
sm_geo_bearing_deg (double latitude_a,
                    double longitude_a,
                    double latitude_b,
                    double longitude_b)
{
  double east = radians (longitude_b - longitude_a);
  double y = sin (east) * cos (radians (latitude_b));
  double x = cos (radians (latitude_a)) * sin (radians (latitude_b))
             - sin (radians (latitude_a)) * cos (radians (latitude_b)) * cos (east);
  double degrees = atan2 (y, x) * 180.0 / G_PI;

  if (degrees < 0.0)
    degrees += 360.0;
  return degrees >= 360.0 ? 0.0 : degrees;
}
