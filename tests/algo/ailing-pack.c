/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ailing-private.h"

#include <math.h>

/*
 * A pack of 280 Ah LFP cells: 0.30-0.45 mΩ with its bar, 5.4 kg of 1.0-1.1
 * kJ/kgK (data sheets of EVE LF280K; Steinhardt et al. 2022 for the heat
 * capacity), a quarter more with what holds it.  A plate cools it.
 */
#define CELL_AH 280.0
#define CELL_V 3.2
#define CELL_KG 5.4

typedef struct
{
  SmRandom random;
  double ohm, joule_per_k;      /* of a cell */
  double watt_per_k, still_watt_per_k; /* to the coolant; without it, to the air */
  double outside_c, coolant_c;
  double bulk_c, above_c, below_c, by_load_c; /* probes around the bulk */
  double hot_c, hot_min, seen;  /* a spot that heats itself, e-folding time, share its probe sees */
  gboolean has_coolant, is_whole_degrees;
  double soc, shown_soc, thru, energetic; /* how hard it works, 0-1 */
  double phase_min, phase_a;    /* what goes on: left, and at what current */
  double rest_mv, mv_per_a;
  double insulation;
} Pack;

static double
uniform (SmRandom *random,
         double    from,
         double    to)
{
  return sm_random_range (random, from, to);
}

static double
normal (SmRandom *random)
{
  double sum = 0;

  for (guint i = 0; i < 12; i++)
    sum += sm_random_unit (random);
  return sum - 6.0;
}

static Pack
pack_new (guint64 seed)
{
  Pack self = { .random = sm_random_new (seed, 77) };
  SmRandom *random = &self.random;

  self.ohm = uniform (random, 0.30e-3, 0.45e-3);
  self.joule_per_k = CELL_KG * uniform (random, 1000, 1100) * 1.25;
  self.watt_per_k = self.joule_per_k / (uniform (random, 35, 60) * 60.0);
  self.still_watt_per_k = self.joule_per_k / (uniform (random, 300, 600) * 60.0);
  self.outside_c = uniform (random, -5, 34);
  self.coolant_c = CLAMP (self.outside_c, 15.0, uniform (random, 24, 28));
  self.has_coolant = TRUE;
  self.bulk_c = self.coolant_c + uniform (random, 0, 5);
  self.above_c = uniform (random, 0.5, 2.0);
  self.below_c = uniform (random, 0.5, 2.0);
  self.by_load_c = uniform (random, 0.2, 1.2);
  self.is_whole_degrees = sm_random_chance (random, 0.5); /* GB/T 32960.3: 1 K */
  self.soc = uniform (random, 35, 90);
  self.energetic = uniform (random, 0.3, 1.0);
  self.rest_mv = uniform (random, 6, 22);
  self.mv_per_a = uniform (random, 0.03, 0.12);
  self.insulation = uniform (random, 1800, 5500);
  self.thru = uniform (random, 1e3, 9e4);
  self.seen = uniform (random, 0.6, 0.95);
  return self;
}

/* A heavy truck: some of an hour uphill or level, a rest, and charged when empty. */
static void
next_phase (Pack *self)
{
  SmRandom *random = &self->random;

  if (self->soc < 22)
    {
      self->phase_a = CELL_AH * uniform (random, 0.6, 1.0);
      self->phase_min = uniform (random, 28, 45);
    }
  else if (sm_random_chance (random, 0.25))
    {
      self->phase_a = 0;
      self->phase_min = uniform (random, 5, 30);
    }
  else
    {
      self->phase_a = -CELL_AH * uniform (random, 0.12, 0.2 + 0.5 * self->energetic);
      self->phase_min = uniform (random, 8, 45);
    }
}

static void
live_a_minute (Pack *self)
{
  double amps, watts;

  if (self->phase_min <= 0 || (self->phase_a < 0 && self->soc < 15)
      || (self->phase_a > 0 && self->soc > 97))
    {
      if (self->phase_a > 0 && self->soc > 97)
        {
          self->phase_a = 0;
          self->phase_min = uniform (&self->random, 5, 20);
        }
      else
        next_phase (self);
    }
  self->phase_min -= 1;
  amps = self->phase_a;
  watts = amps * amps * self->ohm;
  watts -= self->has_coolant ? self->watt_per_k * (self->bulk_c - self->coolant_c)
                             : self->still_watt_per_k * (self->bulk_c - self->outside_c);
  self->bulk_c += watts * 60.0 / self->joule_per_k;
  if (self->hot_min > 0)
    self->hot_c *= exp (1.0 / self->hot_min);
  self->soc = CLAMP (self->soc + 100.0 * amps / CELL_AH / 60.0, 1, 100);
  self->thru += MAX (-amps, 0) / CELL_AH / 60.0 * 100.0;
}

static double
reading_c (const Pack *self,
           double      celsius)
{
  return self->is_whole_degrees ? round (celsius) : round (celsius * 10) / 10;
}

static SmPackMoment
look (Pack   *self,
      gint64  at_us)
{
  SmRandom *random = &self->random;
  double load = fabs (self->phase_a) / CELL_AH;
  double gap = self->above_c + self->by_load_c * load;

  return (SmPackMoment){
    .at_us = at_us,
    .max_c = reading_c (self, self->bulk_c + gap + self->hot_c * self->seen + 0.15 * normal (random)),
    .min_c = reading_c (self, self->bulk_c - self->below_c + 0.15 * normal (random)),
    .surroundings_c = round (self->outside_c + 0.5 * normal (random)),
    .c_rate = self->phase_a / CELL_AH + 0.01 * normal (random),
    .soc = round ((self->soc + self->shown_soc) * 2) / 2,
    .spread_mv = MAX (round (self->rest_mv + self->mv_per_a * fabs (self->phase_a)
                             + 2.5 * normal (random)), 1),
    .throughput = self->thru,
    .insulation = self->insulation * (1 + 0.03 * normal (random)),
    .humidity = NAN,
  };
}

/* --- faults of heat and of its sensors --- */

static void
heat_begins (Pack    *self,
             SmCause  cause,
             guint    minute,
             guint    n)
{
  SmRandom *random = &self->random;

  if (cause == SM_CAUSE_HOT_SURROUNDINGS && minute == 0)
    {
      self->outside_c = uniform (random, 38, 44);
      self->coolant_c = self->outside_c + uniform (random, 0, 3);
      self->bulk_c = self->coolant_c + uniform (random, 0, 4);
    }
  /* A plate without flow: what is left is the air around it.  In frost nobody
   * needs to know; who works hard in mild air does. */
  if (cause == SM_CAUSE_COOLING_FAILED)
    {
      if (minute == 0)
        self->outside_c = uniform (random, 12, 34);
      self->energetic = MAX (self->energetic, 0.6);
      if (minute + 270 >= n)
        self->has_coolant = FALSE;
    }
}

/* A short inside that draws more the warmer it is (Feng et al. 2018, "Thermal
 * runaway mechanism of lithium ion battery for electric vehicles: a review",
 * has hours of it before the separator fails): it grows by e in 18-45 min. */
static void
growth_begins (Pack   *self,
               double  hot_c)
{
  self->hot_min = uniform (&self->random, 18, 45);
  self->hot_c = hot_c;
}

static void
stick (Pack   *self,
       GArray *moments)
{
  guint from = moments->len - (guint) uniform (&self->random, 120, 260);
  gboolean is_hot = sm_random_chance (&self->random, 0.5);

  for (guint i = from + 1; i < moments->len; i++)
    {
      SmPackMoment *first = &g_array_index (moments, SmPackMoment, from);
      SmPackMoment *moment = &g_array_index (moments, SmPackMoment, i);

      if (is_hot)
        moment->max_c = first->max_c;
      else
        moment->min_c = first->min_c;
    }
}

/* A loose plug of a thermistor: open it is the coldest reading, or drifts up. */
static void
jump (Pack   *self,
      GArray *moments)
{
  guint n = 3 + sm_random_below (&self->random, 5);
  gboolean is_open = sm_random_chance (&self->random, 0.5);

  for (guint i = 0; i < n; i++)
    {
      guint at = sm_random_below (&self->random, moments->len - 3);
      guint lasts = 1 + sm_random_below (&self->random, 2);

      for (guint j = at; j < at + lasts; j++)
        if (is_open)
          g_array_index (moments, SmPackMoment, j).min_c = -40;
        else
          g_array_index (moments, SmPackMoment, j).max_c += uniform (&self->random, 15, 80);
    }
}

/* --- faults of its charge --- */

static void
step_of_soc (Pack    *self,
             GArray  *moments,
             SmCause  cause)
{
  guint at = moments->len - 20 - sm_random_below (&self->random, 100);
  double step = uniform (&self->random, 7, 20);
  double lost = sm_random_chance (&self->random, 0.8) ? uniform (&self->random, 0.15, 1.5) : 0;
  guint away = 1 + sm_random_below (&self->random, 3);
  double soc = g_array_index (moments, SmPackMoment, at).soc;
  double shift, before;

  /* What was estimated meets the end of the voltage curve. */
  if (cause == SM_CAUSE_SOC_DRIFTED)
    soc = sm_random_chance (&self->random, 0.5) ? uniform (&self->random, 97, 100)
                                                : uniform (&self->random, 3, 9);
  before = soc > 50 ? soc - step : soc + step;
  shift = soc - g_array_index (moments, SmPackMoment, at).soc;
  for (guint i = at; i < moments->len; i++)
    {
      SmPackMoment *moment = &g_array_index (moments, SmPackMoment, i);

      moment->soc = CLAMP (moment->soc + shift, 0, 100);
      moment->throughput -= cause == SM_CAUSE_BMS_RESTARTED ? lost : 0;
    }
  shift = before - g_array_index (moments, SmPackMoment, at - 1).soc;
  for (guint i = 0; i < at; i++)
    {
      SmPackMoment *moment = &g_array_index (moments, SmPackMoment, i);

      moment->soc = CLAMP (moment->soc + shift, 0, 100);
    }
  if (cause == SM_CAUSE_BMS_RESTARTED)
    g_array_remove_range (moments, at - away, away);
}

/* --- its days --- */

typedef struct
{
  double spread_mv, grows_mv;   /* nearly empty; a day */
  double low_again, full_again; /* how often the same cell is lowest, and highest when full */
  double damp, worn;            /* halvings for 30 % of humidity, and a day */
} Habit;

static Habit
habit_of (Pack          *self,
          const SmCause *causes,
          guint          n)
{
  SmRandom *random = &self->random;
  Habit habit = { uniform (random, 20, 70), uniform (random, -0.2, 0.5), 0.4, 0.03,
                  uniform (random, 0.03, 0.22), uniform (random, -0.004, 0.006) };

  for (guint i = 0; i < n; i++)
    switch (causes[i])
      {
      case SM_CAUSE_WEAK_CELL: /* it holds less: first empty and first full */
        habit.grows_mv = uniform (random, 2.5, 8);
        habit.low_again = 0.93;
        habit.full_again = 0.85;
        break;
      case SM_CAUSE_BALANCING_OFF: /* it has less in it: first empty, last full */
        habit.grows_mv = uniform (random, 2.3, 6);
        habit.low_again = 0.9;
        habit.full_again = 0.03;
        break;
      case SM_CAUSE_INSULATION_DAMP:
        habit.damp = uniform (random, 0.9, 1.8);
        break;
      case SM_CAUSE_INSULATION_WORN:
        habit.worn = uniform (random, 0.07, 0.17);
        break;
      default:
        break;
      }
  return habit;
}

static void
live_days (Pack        *self,
           const Habit *habit,
           Ailing      *ailing)
{
  SmRandom *random = &self->random;
  guint n = 24 + sm_random_below (random, 8);
  double cell = 1 + sm_random_below (random, 200), wet = 60, insulation = self->insulation;

  for (guint i = 0; i < n; i++)
    {
      SmPackDay day = { .at_us = ailing->now_us - (gint64) (n - i) * 86400 * G_USEC_PER_SEC };

      wet = CLAMP (60 + 0.6 * (wet - 60) + 13 * normal (random), 25, 98);
      if (habit->damp > 0.5 && i + 4 >= n)
        wet = uniform (random, 78, 96); /* it was asked about on a damp day */
      day.spread_mv = MAX (habit->spread_mv + habit->grows_mv * i + 6 * normal (random), 2);
      day.low_when_empty = sm_random_chance (random, habit->low_again)
                               ? cell : 1 + sm_random_below (random, 200);
      day.high_when_full = sm_random_chance (random, habit->full_again)
                               ? cell : 1 + sm_random_below (random, 200);
      day.humidity = round (wet);
      day.insulation = insulation * exp2 (-habit->worn * i - habit->damp * (wet - 60) / 30)
                       * (1 + 0.04 * normal (random));
      self->insulation = day.insulation;
      g_array_append_val (ailing->days, day);
    }
}

static gboolean
has (const Ailing *self,
     SmCause       cause)
{
  for (guint i = 0; i < self->n_causes; i++)
    if (self->causes[i] == cause)
      return TRUE;
  return FALSE;
}

/* Until the spot shows as much as it shall at the moment of looking. */
static guint
minutes_of_growth (const Pack *self,
                   double      shown_c)
{
  return (guint) (self->hot_min * log (shown_c / self->seen / self->hot_c));
}

static void
live_hours (Pack   *self,
            Ailing *ailing)
{
  guint n = 300, growth_at = n;

  if (has (ailing, SM_CAUSE_POOR_CONNECTION)) /* 0.3-0.7 mΩ more in one joint */
    self->mv_per_a += uniform (&self->random, 0.3, 0.7);
  if (has (ailing, SM_CAUSE_THERMAL_GROWTH))
    {
      double shown_c = uniform (&self->random, 7, 20);

      growth_begins (self, 0.5);
      growth_at = n - MIN (minutes_of_growth (self, shown_c), n - 30);
      self->hot_c = 0;
    }
  for (guint i = 0; i < n; i++)
    {
      SmPackMoment moment;

      for (guint c = 0; c < ailing->n_causes; c++)
        heat_begins (self, ailing->causes[c], i, n);
      if (i == growth_at)
        self->hot_c = 0.5;
      live_a_minute (self);
      moment = look (self, ailing->now_us - (gint64) (n - i) * 60 * G_USEC_PER_SEC);
      g_array_append_val (ailing->moments, moment);
    }
}

/** ailing_fill_pack: Five hours, minute by minute, and some weeks, day by day. */
void
ailing_fill_pack (Ailing  *ailing,
                  guint64  seed)
{
  Pack self = pack_new (seed);
  Habit habit = habit_of (&self, ailing->causes, ailing->n_causes);

  live_days (&self, &habit, ailing);
  live_hours (&self, ailing);
  for (guint i = 0; i < ailing->n_causes; i++)
    switch (ailing->causes[i])
      {
      case SM_CAUSE_SENSOR_STUCK:
        stick (&self, ailing->moments);
        break;
      case SM_CAUSE_SENSOR_JUMPS:
        jump (&self, ailing->moments);
        break;
      case SM_CAUSE_SOC_DRIFTED:
      case SM_CAUSE_BMS_RESTARTED:
        step_of_soc (&self, ailing->moments, ailing->causes[i]);
        break;
      default:
        break;
      }
}

/** ailing_day_new: Returns: (transfer full): a sound pack's moments, of SmPackMoment */
GArray *
ailing_day_new (guint64 seed,
                double  hours)
{
  Pack self = pack_new (seed);
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (SmPackMoment));

  for (guint i = 0; i < (guint) (hours * 60); i++)
    {
      SmPackMoment moment;

      live_a_minute (&self);
      self.outside_c += 0.004 * sin (i / 1440.0 * 2 * G_PI) + 0.02 * normal (&self.random);
      moment = look (&self, (gint64) (i + 1) * 60 * G_USEC_PER_SEC);
      g_array_append_val (moments, moment);
    }
  return moments;
}

/**
 * ailing_growth_new:
 * @out_begins: (out): the moment in which the spot begins to grow
 *
 * Returns: (transfer full): a pack until a probe reads @level_1_c
 */
GArray *
ailing_growth_new (guint64  seed,
                   double   level_1_c,
                   guint   *out_begins)
{
  Pack self = pack_new (seed);
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (SmPackMoment));
  guint begins = 120 + sm_random_below (&self.random, 240);

  *out_begins = begins;
  for (guint i = 0; i < 3000; i++)
    {
      SmPackMoment moment;

      if (i == begins)
        growth_begins (&self, 0.5);
      live_a_minute (&self);
      moment = look (&self, (gint64) (i + 1) * 60 * G_USEC_PER_SEC);
      g_array_append_val (moments, moment);
      if (moment.max_c >= level_1_c)
        break;
    }
  return moments;
}
