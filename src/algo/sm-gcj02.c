/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-gcj02.h"

#include <math.h>

/*
 * GCJ-02, the datum that maps of mainland China must use, is WGS-84 shifted by
 * sums of sines around 35 N 105 E.  The law's text is not public; the formula
 * below is the one that has been in print since 2013 and that every open map
 * library uses (described at
 * https://en.wikipedia.org/wiki/Restrictions_on_geographic_data_in_China),
 * on the ellipsoid of Krasovsky, 1940.  Where it applies is, as everywhere, a
 * plain box; outside it nothing is shifted.
 */
#define SEMI_MAJOR_AXIS_M 6378245.0
#define ECCENTRICITY_SQUARED 0.00669342162296594323
#define ORIGIN_LATITUDE 35.0
#define ORIGIN_LONGITUDE 105.0

#define SOUTH 0.8293
#define NORTH 55.8271
#define WEST 72.004
#define EAST 137.8347

/* Both directions of the shift have two sines of the longitude in common. */
static double
fine_wave (double x)
{
  return (20.0 * sin (6.0 * G_PI * x) + 20.0 * sin (2.0 * G_PI * x)) * 2.0 / 3.0;
}

/* The long waves along one axis. */
static double
long_waves (double t,
            double amplitude_12,
            double amplitude_30)
{
  return (20.0 * sin (G_PI * t) + 40.0 * sin (G_PI * t / 3.0) + amplitude_12 * sin (G_PI * t / 12.0)
          + amplitude_30 * sin (G_PI * t / 30.0))
         * 2.0 / 3.0;
}

static double
shift_north_m (double x,
               double y)
{
  return -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt (fabs (x))
         + fine_wave (x) + long_waves (y, 160.0, 320.0);
}

static double
shift_east_m (double x,
              double y)
{
  return 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt (fabs (x)) + fine_wave (x)
         + long_waves (x, 150.0, 300.0);
}

/** sm_gcj02_applies: Returns: whether GCJ-02 differs from WGS-84 at this place */
gboolean
sm_gcj02_applies (double latitude,
                  double longitude)
{
  return latitude >= SOUTH && latitude <= NORTH && longitude >= WEST && longitude <= EAST;
}

/** sm_gcj02_from_wgs84: Degrees in, degrees out; outside China nothing changes. */
void
sm_gcj02_from_wgs84 (double  latitude,
                     double  longitude,
                     double *out_latitude,
                     double *out_longitude)
{
  double x = longitude - ORIGIN_LONGITUDE;
  double y = latitude - ORIGIN_LATITUDE;
  double radians = latitude * G_PI / 180.0;
  double squeeze = 1.0 - ECCENTRICITY_SQUARED * sin (radians) * sin (radians);
  double meridian_m = SEMI_MAJOR_AXIS_M * (1.0 - ECCENTRICITY_SQUARED) / (squeeze * sqrt (squeeze));
  double parallel_m = SEMI_MAJOR_AXIS_M / sqrt (squeeze) * cos (radians);

  *out_latitude = latitude;
  *out_longitude = longitude;
  if (!sm_gcj02_applies (latitude, longitude))
    return;
  *out_latitude += shift_north_m (x, y) / meridian_m * 180.0 / G_PI;
  *out_longitude += shift_east_m (x, y) / parallel_m * 180.0 / G_PI;
}

/**
 * sm_gcj02_to_wgs84:
 *
 * There is no closed inverse.  The shift changes slowly, so taking the error
 * of a guess off the guess converges fast; ten rounds leave less than 1e-9
 * degrees (0.1 mm) anywhere in China.
 */
void
sm_gcj02_to_wgs84 (double  latitude,
                   double  longitude,
                   double *out_latitude,
                   double *out_longitude)
{
  double guess_latitude = latitude;
  double guess_longitude = longitude;

  if (sm_gcj02_applies (latitude, longitude))
    for (guint round = 0; round < 10; round++)
      {
        double there_latitude, there_longitude;

        sm_gcj02_from_wgs84 (guess_latitude, guess_longitude, &there_latitude, &there_longitude);
        guess_latitude += latitude - there_latitude;
        guess_longitude += longitude - there_longitude;
      }
  *out_latitude = guess_latitude;
  *out_longitude = guess_longitude;
}
