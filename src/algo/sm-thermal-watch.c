/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-thermal-watch.h"

#include <math.h>

/*
 * What a load can do.  A prismatic LFP cell of 280 Ah has some 0.25 to 0.5 mΩ
 * with its connections, weighs 5.4 kg and stores 1.0 to 1.1 kJ/kgK (data sheets
 * of EVE LF280K and CATL 280 Ah; Steinhardt et al., "Meta-analysis of
 * experimental results for heat capacity of lithium-ion cells", 2022): at one
 * full charge an hour I²R warms it by 12 to 25 K an hour if nothing cools it.
 */
#define LOAD_MOST 25.0   /* K/h at 1/h: more than that is no load's */
#define LOAD_UNKNOWN 0.6 /* 1/h: what is assumed of who does not say */

/* A pack in its frame takes on the warmth around it within hours, one that is
 * cooled within about one; faster than that none does. */
#define FOLLOWS_H 0.75
#define FOLLOWS_LEAST_H 0.5
/* In the cold a pack is kept warm, or it could not be charged (LFP not below 0 °C,
 * and slowly below 10); where nobody tells of the surroundings they are mild. */
#define KEPT_C 20.0
#define MILD_C 25.0

/* What is unexplained is forgotten within hours, or the errors of a day add up. */
#define FORGET_H 3.0
/* Cells have mass: what rises faster is a sensor until it is seen for longer. */
#define MOST_C_MIN 3.0
/* By practice (GB/T 31467.3 and the makers' own limits) probes of a sound pack
 * stay within 5 K; a pack that is first seen with more is measured by that. */
#define GAP_SOUND_C 5.0
#define GAP_FOLLOWS_H 6.0
#define GAP_GROWN_C 2.0

#define LONGEST_GAP_H 1.0

/* When both signs agree less of each is enough. */
#define WARN_BOTH_EXCESS_C 3.0
#define WARN_BOTH_APART_C 3.5
#define WARN_EXCESS_C 7.0
#define WARN_APART_C 6.0
#define CLEAR_EXCESS_C 1.5
#define CLEAR_APART_C 2.0
/* Who was just seen anew is not known well enough for that. */
#define CLEAR_AFTER_US (30 * 60 * (gint64) G_USEC_PER_SEC)

static double
median_of_three (const double *x)
{
  return MAX (MIN (x[0], x[1]), MIN (MAX (x[0], x[1]), x[2]));
}

static void
push (double *last,
      double  value)
{
  last[0] = last[1];
  last[1] = last[2];
  last[2] = value;
}

static void
begin (SmThermalWatch     *self,
       const SmPackMoment *moment)
{
  double gap = isnan (moment->min_c) ? NAN : moment->max_c - moment->min_c;
  gboolean is_warned = self->is_warned;

  *self = (SmThermalWatch){ .at_us = moment->at_us, .begun_us = moment->at_us, .n = 1,
                            .max_c = moment->max_c,
                            .expected_c = moment->max_c, .surroundings_c = moment->surroundings_c,
                            .c_rate = isnan (moment->c_rate) ? LOAD_UNKNOWN : moment->c_rate,
                            .usual_gap_c = isnan (gap) ? NAN : MIN (gap, GAP_SOUND_C),
                            .is_warned = is_warned };
  for (guint i = 0; i < 3; i++)
    {
      self->hot[i] = moment->max_c;
      self->gap[i] = gap;
    }
}

/* How much warmer load and surroundings can have made it at most. */
static double
explained_c (const SmThermalWatch *self,
             double                hours)
{
  double load = LOAD_MOST * self->c_rate * self->c_rate;
  double around = isnan (self->surroundings_c) ? 0.0
                                               : MAX (self->surroundings_c - self->max_c, 0.0);

  return (load + around / FOLLOWS_LEAST_H) * hours;
}

static void
step_heat (SmThermalWatch *self,
           double          hours)
{
  double before = self->max_c, rise, around;

  self->max_c = median_of_three (self->hot);
  rise = MIN (self->max_c - before, MOST_C_MIN * 60.0 * hours);
  self->excess_c = MAX (self->excess_c + rise - explained_c (self, hours), 0.0)
                   * exp (-hours / FORGET_H);
  around = isnan (self->surroundings_c) ? MILD_C : MAX (self->surroundings_c, KEPT_C);
  self->expected_c += (SM_THERMAL_LOAD_USUAL * self->c_rate * self->c_rate
                       - (self->expected_c - around) / FOLLOWS_H) * hours;
}

static void
step_gap (SmThermalWatch *self,
          double          hours)
{
  double gap = median_of_three (self->gap);

  if (isnan (gap))
    return;
  if (isnan (self->usual_gap_c))
    self->usual_gap_c = MIN (gap, GAP_SOUND_C);
  self->apart_c = gap - self->usual_gap_c;
  /* What grows is not to become usual while it grows. */
  if (self->apart_c < GAP_GROWN_C)
    self->usual_gap_c += self->apart_c * MIN (hours / GAP_FOLLOWS_H, 1.0);
}

static void
judge (SmThermalWatch *self)
{
  if (self->excess_c >= WARN_EXCESS_C || self->apart_c >= WARN_APART_C
      || (self->excess_c >= WARN_BOTH_EXCESS_C && self->apart_c >= WARN_BOTH_APART_C))
    self->is_warned = TRUE;
  else if (self->excess_c < CLEAR_EXCESS_C && self->apart_c < CLEAR_APART_C
           && self->at_us - self->begun_us >= CLEAR_AFTER_US)
    self->is_warned = FALSE;
}

/**
 * sm_thermal_watch_step:
 * @moment: in the order of time; what is older than the last one changes nothing
 *
 * Returns: whether it grows warmer than can be explained
 */
gboolean
sm_thermal_watch_step (SmThermalWatch     *self,
                       const SmPackMoment *moment)
{
  double hours = (double) (moment->at_us - self->at_us) / (3600.0 * G_USEC_PER_SEC);

  if (isnan (moment->max_c) || (self->n > 0 && hours <= 0))
    return self->is_warned;
  if (self->n == 0 || hours > LONGEST_GAP_H)
    {
      begin (self, moment);
      return self->is_warned;
    }
  self->at_us = moment->at_us;
  self->n++;
  if (!isnan (moment->surroundings_c))
    self->surroundings_c = moment->surroundings_c;
  if (!isnan (moment->c_rate))
    self->c_rate = moment->c_rate;
  push (self->hot, moment->max_c);
  if (!isnan (moment->min_c))
    push (self->gap, moment->max_c - moment->min_c);
  step_heat (self, hours);
  step_gap (self, hours);
  judge (self);
  return self->is_warned;
}
