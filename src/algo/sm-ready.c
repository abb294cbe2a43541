/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ready.h"

#include <math.h>

/*
 * When a pack will be ready.  Two things bound its power: the pack, which takes
 * less the fuller it is, and the site, which shares out what the grid gives.
 * The first is a curve that is the same for all packs of a model and is learned
 * as the most that was ever measured.  The second shows when packs together get
 * less than they could take: that much is there, and is shared by who will
 * charge then, those that are there now and those that trucks will leave as
 * often as they did of late.
 */

#define BIN_PERCENT (100.0 / SM_READY_BINS)

/* The share of what is measured above the curve that it takes over at once,
 * and of what it forgets with each measurement, for packs that grow old. */
#define LEARN_UP 0.5
#define LEARN_DOWN 0.00005
#define LEARN_GAIN 0.05

/* Below that share of the curve it is the site that bounds. */
#define BOUND_BY_SITE 0.93

#define FULL_SOC 98
#define STEP_S 60.0
#define LONGEST_S (12 * 3600.0)

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

/** sm_ready_curve_is_bound: Whether it is not the pack that bounds @power_kw. */
gboolean
sm_ready_curve_is_bound (const SmReadyCurve *self,
                         double              soc,
                         double              power_kw)
{
  return power_kw > 0 && power_kw < self->power_kw[bin_of (soc)] * BOUND_BY_SITE;
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

static double
power_at (const SmReadyCurve *self,
          double              soc)
{
  return self->power_kw[bin_of (soc)];
}

/* What they would take together if they got all. */
static double
wanted (const SmReadyPack *packs,
        guint              n)
{
  double kw = 0;

  for (guint i = 0; i < n; i++)
    if (packs[i].soc < FULL_SOC)
      kw += packs[i].weight * power_at (packs[i].curve, packs[i].soc);
  return kw;
}

/* A truck takes the fullest, and leaves an empty one: a share of that in each step. */
static void
swap (const SmReadySite *site,
      SmReadyPack       *packs,
      guint             *n,
      double             share)
{
  SmReadyPack *most = NULL, *last = &packs[*n - 1];

  for (guint i = 1; i < *n; i++)
    if (packs[i].weight > 0 && packs[i].soc >= packs[i].ready_soc
        && (most == NULL || packs[i].soc > most->soc))
      most = &packs[i];
  if (most == NULL || share <= 0)
    return;
  share = MIN (share, most->weight);
  most->weight -= share;
  if (last->weight < 1 && last->is_expected)
    last->weight += share;
  else if (*n < SM_READY_MAX_PACKS)
    packs[(*n)++] = (SmReadyPack){ packs[0].curve, site->arrival_soc, packs[0].ready_soc, share,
                                   TRUE };
}

static void
rise (SmReadyPack *pack,
      double       part)
{
  double kw = power_at (pack->curve, pack->soc) * part;

  if (pack->soc < FULL_SOC)
    pack->soc += kw * 1000 * pack->curve->gain * STEP_S / 3600 / pack->curve->nominal_wh * 100;
}

/* How much of what it could take the first gets, beside what the site leaves to it. */
static double
own_part (const SmReadySite *site,
          const SmReadyPack *packs,
          guint              n,
          double             power_kw)
{
  double expected = power_at (packs[0].curve, packs[0].soc)
                    * MIN (site->limit_kw / wanted (packs, n), 1);

  return power_kw > 0 && expected > 0 ? CLAMP (power_kw / expected, 0.6, 1.4) : 1;
}

/**
 * sm_ready_seconds:
 * @packs: all that charge there, the one that is asked about first; they are used up
 * @n: at most %SM_READY_MAX_PACKS, which is also the room there must be
 * @power_kw: what the first takes now; NAN or 0 when it is not known
 *
 * Returns: in how many seconds the first will be ready; 0 when it is; NAN when
 *   nothing can be said
 */
double
sm_ready_seconds (const SmReadySite *site,
                  SmReadyPack       *packs,
                  guint              n,
                  double             power_kw)
{
  double ready_soc = packs[0].ready_soc, own;

  if (!(packs[0].soc >= 0) || !(packs[0].curve->nominal_wh > 0) || !(packs[0].curve->gain > 0))
    return NAN;
  own = own_part (site, packs, n, power_kw);
  for (double seconds = 0; seconds < LONGEST_S; seconds += STEP_S)
    {
      double part = MIN (site->limit_kw / wanted (packs, n), 1), before = packs[0].soc;

      if (before >= ready_soc)
        return seconds;
      rise (&packs[0], part * own);
      if (packs[0].soc >= ready_soc)
        return seconds + STEP_S * (ready_soc - before) / (packs[0].soc - before);
      for (guint i = 1; i < n; i++)
        rise (&packs[i], part);
      swap (site, packs, &n, site->arrivals_per_s * STEP_S);
    }
  return NAN;
}
