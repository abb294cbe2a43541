/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-diagnose.h"

#include <math.h>

/*
 * Naive Bayes in log odds.  Every cause begins with how rare it is; each sign
 * that is known adds what it is more or less likely under that cause than under
 * none of its group.  Causes of a group exclude each other, those of different
 * groups do not: a thing can have two faults.
 */

static const char *const cause_slugs[SM_N_CAUSES] = {
  [SM_CAUSE_THERMAL_GROWTH] = "thermal-growth",
  [SM_CAUSE_COOLING_FAILED] = "cooling-failed",
  [SM_CAUSE_HOT_SURROUNDINGS] = "hot-surroundings",
  [SM_CAUSE_SENSOR_STUCK] = "sensor-stuck",
  [SM_CAUSE_SENSOR_JUMPS] = "sensor-jumps",
  [SM_CAUSE_WEAK_CELL] = "weak-cell",
  [SM_CAUSE_POOR_CONNECTION] = "poor-connection",
  [SM_CAUSE_BALANCING_OFF] = "balancing-off",
  [SM_CAUSE_INSULATION_DAMP] = "insulation-damp",
  [SM_CAUSE_INSULATION_WORN] = "insulation-worn",
  [SM_CAUSE_SOC_DRIFTED] = "soc-drifted",
  [SM_CAUSE_BMS_RESTARTED] = "bms-restarted",
  [SM_CAUSE_DEVICE_SILENT] = "device-silent",
  [SM_CAUSE_CARRIER_OUT] = "carrier-out",
  [SM_CAUSE_SITE_DARK] = "site-dark",
  [SM_CAUSE_DEAD_ZONE] = "dead-zone",
  [SM_CAUSE_MODULE_FAILED] = "module-failed",
  [SM_CAUSE_GRID_LIMITED] = "grid-limited",
  [SM_CAUSE_MODULE_HOT] = "module-hot",
  [SM_CAUSE_CONTACTOR_WELDED] = "contactor-welded",
  [SM_CAUSE_CONTACT_WORN] = "contact-worn",
  [SM_CAUSE_FIX_DID_NOT_HOLD] = "fix-did-not-hold",
  [SM_CAUSE_LANE_MISALIGNED] = "lane-misaligned",
  [SM_CAUSE_VEHICLE_MOUNT] = "vehicle-mount",
};

static const struct
{
  const char *slug, *unit;
} sign_texts[SM_N_SIGNS] = {
  [SM_SIGN_UNEXPLAINED_RISE] = { "unexplained-rise", "°C" },
  [SM_SIGN_ABOVE_EXPECTED] = { "above-expected", "°C" },
  [SM_SIGN_HEAT_KEPT] = { "heat-kept", NULL },
  [SM_SIGN_PROBES_APART] = { "probes-apart", "°C" },
  [SM_SIGN_SURROUNDINGS] = { "surroundings", "°C" },
  [SM_SIGN_PACK_TEMPERATURE] = { "pack-temperature", "°C" },
  [SM_SIGN_STUCK] = { "stuck", NULL },
  [SM_SIGN_JUMPS] = { "jumps", NULL },
  [SM_SIGN_SPREAD_GROWTH] = { "spread-growth", "mV/d" },
  [SM_SIGN_SPREAD_AT_REST] = { "spread-at-rest", "mV" },
  [SM_SIGN_SPREAD_BY_LOAD] = { "spread-by-load", "mV" },
  [SM_SIGN_EMPTY_IS_FULL] = { "empty-is-full", NULL },
  [SM_SIGN_INSULATION] = { "insulation", "Ω/V" },
  [SM_SIGN_INSULATION_BY_DAMP] = { "insulation-by-damp", NULL },
  [SM_SIGN_INSULATION_TREND] = { "insulation-trend", "1/week" },
  [SM_SIGN_SOC_STEP] = { "soc-step", "%" },
  [SM_SIGN_STEP_AFTER_GAP] = { "step-after-gap", NULL },
  [SM_SIGN_COUNTER_WENT_BACK] = { "counter-went-back", "%" },
  [SM_SIGN_STEP_AT_END] = { "step-at-end", "%" },
  [SM_SIGN_SILENCE] = { "silence", NULL },
  [SM_SIGN_SITE_SILENT] = { "site-silent", NULL },
  [SM_SIGN_CARRIER_SILENT] = { "carrier-silent", NULL },
  [SM_SIGN_OTHERS_SILENT] = { "others-silent", NULL },
  [SM_SIGN_TOGETHER] = { "together", "s" },
  [SM_SIGN_SUPPLY_FELL] = { "supply-fell", "%" },
  [SM_SIGN_DARK_PLACE] = { "dark-place", NULL },
  [SM_SIGN_SIGNAL_FELL] = { "signal-fell", "dB" },
  [SM_SIGN_SHORTFALL] = { "shortfall", "%" },
  [SM_SIGN_POWER_STEP] = { "power-step", "%" },
  [SM_SIGN_OTHERS_LIMITED] = { "others-limited", NULL },
  [SM_SIGN_SITE_LOAD] = { "site-load", "%" },
  [SM_SIGN_MODULE_TEMPERATURE] = { "module-temperature", "°C" },
  [SM_SIGN_POWER_BY_HEAT] = { "power-by-heat", NULL },
  [SM_SIGN_VOLTAGE_LEFT] = { "voltage-left", "V" },
  [SM_SIGN_CONTACT_RISE] = { "contact-rise", "°C" },
  [SM_SIGN_TRIPS_AFTER_FIX] = { "trips-after-fix", NULL },
  [SM_SIGN_TRIPS_AS_BEFORE] = { "trips-as-before", NULL },
  [SM_SIGN_RETRIES] = { "retries", NULL },
  [SM_SIGN_RETRY_GROWTH] = { "retry-growth", "1/week" },
  [SM_SIGN_RETRY_OF_ONE] = { "retry-of-one", NULL },
};

/* The groups, each from its first cause on. */
static const SmCause groups[] = {
  SM_CAUSE_THERMAL_GROWTH, SM_CAUSE_SENSOR_STUCK,     SM_CAUSE_SENSOR_JUMPS,
  SM_CAUSE_WEAK_CELL,      SM_CAUSE_INSULATION_DAMP,  SM_CAUSE_SOC_DRIFTED,
  SM_CAUSE_DEVICE_SILENT,  SM_CAUSE_MODULE_FAILED,    SM_CAUSE_CONTACTOR_WELDED,
  SM_CAUSE_CONTACT_WORN,   SM_CAUSE_FIX_DID_NOT_HOLD, SM_CAUSE_LANE_MISALIGNED,
  SM_N_CAUSES,
};

/* Rare is below one in a thousand things a day, by the false alarms that a desk
 * can bear; who is silent or gives too little has a reason in any case. */
#define RARE -7.0
#define SELDOM -4.0
#define COMMON -1.5

static const double priors[SM_N_CAUSES] = {
  [SM_CAUSE_THERMAL_GROWTH] = RARE,   [SM_CAUSE_COOLING_FAILED] = RARE,
  [SM_CAUSE_HOT_SURROUNDINGS] = RARE, [SM_CAUSE_SENSOR_STUCK] = RARE,
  [SM_CAUSE_SENSOR_JUMPS] = RARE,     [SM_CAUSE_WEAK_CELL] = RARE,
  [SM_CAUSE_POOR_CONNECTION] = RARE,  [SM_CAUSE_BALANCING_OFF] = RARE,
  [SM_CAUSE_INSULATION_DAMP] = RARE,  [SM_CAUSE_INSULATION_WORN] = RARE,
  [SM_CAUSE_SOC_DRIFTED] = RARE,      [SM_CAUSE_BMS_RESTARTED] = RARE,
  [SM_CAUSE_DEVICE_SILENT] = SELDOM,  [SM_CAUSE_CARRIER_OUT] = SELDOM,
  [SM_CAUSE_SITE_DARK] = SELDOM,      [SM_CAUSE_DEAD_ZONE] = SELDOM,
  [SM_CAUSE_MODULE_FAILED] = SELDOM,  [SM_CAUSE_GRID_LIMITED] = SELDOM,
  [SM_CAUSE_MODULE_HOT] = SELDOM,     [SM_CAUSE_CONTACTOR_WELDED] = RARE,
  [SM_CAUSE_CONTACT_WORN] = RARE,     [SM_CAUSE_FIX_DID_NOT_HOLD] = SELDOM,
  [SM_CAUSE_LANE_MISALIGNED] = RARE,  [SM_CAUSE_VEHICLE_MOUNT] = RARE,
};

/* What a sign weighs: @below where its value is far below @at, @above where it is
 * far above, in between along a curve that is @width wide.  ±2 is telling, ±4
 * nearly settles it, 9 is what a rare cause needs to be believed from one sign. */
typedef struct
{
  SmCause cause;
  SmSign sign;
  double at, width, below, above;
} Weight;

static const Weight weights[] = {
  /* Heat from inside shows in one place, and whatever the load. */
  { SM_CAUSE_THERMAL_GROWTH, SM_SIGN_UNEXPLAINED_RISE, 2.0, 0.5, -1.5, 4.0 },
  { SM_CAUSE_THERMAL_GROWTH, SM_SIGN_PROBES_APART, 4.5, 0.5, -5.0, 8.5 },
  { SM_CAUSE_THERMAL_GROWTH, SM_SIGN_JUMPS, 0.5, 0.1, 0.0, -6.0 },
  { SM_CAUSE_THERMAL_GROWTH, SM_SIGN_STUCK, 1.15, 0.04, 0.0, -4.0 },
  /* Without coolant all of it keeps the load's heat. */
  { SM_CAUSE_COOLING_FAILED, SM_SIGN_ABOVE_EXPECTED, 2.2, 0.4, -3.5, 4.5 },
  { SM_CAUSE_COOLING_FAILED, SM_SIGN_HEAT_KEPT, 0.43, 0.03, -4.0, 6.0 },
  { SM_CAUSE_COOLING_FAILED, SM_SIGN_PROBES_APART, 4.5, 0.5, 1.5, -6.0 },
  { SM_CAUSE_COOLING_FAILED, SM_SIGN_JUMPS, 0.5, 0.1, 0.0, -6.0 },
  { SM_CAUSE_COOLING_FAILED, SM_SIGN_STUCK, 1.15, 0.04, 0.0, -5.0 },
  /* On a hot day a sound pack is as warm as that day. */
  { SM_CAUSE_HOT_SURROUNDINGS, SM_SIGN_SURROUNDINGS, 36.0, 0.7, -5.0, 6.0 },
  { SM_CAUSE_HOT_SURROUNDINGS, SM_SIGN_PACK_TEMPERATURE, 40.0, 1.0, -4.0, 3.0 },
  { SM_CAUSE_HOT_SURROUNDINGS, SM_SIGN_ABOVE_EXPECTED, 5.0, 0.6, 1.5, -6.0 },
  { SM_CAUSE_HOT_SURROUNDINGS, SM_SIGN_PROBES_APART, 3.2, 0.5, 0.5, -6.0 },

  { SM_CAUSE_SENSOR_STUCK, SM_SIGN_STUCK, 1.15, 0.04, -4.0, 10.0 },
  { SM_CAUSE_SENSOR_STUCK, SM_SIGN_PROBES_APART, 5.5, 0.4, 0.0, -8.0 },
  { SM_CAUSE_SENSOR_JUMPS, SM_SIGN_JUMPS, 1.5, 0.2, -4.0, 10.0 },

  /* Cells: which end of the charge, which load, and how fast it grows. */
  { SM_CAUSE_WEAK_CELL, SM_SIGN_SPREAD_GROWTH, 1.5, 0.3, -4.0, 5.5 },
  { SM_CAUSE_WEAK_CELL, SM_SIGN_EMPTY_IS_FULL, 0.5, 0.07, -4.0, 5.0 },
  { SM_CAUSE_WEAK_CELL, SM_SIGN_SPREAD_BY_LOAD, 60.0, 7.0, 0.5, -5.0 },
  { SM_CAUSE_POOR_CONNECTION, SM_SIGN_SPREAD_BY_LOAD, 60.0, 7.0, -5.0, 8.5 },
  { SM_CAUSE_POOR_CONNECTION, SM_SIGN_SPREAD_AT_REST, 60.0, 8.0, 1.0, -2.0 },
  { SM_CAUSE_BALANCING_OFF, SM_SIGN_SPREAD_GROWTH, 1.5, 0.3, -4.0, 5.5 },
  { SM_CAUSE_BALANCING_OFF, SM_SIGN_EMPTY_IS_FULL, 0.5, 0.07, 4.0, -5.0 },
  { SM_CAUSE_BALANCING_OFF, SM_SIGN_SPREAD_BY_LOAD, 60.0, 7.0, 0.5, -5.0 },

  /* GB 18384 asks for 500 Ω/V where alternating current is in it, 100 without. */
  { SM_CAUSE_INSULATION_DAMP, SM_SIGN_INSULATION_BY_DAMP, 0.55, 0.07, -4.0, 9.0 },
  { SM_CAUSE_INSULATION_DAMP, SM_SIGN_INSULATION_TREND, 0.30, 0.04, 1.0, -5.0 },
  { SM_CAUSE_INSULATION_DAMP, SM_SIGN_INSULATION, 1500.0, 150.0, 1.5, -1.0 },
  { SM_CAUSE_INSULATION_WORN, SM_SIGN_INSULATION_TREND, 0.30, 0.04, -4.0, 6.5 },
  { SM_CAUSE_INSULATION_WORN, SM_SIGN_INSULATION_BY_DAMP, 0.55, 0.07, 0.5, -2.0 },
  { SM_CAUSE_INSULATION_WORN, SM_SIGN_INSULATION, 1500.0, 150.0, 2.5, -2.0 },

  /* An estimate is put right where the voltage tells, at the ends; a controller
   * that began anew was away before, and forgot what it had not saved. */
  { SM_CAUSE_SOC_DRIFTED, SM_SIGN_SOC_STEP, 6.9, 0.3, -6.0, 8.0 },
  { SM_CAUSE_SOC_DRIFTED, SM_SIGN_STEP_AT_END, 6.5, 0.7, 2.0, -5.0 },
  { SM_CAUSE_SOC_DRIFTED, SM_SIGN_COUNTER_WENT_BACK, 0.05, 0.01, 1.5, -6.0 },
  { SM_CAUSE_SOC_DRIFTED, SM_SIGN_STEP_AFTER_GAP, 2.5, 0.4, 0.7, -1.0 },
  { SM_CAUSE_BMS_RESTARTED, SM_SIGN_SOC_STEP, 6.9, 0.3, -6.0, 8.0 },
  { SM_CAUSE_BMS_RESTARTED, SM_SIGN_STEP_AT_END, 6.5, 0.7, -3.5, 2.0 },
  { SM_CAUSE_BMS_RESTARTED, SM_SIGN_COUNTER_WENT_BACK, 0.05, 0.01, -1.5, 4.0 },
  { SM_CAUSE_BMS_RESTARTED, SM_SIGN_STEP_AFTER_GAP, 1.5, 0.3, -1.0, 1.0 },

  /* Silence is read from who else is silent. */
  { SM_CAUSE_DEVICE_SILENT, SM_SIGN_SILENCE, 20.0, 2.0, -5.0, 3.0 },
  { SM_CAUSE_DEVICE_SILENT, SM_SIGN_CARRIER_SILENT, 0.3, 0.04, 2.0, -5.0 },
  { SM_CAUSE_DEVICE_SILENT, SM_SIGN_SITE_SILENT, 0.26, 0.02, 2.0, -5.0 },
  { SM_CAUSE_DEVICE_SILENT, SM_SIGN_DARK_PLACE, 0.5, 0.1, 0.7, -4.0 },
  { SM_CAUSE_DEVICE_SILENT, SM_SIGN_SIGNAL_FELL, 10.0, 0.8, 0.5, -5.0 },
  { SM_CAUSE_DEVICE_SILENT, SM_SIGN_TOGETHER, 1e9, 1.0, -3.0, -3.0 },
  { SM_CAUSE_DEVICE_SILENT, SM_SIGN_SUPPLY_FELL, 10.0, 1.5, 0.3, -2.0 },
  { SM_CAUSE_CARRIER_OUT, SM_SIGN_CARRIER_SILENT, 0.3, 0.04, -4.0, 5.5 },
  { SM_CAUSE_CARRIER_OUT, SM_SIGN_OTHERS_SILENT, 0.3, 0.04, 1.0, -3.0 },
  { SM_CAUSE_CARRIER_OUT, SM_SIGN_TOGETHER, 300.0, 40.0, 2.0, -2.0 },
  { SM_CAUSE_CARRIER_OUT, SM_SIGN_SUPPLY_FELL, 10.0, 1.5, 0.3, -2.5 },
  { SM_CAUSE_CARRIER_OUT, SM_SIGN_SITE_SILENT, 0.26, 0.02, -1.0, 1.5 },
  { SM_CAUSE_SITE_DARK, SM_SIGN_SITE_SILENT, 0.75, 0.02, -5.0, 4.5 },
  { SM_CAUSE_SITE_DARK, SM_SIGN_CARRIER_SILENT, 0.3, 0.04, 1.0, -4.0 },
  { SM_CAUSE_SITE_DARK, SM_SIGN_SUPPLY_FELL, 10.0, 1.5, -0.5, 3.5 },
  { SM_CAUSE_SITE_DARK, SM_SIGN_TOGETHER, 300.0, 40.0, 1.0, -1.5 },
  { SM_CAUSE_DEAD_ZONE, SM_SIGN_DARK_PLACE, 0.5, 0.1, -2.0, 4.3 },
  { SM_CAUSE_DEAD_ZONE, SM_SIGN_SIGNAL_FELL, 10.0, 0.8, -1.5, 6.5 },
  { SM_CAUSE_DEAD_ZONE, SM_SIGN_CARRIER_SILENT, 0.3, 0.04, 0.5, -4.0 },
  { SM_CAUSE_DEAD_ZONE, SM_SIGN_SITE_SILENT, 0.5, 0.06, 0.3, -3.0 },
  { SM_CAUSE_DEAD_ZONE, SM_SIGN_SILENCE, 8.5, 0.3, -2.3, 1.0 },

  /* Modules are in parallel: one that fails takes its share, at once. */
  { SM_CAUSE_MODULE_FAILED, SM_SIGN_SHORTFALL, 5.5, 0.5, -1.5, 2.5 },
  { SM_CAUSE_MODULE_FAILED, SM_SIGN_POWER_STEP, 3.0, 0.35, -4.0, 5.5 },
  { SM_CAUSE_MODULE_FAILED, SM_SIGN_OTHERS_LIMITED, 0.5, 0.06, 1.5, -4.0 },
  { SM_CAUSE_MODULE_FAILED, SM_SIGN_SITE_LOAD, 93.0, 1.0, 0.5, -2.0 },
  { SM_CAUSE_MODULE_FAILED, SM_SIGN_MODULE_TEMPERATURE, 70.0, 1.0, 0.7, -3.0 },
  { SM_CAUSE_GRID_LIMITED, SM_SIGN_SHORTFALL, 5.5, 0.5, -6.0, 2.0 },
  { SM_CAUSE_GRID_LIMITED, SM_SIGN_OTHERS_LIMITED, 0.5, 0.06, -4.0, 4.0 },
  { SM_CAUSE_GRID_LIMITED, SM_SIGN_SITE_LOAD, 93.0, 1.0, -4.0, 3.0 },
  { SM_CAUSE_MODULE_HOT, SM_SIGN_SHORTFALL, 5.5, 0.5, -6.0, 2.0 },
  { SM_CAUSE_MODULE_HOT, SM_SIGN_MODULE_TEMPERATURE, 70.0, 1.0, -4.0, 4.0 },
  { SM_CAUSE_MODULE_HOT, SM_SIGN_POWER_BY_HEAT, 0.6, 0.07, -1.5, 2.0 },
  { SM_CAUSE_MODULE_HOT, SM_SIGN_POWER_STEP, 8.0, 1.0, 0.7, -3.0 },
  { SM_CAUSE_MODULE_HOT, SM_SIGN_OTHERS_LIMITED, 0.5, 0.06, 0.5, -2.0 },

  /* GB/T 18487.1: 60 V is the most that may be left. */
  { SM_CAUSE_CONTACTOR_WELDED, SM_SIGN_VOLTAGE_LEFT, 60.0, 4.0, -4.0, 11.0 },
  { SM_CAUSE_CONTACT_WORN, SM_SIGN_CONTACT_RISE, 7.5, 0.7, -4.0, 11.0 },

  { SM_CAUSE_FIX_DID_NOT_HOLD, SM_SIGN_TRIPS_AFTER_FIX, 1.5, 0.15, -4.0, 3.5 },
  { SM_CAUSE_FIX_DID_NOT_HOLD, SM_SIGN_TRIPS_AS_BEFORE, 0.55, 0.06, -3.0, 3.0 },
  { SM_CAUSE_LANE_MISALIGNED, SM_SIGN_RETRIES, 0.25, 0.03, -4.0, 4.0 },
  { SM_CAUSE_LANE_MISALIGNED, SM_SIGN_RETRY_OF_ONE, 0.27, 0.03, 3.0, -5.0 },
  { SM_CAUSE_LANE_MISALIGNED, SM_SIGN_RETRY_GROWTH, 0.08, 0.02, -1.0, 2.5 },
  { SM_CAUSE_VEHICLE_MOUNT, SM_SIGN_RETRY_OF_ONE, 0.27, 0.03, -5.0, 7.5 },
  { SM_CAUSE_VEHICLE_MOUNT, SM_SIGN_RETRIES, 0.06, 0.01, -3.0, 2.5 },
};

/** sm_signs_init: Nothing is known. */
void
sm_signs_init (SmSigns *self)
{
  for (guint i = 0; i < SM_N_SIGNS; i++)
    {
      self->value[i] = NAN;
      self->at_us[i] = 0;
    }
}

static double
weigh (const Weight *weight,
       double        value)
{
  double part = 1.0 / (1.0 + exp (-(value - weight->at) / weight->width));

  return weight->below + (weight->above - weight->below) * part;
}

/* The weightiest are kept, in that order. */
static void
add_evidence (SmHypothesis     *self,
              const SmEvidence *evidence)
{
  guint at = self->n_evidence;

  while (at > 0 && fabs (self->evidence[at - 1].weight) < fabs (evidence->weight))
    at--;
  if (at >= SM_MAX_EVIDENCE)
    return;
  self->n_evidence = MIN (self->n_evidence + 1, SM_MAX_EVIDENCE);
  for (guint i = self->n_evidence - 1; i > at; i--)
    self->evidence[i] = self->evidence[i - 1];
  self->evidence[at] = *evidence;
}

/* Leaves the log odds in the place of the probability. */
static void
weigh_cause (SmHypothesis  *self,
             SmCause        cause,
             const SmSigns *signs)
{
  *self = (SmHypothesis){ .cause = cause, .probability = priors[cause] };
  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      SmSign sign = weights[i].sign;
      SmEvidence evidence;

      if (weights[i].cause != cause || isnan (signs->value[sign]))
        continue;
      evidence = (SmEvidence){ sign, signs->value[sign], signs->at_us[sign],
                               weigh (&weights[i], signs->value[sign]) };
      self->probability += evidence.weight;
      add_evidence (self, &evidence);
    }
}

static int
compare_hypotheses (gconstpointer a,
                    gconstpointer b)
{
  const SmHypothesis *x = a, *y = b;

  if (x->probability != y->probability)
    return x->probability < y->probability ? 1 : -1;
  return (int) x->cause - (int) y->cause;
}

/**
 * sm_diagnose:
 *
 * Weighs the signs.  Causes of which no sign is known are left out; when nothing
 * is likely it is unknown.
 */
void
sm_diagnose (const SmSigns *signs,
             SmFindings    *out_findings)
{
  SmHypothesis all[SM_N_CAUSES];

  *out_findings = (SmFindings){ .unknown = 1.0 };
  for (guint cause = 0; cause < SM_N_CAUSES; cause++)
    weigh_cause (&all[cause], cause, signs);
  for (gsize g = 0; groups[g] < SM_N_CAUSES; g++)
    {
      double sum = 1.0; /* none of them */
      guint known = 0;

      for (guint cause = groups[g]; cause < groups[g + 1]; cause++)
        {
          sum += exp (all[cause].probability);
          known += all[cause].n_evidence;
        }
      for (guint cause = groups[g]; cause < groups[g + 1]; cause++)
        all[cause].probability = exp (all[cause].probability) / sum;
      if (known > 0)
        out_findings->unknown /= sum;
    }
  for (guint cause = 0; cause < SM_N_CAUSES; cause++)
    if (all[cause].n_evidence > 0)
      out_findings->hypotheses[out_findings->n++] = all[cause];
  qsort (out_findings->hypotheses, out_findings->n, sizeof *out_findings->hypotheses,
         compare_hypotheses);
}

/** sm_diagnose_chance: Returns: how likely a cause is */
double
sm_diagnose_chance (const SmFindings *findings,
                    SmCause           cause)
{
  for (guint i = 0; i < findings->n; i++)
    if (findings->hypotheses[i].cause == cause)
      return findings->hypotheses[i].probability;
  return 0.0;
}

const char *
sm_cause_get_slug (SmCause cause)
{
  g_return_val_if_fail (cause < SM_N_CAUSES, NULL);

  return cause_slugs[cause];
}

const char *
sm_sign_get_slug (SmSign sign)
{
  g_return_val_if_fail (sign < SM_N_SIGNS, NULL);

  return sign_texts[sign].slug;
}

/** sm_sign_get_unit: Returns: (nullable): NULL: a plain number, or a share of 1 */
const char *
sm_sign_get_unit (SmSign sign)
{
  g_return_val_if_fail (sign < SM_N_SIGNS, NULL);

  return sign_texts[sign].unit;
}
