/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ready.h"

#include <math.h>

/*
 * When a pack will be ready.  Two things bound its power: the pack, which takes
 * less the fuller it is, and the site, which shares out what the grid gives.
 * The first is a curve that is the same for all packs of a model and is learned
 * as the most that was ever measured; the second shows in the power measured
 * now, when that is below the curve, and is taken to last.
 */

#define BIN_PERCENT (100.0 / SM_READY_BINS)

/* The share of what is measured above the curve that it takes over at once,
 * and of what it forgets with each measurement, for packs that grow old. */
#define LEARN_UP 0.5
#define LEARN_DOWN 0.002
#define LEARN_GAIN 0.05

/* Below that share of the curve it is the site that bounds. */
#define BOUND_BY_SITE 0.93

static guint
bin_of (double soc)
{
  return (guint) CLAMP ((int) (soc / BIN_PERCENT), 0, SM_READY_BINS - 1);
}

/** sm_ready_curve_init: What is supposed before anything was measured. */
void
sm_ready_curve_init (SmReadyCurve *self,
                     double        nominal_wh,
                     double        max_power_kw)
{
  self->nominal_wh = nominal_wh;
  self->gain = 0.95;
  if (!(max_power_kw > 0))
    max_power_kw = nominal_wh / 1000; /* an hour */
  for (guint i = 0; i < SM_READY_BINS; i++)
    {
      double soc = (i + 0.5) * BIN_PERCENT;

      self->power_kw[i] = max_power_kw * (soc < 80 ? 1 : 1 - 0.75 * (soc - 80) / 20);
    }
}

/** sm_ready_curve_learn: A pack at @soc took @power_kw. */
void
sm_ready_curve_learn (SmReadyCurve *self,
                      double        soc,
                      double        power_kw)
{
  double *most = &self->power_kw[bin_of (soc)];

  if (!(power_kw > 0) || !(soc >= 0 && soc <= 100))
    return;
  if (power_kw > *most)
    *most += (power_kw - *most) * LEARN_UP;
  else if (power_kw > *most * BOUND_BY_SITE)
    *most += (power_kw - *most) * LEARN_GAIN;
  else
    *most += (power_kw - *most) * LEARN_DOWN;
}

/** sm_ready_curve_rise: In so many seconds at that power it rose from @soc_before. */
void
sm_ready_curve_rise (SmReadyCurve *self,
                     double        soc_before,
                     double        soc_after,
                     double        power_kw,
                     double        seconds)
{
  double expected = power_kw * 1000 * seconds / 3600 / self->nominal_wh * 100;
  double gain = (soc_after - soc_before) / expected;

  /* Too short a time says more of rounding than of the pack. */
  if (!(expected > 0.5) || !(gain > 0.5 && gain < 1.5))
    return;
  self->gain += (gain - self->gain) * LEARN_GAIN;
}

/**
 * sm_ready_seconds:
 * @power_kw: measured now; NAN or 0 when it is not known
 *
 * Returns: in how many seconds a pack at @soc will have reached @ready_soc; 0
 *   when it has; NAN when nothing can be said
 */
double
sm_ready_seconds (const SmReadyCurve *self,
                  double              soc,
                  double              power_kw,
                  double              ready_soc)
{
  double here = self->power_kw[bin_of (soc)];
  double site_kw = power_kw > 0 && power_kw < here * BOUND_BY_SITE ? power_kw : INFINITY;
  double scale = power_kw > 0 && isinf (site_kw) ? power_kw / here : 1;
  double seconds = 0;

  if (!(soc >= 0) || !(self->nominal_wh > 0) || !(self->gain > 0))
    return NAN;
  while (soc < ready_soc)
    {
      double next = MIN ((bin_of (soc) + 1) * BIN_PERCENT, ready_soc);
      double kw = MIN (self->power_kw[bin_of (soc)] * scale, site_kw);

      if (!(kw > 0.1) || next <= soc)
        return NAN;
      seconds += (next - soc) / 100 * self->nominal_wh / (kw * 1000 * self->gain) * 3600;
      soc = next;
    }
  return seconds;
}
