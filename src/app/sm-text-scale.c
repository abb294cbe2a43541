/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-text-scale.h"

#include "sm-style.h"

#include <math.h>

/* How far away people sit, in metres; 0: nobody said. */
static double
get_distance (const SmOptions *options,
              GSettings       *settings)
{
  if (options->distance_m > 0 || settings == NULL)
    return options->distance_m;
  return g_settings_get_double (settings, "wall-distance");
}

/**
 * sm_text_scale_for:
 * @settings: (nullable): where the distance is kept
 * @width: of the monitor in pixels
 * @width_mm: of the monitor, as it says itself; 0: it does not
 *
 * By the distance where it is known, else by the pixels: a wall of twice as
 * many is looked at from twice as far.
 *
 * Returns: the scale of all text for sm_style_set_scale()
 */
double
sm_text_scale_for (const SmOptions *options,
                   GSettings       *settings,
                   int              width,
                   int              height,
                   int              width_mm)
{
  double mm = options->monitor_mm > 0 ? options->monitor_mm : width_mm;
  double distance = options->is_wall ? get_distance (options, settings) : 0;

  if (distance > 0 && mm > 0)
    return sm_style_scale_for_distance (distance, mm / width);
  return fmax (fmin (width / 1920.0, height / 1080.0), 1);
}
