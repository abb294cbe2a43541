/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-diagnose.h"

#include <string.h>

#include "sm-diagnose-math.h"
#include "sm-thermal-watch.h"

/* The signs that a pack gives of its heat, its cells, its insulation and its charge. */

#define HOUR_US (3600.0 * G_USEC_PER_SEC)
#define DAY_US (24.0 * HOUR_US)

static void
set (SmSigns *self,
     SmSign   sign,
     double   value,
     gint64   at_us)
{
  self->value[sign] = value;
  self->at_us[sign] = at_us;
}

/* --- heat --- */

/* GB 38031 calls a cell in thermal runaway from 1 K/s on, but it does not come
 * back; a jump that is gone with the next readings was none of the cells'. */
#define JUMP_C 7.0
#define JUMP_LASTS_US (6 * 60 * (gint64) G_USEC_PER_SEC)

/* How far the pack's other reading moved while this one stood still. */
typedef struct
{
  double value;
  gint64 since_us;
  double other, other_least, other_most, worst;
  gint64 worst_at;
} Still;

static void
still_step (Still  *self,
            gint64  at_us,
            double  value,
            double  other)
{
  if (isnan (value))
    return;
  if (self->since_us == 0 || fabs (value - self->value) > 0.05)
    *self = (Still){ value, at_us, other, other, other, self->worst, self->worst_at };
  if (isnan (other) || fabs (other - self->other) >= JUMP_C)
    return; /* that would be a jump, not a move */
  self->other = other;
  self->other_least = isnan (self->other_least) ? other : MIN (self->other_least, other);
  self->other_most = isnan (self->other_most) ? other : MAX (self->other_most, other);
  if (self->other_most - self->other_least > self->worst)
    {
      self->worst = self->other_most - self->other_least;
      self->worst_at = at_us;
    }
}

/* A reading in whole degrees (GB/T 32960.3) stands still while the pack moves by
 * one or two; one in tenths does not. */
#define BEHIND_OF_WHOLE_C 3.0
#define BEHIND_OF_TENTHS_C 1.75

static gboolean
tells_tenths (const SmPackMoment *moments,
              guint               n)
{
  for (guint i = 0; i < n; i++)
    if (fabs (moments[i].max_c - round (moments[i].max_c)) > 0.01
        || fabs (moments[i].min_c - round (moments[i].min_c)) > 0.01)
      return TRUE;
  return FALSE;
}

static void
sign_of_stuck (SmSigns            *self,
               const SmPackMoment *moments,
               guint               n)
{
  Still hot = { 0 }, cold = { 0 };

  for (guint i = 0; i < n; i++)
    {
      still_step (&hot, moments[i].at_us, moments[i].max_c, moments[i].min_c);
      still_step (&cold, moments[i].at_us, moments[i].min_c, moments[i].max_c);
    }
  if (hot.since_us != 0 && cold.since_us != 0)
    set (self, SM_SIGN_STUCK,
         MAX (hot.worst, cold.worst)
             / (tells_tenths (moments, n) ? BEHIND_OF_TENTHS_C : BEHIND_OF_WHOLE_C),
         hot.worst > cold.worst ? hot.worst_at : cold.worst_at);
}

typedef struct
{
  double last, before, count;
  gint64 last_at, jumped_at, at_us;
} Jumping;

static void
jump_step (Jumping *self,
           gint64   at_us,
           double   value)
{
  if (isnan (value))
    return;
  if (self->jumped_at != 0 && at_us - self->jumped_at > JUMP_LASTS_US)
    self->jumped_at = 0;
  if (self->jumped_at != 0 && fabs (value - self->before) < JUMP_C / 2)
    {
      self->count++;
      self->at_us = self->jumped_at;
      self->jumped_at = 0;
    }
  else if (self->jumped_at == 0 && self->last_at != 0 && at_us - self->last_at <= JUMP_LASTS_US
           && fabs (value - self->last) >= JUMP_C)
    {
      self->jumped_at = at_us;
      self->before = self->last;
    }
  self->last = value;
  self->last_at = at_us;
}

/* A plug that opens is the coldest reading, one that leaks the warmest. */
static void
sign_of_jumps (SmSigns            *self,
               const SmPackMoment *moments,
               guint               n)
{
  Jumping hot = { 0 }, cold = { 0 };

  for (guint i = 0; i < n; i++)
    {
      jump_step (&hot, moments[i].at_us, moments[i].max_c);
      jump_step (&cold, moments[i].at_us, moments[i].min_c);
    }
  if (hot.last_at != 0)
    set (self, SM_SIGN_JUMPS, hot.count + cold.count, MAX (hot.at_us, cold.at_us));
}

static double
last_median (const SmPackMoment *moments,
             guint               n,
             gsize               offset)
{
  SmNumbers numbers = sm_numbers_new ();

  for (guint i = n; i > 0 && numbers.of->len < 5; i--)
    sm_numbers_add (&numbers, G_STRUCT_MEMBER (double, &moments[i - 1], offset));
  return sm_numbers_median (&numbers, 1);
}

/* What the load put in, and how much of it did not go away.  Where it was little
 * the share says nothing. */
#define HEAT_LEAST_K 5.0

static void
sign_of_heat_kept (SmSigns            *self,
                   const SmPackMoment *moments,
                   guint               n)
{
  double heat = 0, c_rate = 0, end = last_median (moments, n, G_STRUCT_OFFSET (SmPackMoment, max_c));
  double begin = last_median (moments, MIN (n, 6), G_STRUCT_OFFSET (SmPackMoment, max_c));

  for (guint i = 1; i < n; i++)
    {
      c_rate = isnan (moments[i].c_rate) ? c_rate : moments[i].c_rate;
      heat += SM_THERMAL_LOAD_USUAL * c_rate * c_rate
              * (double) (moments[i].at_us - moments[i - 1].at_us) / HOUR_US;
    }
  if (heat >= HEAT_LEAST_K)
    set (self, SM_SIGN_HEAT_KEPT, (end - begin) / heat, 0);
}

/* The end of a fast charge is gone after that, if anything cools. */
#define LASTING_US (60 * 60 * (gint64) G_USEC_PER_SEC)

/** sm_signs_of_heat: @moments: of the last hours, in any order */
void
sm_signs_of_heat (SmSigns            *self,
                  const SmPackMoment *moments,
                  guint               n)
{
  g_autofree SmPackMoment *sorted = sm_sorted_by_time (moments, n, sizeof *moments);
  SmNumbers above = sm_numbers_new ();
  SmThermalWatch watch = { 0 };
  double lasting;

  for (guint i = 0; i < n; i++)
    {
      sm_thermal_watch_step (&watch, &sorted[i]);
      if (sorted[n - 1].at_us - sorted[i].at_us <= LASTING_US)
        sm_numbers_add (&above, watch.max_c - watch.expected_c);
    }
  lasting = sm_numbers_median (&above, 1);
  if (watch.n < 5)
    return;
  set (self, SM_SIGN_UNEXPLAINED_RISE, watch.excess_c, watch.at_us);
  set (self, SM_SIGN_ABOVE_EXPECTED, lasting, watch.at_us);
  if (!isnan (watch.usual_gap_c))
    set (self, SM_SIGN_PROBES_APART, watch.apart_c, watch.at_us);
  set (self, SM_SIGN_SURROUNDINGS,
       last_median (sorted, n, G_STRUCT_OFFSET (SmPackMoment, surroundings_c)), watch.at_us);
  set (self, SM_SIGN_PACK_TEMPERATURE, watch.max_c, watch.at_us);
  sign_of_heat_kept (self, sorted, n);
  sign_of_stuck (self, sorted, n);
  sign_of_jumps (self, sorted, n);
}

/* --- cells --- */

/* In the flat middle of an LFP pack the voltages say nothing of the charge: what
 * is between them there is resistance. */
#define MIDDLE_LEAST 25.0
#define MIDDLE_MOST 90.0
#define AT_REST 0.03 /* 1/h */
/* Loads must differ by that for a slope to be one. */
#define LOADS_DIFFER 0.08

static void
signs_of_load (SmSigns            *self,
               const SmPackMoment *moments,
               guint               n)
{
  SmNumbers at_rest = sm_numbers_new ();
  SmSums by_load = { 0 };

  for (guint i = 0; i < n; i++)
    {
      double load = fabs (moments[i].c_rate), soc = moments[i].soc;

      if (isnan (load) || soc < MIDDLE_LEAST || soc > MIDDLE_MOST)
        continue;
      if (load < AT_REST)
        sm_numbers_add (&at_rest, moments[i].spread_mv);
      sm_sums_add (&by_load, load, moments[i].spread_mv);
    }
  set (self, SM_SIGN_SPREAD_AT_REST, sm_numbers_median (&at_rest, 3), 0);
  if (sm_sums_deviation (&by_load) > LOADS_DIFFER && by_load.n >= 8)
    set (self, SM_SIGN_SPREAD_BY_LOAD, sm_sums_slope (&by_load), 0);
}

/* The median of the slopes between all pairs (Theil and Sen): a third of the
 * days may be wrong. */
static double
growth_a_day (const SmPackDay *days,
              guint            n)
{
  SmNumbers slopes = sm_numbers_new ();

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      if (days[j].at_us > days[i].at_us)
        sm_numbers_add (&slopes, (days[j].spread_mv - days[i].spread_mv)
                                     / ((double) (days[j].at_us - days[i].at_us) / DAY_US));
  return sm_numbers_median (&slopes, 10);
}

/* A cell that holds less is the first to be empty and the first to be full; one
 * that merely has less in it is the first to be empty and the last to be full. */
static double
empty_is_full (const SmPackDay *days,
               guint            n)
{
  double best = NAN;
  guint most = 0, with = 0, same = 0;

  for (guint i = 0; i < n; i++)
    {
      guint count = 0;

      for (guint j = 0; j < n && !isnan (days[i].low_when_empty); j++)
        count += days[j].low_when_empty == days[i].low_when_empty;
      if (count > most)
        {
          most = count;
          best = days[i].low_when_empty;
        }
    }
  for (guint i = 0; i < n; i++)
    if (!isnan (days[i].high_when_full))
      {
        with++;
        same += days[i].high_when_full == best;
      }
  return with >= 3 && most >= 3 ? (double) same / with : NAN;
}

/* log2 of the insulation by humidity and by day, both at once: least squares
 * with the means taken off. */
static void
signs_of_insulation (SmSigns         *self,
                     const SmPackDay *days,
                     guint            n)
{
  double hh = 0, dd = 0, hd = 0, hy = 0, dy = 0, h = 0, d = 0, y = 0, det;
  guint with = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++)
      {
        double day = (double) (days[i].at_us - days[0].at_us) / DAY_US;
        double value = days[i].insulation > 0 ? log2 (days[i].insulation) : NAN;

        if (isnan (value) || isnan (days[i].humidity))
          continue;
        if (pass == 0)
          {
            with++;
            h += days[i].humidity;
            d += day;
            y += value;
            continue;
          }
        hh += (days[i].humidity - h / with) * (days[i].humidity - h / with);
        dd += (day - d / with) * (day - d / with);
        hd += (days[i].humidity - h / with) * (day - d / with);
        hy += (days[i].humidity - h / with) * (value - y / with);
        dy += (day - d / with) * (value - y / with);
      }
  det = hh * dd - hd * hd;
  if (with < 6 || det < 1e-6 * MAX (hh * dd, 1e-9))
    return;
  set (self, SM_SIGN_INSULATION_BY_DAMP, -30.0 * (hy * dd - dy * hd) / det, 0);
  set (self, SM_SIGN_INSULATION_TREND, -7.0 * (dy * hh - hy * hd) / det, 0);
}

/** sm_signs_of_cells: @moments: of the last hours; @days: of the last weeks; in any order */
void
sm_signs_of_cells (SmSigns            *self,
                   const SmPackMoment *moments,
                   guint               n,
                   const SmPackDay    *days,
                   guint               n_days)
{
  g_autofree SmPackMoment *sorted = sm_sorted_by_time (moments, n, sizeof *moments);
  g_autofree SmPackDay *by_day = sm_sorted_by_time (days, n_days, sizeof *days);
  double insulation = last_median (sorted, n, G_STRUCT_OFFSET (SmPackMoment, insulation));

  signs_of_load (self, sorted, n);
  if (n_days >= 4)
    {
      set (self, SM_SIGN_SPREAD_GROWTH, growth_a_day (by_day, n_days), by_day[n_days - 1].at_us);
      set (self, SM_SIGN_EMPTY_IS_FULL, empty_is_full (by_day, n_days), by_day[n_days - 1].at_us);
    }
  for (guint i = n_days; i > 0 && isnan (insulation); i--)
    insulation = by_day[i - 1].insulation;
  set (self, SM_SIGN_INSULATION, insulation, n > 0 ? sorted[n - 1].at_us : 0);
  signs_of_insulation (self, by_day, n_days);
}

/* --- the state of charge --- */

#define FULL 100.0
#define EMPTY 5.0
/* % an hour by which the current may have been another while nobody said it. */
#define UNSEEN 45.0

static void
note_step (SmSigns            *self,
           const SmPackMoment *before,
           const SmPackMoment *after,
           double              gap,
           double              step)
{
  double away = MIN (FULL - after->soc, fabs (after->soc - EMPTY));

  set (self, SM_SIGN_SOC_STEP, step, after->at_us);
  set (self, SM_SIGN_STEP_AFTER_GAP, gap, after->at_us);
  set (self, SM_SIGN_COUNTER_WENT_BACK, MAX (before->throughput - after->throughput, 0.0),
       after->at_us);
  if (isnan (before->throughput) || isnan (after->throughput))
    self->value[SM_SIGN_COUNTER_WENT_BACK] = NAN;
  set (self, SM_SIGN_STEP_AT_END, MAX (away, 0.0), after->at_us);
}

static double
usual_gap_us (const SmPackMoment *moments,
              guint               n)
{
  SmNumbers gaps = sm_numbers_new ();
  double usual;

  for (guint i = 1; i < n; i++)
    sm_numbers_add (&gaps, (double) (moments[i].at_us - moments[i - 1].at_us));
  usual = sm_numbers_median (&gaps, 1);
  return usual > 0 ? usual : 1.0;
}

/** sm_signs_of_soc: @moments: of the last hours, in any order */
void
sm_signs_of_soc (SmSigns            *self,
                 const SmPackMoment *moments,
                 guint               n)
{
  g_autofree SmPackMoment *sorted = sm_sorted_by_time (moments, n, sizeof *moments);
  SmPackMoment last = { .soc = NAN, .throughput = NAN };
  double worst = -1, usual_us = n > 2 ? usual_gap_us (sorted, n) : 1, flown = 0, c_rate = 0;
  gint64 flown_at = n > 0 ? sorted[0].at_us : 0;

  for (guint i = 0; i < n; i++)
    {
      double step, gap;

      if (!isnan (sorted[i].c_rate))
        c_rate = sorted[i].c_rate;
      flown += 100.0 * c_rate * (double) (sorted[i].at_us - flown_at) / HOUR_US;
      flown_at = sorted[i].at_us;
      if (isnan (sorted[i].soc))
        {
          if (!isnan (sorted[i].throughput) && isnan (last.soc))
            last.throughput = sorted[i].throughput;
          continue;
        }
      gap = MAX ((double) (sorted[i].at_us - last.at_us) / usual_us - 1.0, 0.0);
      step = fabs (sorted[i].soc - last.soc - flown) - UNSEEN * gap * usual_us / HOUR_US;
      if (!isnan (last.soc) && step > worst)
        {
          worst = step;
          note_step (self, &last, &sorted[i], gap, step);
        }
      last = sorted[i];
      flown = 0;
    }
}
