/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What may be behind what a thing shows: causes with their probability, and the
 * signs that speak for and against each.  Pure: what is not known is NAN, and
 * time is in the values.  A sign that is not there weighs nothing, so that half
 * the evidence gives an answer, only a less certain one; and often enough the
 * answer is that it is not known.
 */

/** SmCause: in groups of which one thing has at most one. */
typedef enum
{
  /* Why a pack is warm. */
  SM_CAUSE_THERMAL_GROWTH,   /* heat from inside: a short that grows */
  SM_CAUSE_COOLING_FAILED,
  SM_CAUSE_HOT_SURROUNDINGS,
  /* Why its temperature cannot be believed. */
  SM_CAUSE_SENSOR_STUCK,
  SM_CAUSE_SENSOR_JUMPS,
  /* Why its cells are apart. */
  SM_CAUSE_WEAK_CELL,
  SM_CAUSE_POOR_CONNECTION,
  SM_CAUSE_BALANCING_OFF,
  /* Why its insulation is low. */
  SM_CAUSE_INSULATION_DAMP,
  SM_CAUSE_INSULATION_WORN,
  /* Why its state of charge jumped. */
  SM_CAUSE_SOC_DRIFTED,
  SM_CAUSE_BMS_RESTARTED,
  /* Why somebody says nothing. */
  SM_CAUSE_DEVICE_SILENT,
  SM_CAUSE_CARRIER_OUT,
  SM_CAUSE_SITE_DARK,
  SM_CAUSE_DEAD_ZONE,
  /* Why a connector gives less than asked. */
  SM_CAUSE_MODULE_FAILED,
  SM_CAUSE_GRID_LIMITED,
  SM_CAUSE_MODULE_HOT,
  /* What else is wrong with it. */
  SM_CAUSE_CONTACTOR_WELDED,
  SM_CAUSE_CONTACT_WORN,
  /* Why it trips again, and why a lane tries twice. */
  SM_CAUSE_FIX_DID_NOT_HOLD,
  SM_CAUSE_LANE_MISALIGNED,
  SM_CAUSE_VEHICLE_MOUNT,
  SM_N_CAUSES,
} SmCause;

/** SmSign: what was measured, or follows from what was. */
typedef enum
{
  SM_SIGN_UNEXPLAINED_RISE,   /* °C that neither load nor surroundings explain */
  SM_SIGN_ABOVE_EXPECTED,     /* °C above a pack that is cooled */
  SM_SIGN_HEAT_KEPT,          /* share of the load's heat of the last hours that is still there */
  SM_SIGN_PROBES_APART,       /* °C by which the probes went apart */
  SM_SIGN_SURROUNDINGS,       /* °C */
  SM_SIGN_PACK_TEMPERATURE,   /* °C */
  SM_SIGN_STUCK,              /* times as far as a sound one may stay behind the others */
  SM_SIGN_JUMPS,              /* jumps there and back that no mass of cells can do */
  SM_SIGN_SPREAD_GROWTH,      /* mV a day */
  SM_SIGN_SPREAD_AT_REST,     /* mV */
  SM_SIGN_SPREAD_BY_LOAD,     /* mV for a full charge an hour */
  SM_SIGN_EMPTY_IS_FULL,      /* share: the cell that is lowest when empty is highest when full */
  SM_SIGN_INSULATION,         /* Ω/V */
  SM_SIGN_INSULATION_BY_DAMP, /* halvings for each 30 % of humidity */
  SM_SIGN_INSULATION_TREND,   /* halvings a week, humidity apart */
  SM_SIGN_SOC_STEP,           /* % that no current explains */
  SM_SIGN_STEP_AFTER_GAP,     /* reports that were missing before it */
  SM_SIGN_COUNTER_WENT_BACK,  /* % of the pack's energy that its counter lost */
  SM_SIGN_STEP_AT_END,        /* % from full or empty, where it landed */
  SM_SIGN_SILENCE,            /* reporting periods */
  SM_SIGN_SITE_SILENT,        /* share of those beside it */
  SM_SIGN_CARRIER_SILENT,     /* share of the same carrier around it */
  SM_SIGN_OTHERS_SILENT,      /* share of the other carriers around it */
  SM_SIGN_TOGETHER,           /* s between the first and the last who fell silent */
  SM_SIGN_SUPPLY_FELL,        /* % of the supply's voltage, before */
  SM_SIGN_DARK_PLACE,         /* 1: others were not heard there and came out again */
  SM_SIGN_SIGNAL_FELL,        /* dB, before */
  SM_SIGN_SHORTFALL,          /* % less power than asked */
  SM_SIGN_POWER_STEP,         /* % of the rated power, in one step */
  SM_SIGN_OTHERS_LIMITED,     /* share of the site's other connectors */
  SM_SIGN_SITE_LOAD,          /* % of what the site may draw */
  SM_SIGN_MODULE_TEMPERATURE, /* °C */
  SM_SIGN_POWER_BY_HEAT,      /* correlation of power lost with the module's temperature */
  SM_SIGN_VOLTAGE_LEFT,       /* V at the plug after it was opened */
  SM_SIGN_CONTACT_RISE,       /* °C of the plug beyond what its current explains */
  SM_SIGN_TRIPS_AFTER_FIX,    /* equal faults since the last fix */
  SM_SIGN_TRIPS_AS_BEFORE,    /* rate since the fix over that before it */
  SM_SIGN_RETRIES,            /* a swap */
  SM_SIGN_RETRY_GROWTH,       /* retries a swap, more each week */
  SM_SIGN_RETRY_OF_ONE,       /* share of the retries that one vehicle had */
  SM_N_SIGNS,
} SmSign;

/** SmSigns: what is known of each; NAN: nothing. */
typedef struct
{
  double value[SM_N_SIGNS];
  gint64 at_us[SM_N_SIGNS]; /* when it was so; 0: over the whole time */
} SmSigns;

/** SmEvidence: a sign, and how much it speaks for (above 0) or against a cause: log odds. */
typedef struct
{
  SmSign sign;
  double value;
  gint64 at_us;
  double weight;
} SmEvidence;

#define SM_MAX_EVIDENCE 8

/** SmHypothesis: what may be, how likely it is, and why; the weightiest evidence first. */
typedef struct
{
  SmCause cause;
  double probability;
  guint n_evidence;
  SmEvidence evidence[SM_MAX_EVIDENCE];
} SmHypothesis;

/** SmFindings: likeliest first.  @unknown is how likely it is that it is none of them. */
typedef struct
{
  guint n;
  SmHypothesis hypotheses[SM_N_CAUSES];
  double unknown;
} SmFindings;

/* From here on a cause is said to be found. */
#define SM_DIAGNOSE_FOUND 0.5

/** SmPackMoment: what a pack said at one moment; about one a minute. */
typedef struct
{
  gint64 at_us;
  double max_c, min_c;      /* of its probes */
  double surroundings_c;
  double c_rate;            /* power over nominal energy, 1/h; above 0: charging */
  double soc;               /* % */
  double spread_mv;
  double throughput;        /* % of its nominal energy, ever rising */
  double insulation;        /* Ω/V */
  double humidity;          /* % */
} SmPackMoment;

/** SmPackDay: what a pack showed on one day. */
typedef struct
{
  gint64 at_us;
  double spread_mv;         /* nearly empty, at rest */
  double low_when_empty;    /* number of the lowest cell then */
  double high_when_full;    /* number of the highest cell at the end of a charge */
  double insulation;
  double humidity;
} SmPackDay;

/** SmLinkState: who is silent, and who else is. */
typedef struct
{
  gint64 since_us;
  double silent_periods;
  double site_silent;       /* share of those that stand beside it */
  double carrier_silent;
  double others_silent;
  double together_s;
  double supply_fell;       /* % */
  double is_dark_place;
  double signal_fell_db;
} SmLinkState;

/** SmChargeMoment: a connector and what stands behind it. */
typedef struct
{
  gint64 at_us;
  double asked_kw, power_kw, rated_kw;
  double others_limited;    /* share of the site's other connectors in use */
  double site_kw, site_limit_kw;
  double module_c;
  double voltage_v, current_a, rated_a;
  double is_closed;         /* 1: it shall be; 0: it was opened */
  double contact_c, surroundings_c;
} SmChargeMoment;

/** SmTrip: a fault that came, or a fix that was done. */
typedef struct
{
  gint64 at_us;
  gboolean is_fix;
} SmTrip;

/** SmLaneSwap: a swap in a lane and how often the robot had to try again. */
typedef struct
{
  gint64 at_us;
  gint64 vehicle_id;
  double retries;
} SmLaneSwap;

void        sm_signs_init       (SmSigns              *self);
void        sm_signs_of_heat    (SmSigns              *self,
                                 const SmPackMoment   *moments,
                                 guint                 n);
void        sm_signs_of_cells   (SmSigns              *self,
                                 const SmPackMoment   *moments,
                                 guint                 n,
                                 const SmPackDay      *days,
                                 guint                 n_days);
void        sm_signs_of_soc     (SmSigns              *self,
                                 const SmPackMoment   *moments,
                                 guint                 n);
void        sm_signs_of_link    (SmSigns              *self,
                                 const SmLinkState    *link);
void        sm_signs_of_charge  (SmSigns              *self,
                                 const SmChargeMoment *moments,
                                 guint                 n);
void        sm_signs_of_trips   (SmSigns              *self,
                                 const SmTrip         *trips,
                                 guint                 n,
                                 gint64                now_us);
void        sm_signs_of_lane    (SmSigns              *self,
                                 const SmLaneSwap     *swaps,
                                 guint                 n);

void        sm_diagnose         (const SmSigns        *signs,
                                 SmFindings           *out_findings);
double      sm_diagnose_chance  (const SmFindings     *findings,
                                 SmCause               cause);

const char *sm_cause_get_slug   (SmCause               cause);
const char *sm_sign_get_slug    (SmSign                sign);
const char *sm_sign_get_unit    (SmSign                sign);

G_END_DECLS
