/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-pack.h"

#include <math.h>

#include "sm-time.h"

/* A heavy LFP pack has lost a fifth of its capacity after about this many full cycles. */
#define LIFE_CYCLES 3600.0
#define LIFE_LOSS 20.0
#define COMFORT_C 25.0
#define DOUBLES_PER_C 12.0 /* each so many degrees warmer, a cycle counts twice */

#define KNEE_SOC 80.0
#define WIDTH_SOC 25.0
#define TAU_S (28.0 * 60.0)

/*
 * How the loss of capacity runs over a life, in tenths of it: the mean of cells
 * B0005 and B0006 of the NASA Ames battery ageing data (B. Saha and K. Goebel,
 * Battery Data Set, NASA Ames Prognostics Data Repository, 2007), each scaled
 * to its own end of life; rests that bring some capacity back are in it.
 */
static const double life_shape[] = { 0.0, 0.143, 0.160, 0.264, 0.490, 0.642,
                                     0.712, 0.816, 0.871, 0.940, 1.0 };

/* Open circuit of an LFP cell, in steps of ten percent. */
static const double ocv_mv[] = { 2950.0, 3180.0, 3240.0, 3265.0, 3285.0, 3292.0,
                                 3300.0, 3318.0, 3328.0, 3332.0, 3400.0 };

static double
on_curve (const double *values,
          double        part)
{
  guint at = (guint) (CLAMP (part, 0.0, 1.0) * 10.0);

  if (at >= 10)
    return values[10];
  return values[at] + (values[at + 1] - values[at]) * (part * 10.0 - at);
}

static double
soh_of (double wear)
{
  double part = wear / LIFE_CYCLES;

  /* Beyond its life it goes on losing as at the end. */
  return MAX (100.0 - LIFE_LOSS * (on_curve (life_shape, part) + MAX (part - 1.0, 0.0) * 0.6), 40.0);
}

static double
wear_of (double soh)
{
  double low = 0.0, high = LIFE_CYCLES * 4.0;

  for (guint i = 0; i < 40; i++)
    {
      double middle = (low + high) / 2.0;

      if (soh_of (middle) > soh)
        low = middle;
      else
        high = middle;
    }
  return high;
}

/* The smallest count of Wh put in of which @wh come out again. */
static gint64
charged_for (gint64 wh)
{
  return (wh * 100 + SM_SIM_PACK_YIELD - 1) / SM_SIM_PACK_YIELD;
}

/**
 * sm_sim_pack_init:
 *
 * As old as the world says, full as it begins, with counters that agree with
 * that: the same seed and index give the same pack.
 */
void
sm_sim_pack_init (SmSimPackNow     *self,
                  const SmSimWorld *world,
                  guint             index,
                  gint64            at_us)
{
  const SmSimPack *pack = &world->packs[index];
  const SmSimModel *model = &world->models[pack->model];
  SmRandom random = sm_random_new (world->seed, G_GUINT64_CONSTANT (0x7061636b00000000) + index);
  gint64 stored_wh;

  *self = (SmSimPackNow){ .model = model, .place = SM_PLACE_UNKNOWN, .at_us = at_us,
                          .placed_us = SM_UNKNOWN };
  self->habit_c = (float) pack->habit_c;
  self->wear = wear_of (pack->soh);
  self->soh = soh_of (self->wear);
  self->spread_growth_mv = (float) (0.9 * pack->spread_mv);
  self->spread_new_mv = (float) (pack->spread_mv
                                 - self->spread_growth_mv * self->wear / LIFE_CYCLES);
  self->insulation_ohm_per_v = (float) sm_random_range (&random, 1400.0, 5200.0);
  self->hot_probe = (guint8) (1 + sm_random_below (&random, MAX (model->probe_count, 1)));
  self->cold_probe = (guint8) (1 + sm_random_below (&random, MAX (model->probe_count, 1)));
  self->high_cell = (guint16) (1 + sm_random_below (&random, MAX (model->cell_count, 1)));
  self->low_cell = (guint16) (1 + sm_random_below (&random, MAX (model->cell_count, 1)));
  self->temperature_c = COMFORT_C + pack->habit_c;
  self->throughput_wh = pack->throughput_wh;
  stored_wh = (gint64) (pack->start_soc / 100.0 * sm_sim_pack_capacity_wh (self));
  self->charged_wh = charged_for (self->throughput_wh + stored_wh);
}

/** sm_sim_pack_resume: It goes on with the counters it had. */
void
sm_sim_pack_resume (SmSimPackNow *self,
                    gint64     charged_wh,
                    gint64     throughput_wh,
                    double     soh,
                    double     temperature_c,
                    gint64     at_us)
{
  self->charged_wh = charged_wh;
  self->throughput_wh = throughput_wh;
  self->wear = wear_of (soh);
  self->soh = soh_of (self->wear);
  self->temperature_c = isnan (temperature_c) ? COMFORT_C : temperature_c;
  self->at_us = at_us;
}

static void
age (SmSimPackNow *self,
     double     wh)
{
  double warm = exp2 ((self->temperature_c - COMFORT_C) / DOUBLES_PER_C);

  self->wear += wh / (double) self->model->nominal_wh * MAX (warm, 0.7);
  self->soh = soh_of (self->wear);
}

/** sm_sim_pack_drain: Takes @wh out; a pack gives what it has and no more. */
void
sm_sim_pack_drain (SmSimPackNow *self,
                   double     wh)
{
  gint64 whole_wh = CLAMP ((gint64) (wh + 0.5), 0, sm_sim_pack_stored_wh (self));

  self->throughput_wh += whole_wh;
  age (self, (double) whole_wh);
}

/** sm_sim_pack_fill_to: Puts in what makes it hold @stored_wh. */
void
sm_sim_pack_fill_to (SmSimPackNow *self,
                     double     stored_wh)
{
  gint64 charged_wh = charged_for (self->throughput_wh + (gint64) (stored_wh + 0.5));

  self->charged_wh = MAX (self->charged_wh, charged_wh);
}

/** sm_sim_pack_warm: From its last booking to @at_us it tended to @target_c. */
void
sm_sim_pack_warm (SmSimPackNow *self,
                  double     target_c,
                  gint64     at_us)
{
  double seconds = (double) (at_us - self->at_us) / (double) SM_SECOND;

  if (seconds > 0.0)
    self->temperature_c += (target_c + self->habit_c - self->temperature_c)
                           * (1.0 - exp (-seconds / TAU_S));
  self->at_us = at_us;
}

/** sm_sim_pack_spread_mv: Between its highest and lowest cell; wide when nearly empty or full. */
double
sm_sim_pack_spread_mv (const SmSimPackNow *self)
{
  double soc = sm_sim_pack_soc (self);
  double ends = MAX (14.0 - soc, 0.0) * 2.2 + MAX (soc - 96.0, 0.0) * 3.0;

  return self->spread_new_mv + self->spread_growth_mv * self->wear / LIFE_CYCLES + ends;
}

/** sm_sim_pack_report: What its management system says, charging by @power_kw or, below 0, giving. */
void
sm_sim_pack_report (const SmSimPackNow *self,
                    double           power_kw,
                    SmPackReport    *out_report)
{
  double series = self->model->nominal_voltage_v / 3.22;
  double soc = sm_sim_pack_soc (self);
  double cell_mv = on_curve (ocv_mv, soc / 100.0)
                   + 110.0 * power_kw / ((double) self->model->nominal_wh / 1000.0);
  double spread_mv = sm_sim_pack_spread_mv (self);
  double voltage_v = series * cell_mv / 1000.0;

  *out_report = (SmPackReport){
    .soh = round (self->soh * 10.0) / 10.0,
    .cycle_count = round ((double) self->throughput_wh / (double) self->model->nominal_wh * 100.0)
                   / 100.0,
    .charged_wh = self->charged_wh,
    .throughput_wh = self->throughput_wh,
    .voltage_v = round (voltage_v * 10.0) / 10.0,
    .current_a = round (power_kw * 1000.0 / voltage_v * 10.0) / 10.0,
    .temperature_max_c = round (self->temperature_c * 10.0) / 10.0,
    .temperature_max_probe = self->hot_probe,
    .temperature_min_c = round ((self->temperature_c - 2.2 - self->habit_c * 0.4) * 10.0) / 10.0,
    .temperature_min_probe = self->cold_probe,
    .cell_max_mv = round (cell_mv + spread_mv * 0.4),
    .cell_max_number = self->high_cell,
    .cell_min_mv = round (cell_mv + spread_mv * 0.4) - round (spread_mv),
    .cell_min_number = self->low_cell,
    .insulation_ohm_per_v = round (self->insulation_ohm_per_v),
  };
}

/** sm_sim_fill_new: From now on it gets @power_kw at its terminals, as long as it takes that. */
SmSimFill
sm_sim_fill_new (const SmSimPackNow *pack,
                 double           power_kw)
{
  double capacity_wh = sm_sim_pack_capacity_wh (pack);

  return (SmSimFill){
    .from_wh = (double) sm_sim_pack_stored_wh (pack),
    .knee_wh = capacity_wh * KNEE_SOC / 100.0,
    .width_wh = capacity_wh * WIDTH_SOC / 100.0,
    .wh_per_s = power_kw * 1000.0 / 3600.0 * SM_SIM_PACK_YIELD / 100.0,
  };
}

/** sm_sim_fill_stored_wh: What it holds after @seconds. */
double
sm_sim_fill_stored_wh (const SmSimFill *self,
                       double           seconds)
{
  double to_knee_s, beyond, left;

  if (self->wh_per_s <= 0.0)
    return self->from_wh;
  to_knee_s = (self->knee_wh - self->from_wh) / self->wh_per_s;
  if (seconds <= to_knee_s)
    return self->from_wh + self->wh_per_s * seconds;
  beyond = MAX (self->from_wh - self->knee_wh, 0.0) / self->width_wh;
  left = (1.0 - beyond)
         * exp (-self->wh_per_s * (seconds - MAX (to_knee_s, 0.0)) / self->width_wh);
  return self->knee_wh + self->width_wh * (1.0 - left);
}

/** sm_sim_fill_power_kw: What flows into its terminals while it holds @stored_wh. */
double
sm_sim_fill_power_kw (const SmSimFill *self,
                      double           stored_wh)
{
  double part = 1.0 - MAX (stored_wh - self->knee_wh, 0.0) / self->width_wh;

  return self->wh_per_s * 3600.0 / 1000.0 * 100.0 / SM_SIM_PACK_YIELD * MAX (part, 0.0);
}

/** sm_sim_fill_seconds_to: Returns: how long until it holds @stored_wh; infinite if never */
double
sm_sim_fill_seconds_to (const SmSimFill *self,
                        double           stored_wh)
{
  double to_knee_s, from, to;

  if (stored_wh <= self->from_wh)
    return 0.0;
  if (self->wh_per_s <= 0.0)
    return INFINITY;
  if (stored_wh <= self->knee_wh)
    return (stored_wh - self->from_wh) / self->wh_per_s;
  to_knee_s = MAX (self->knee_wh - self->from_wh, 0.0) / self->wh_per_s;
  from = MAX (self->from_wh - self->knee_wh, 0.0) / self->width_wh;
  to = (stored_wh - self->knee_wh) / self->width_wh;
  if (to >= 1.0)
    return INFINITY;
  return to_knee_s + log ((1.0 - from) / (1.0 - to)) * self->width_wh / self->wh_per_s;
}
