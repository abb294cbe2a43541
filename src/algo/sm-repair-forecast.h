/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-dispatch.h"

G_BEGIN_DECLS

/* When a repair that runs will be done, and how likely it breaks its clock: in time to help,
 * instead of urging when it is late. */

/** SmRepairStage: How far one is. */
typedef enum
{
  SM_REPAIR_WAITS,   /* nobody has set out */
  SM_REPAIR_TRAVELS, /* somebody is on the way */
  SM_REPAIR_WORKS,   /* somebody is there */
} SmRepairStage;

/** SmRepair: One that runs. */
typedef struct
{
  SmRepairStage stage;
  /* WAITS: until whoever has it, or will have it, can set out: hardly before, likely, and
   * hardly after. */
  gint64 wait_early_s, wait_s, wait_late_s;
  double road_m;   /* WAITS, TRAVELS: what was left of the way; NAN: nobody knows */
  gint64 said_us;  /* TRAVELS: when it was, as phones are not heard everywhere */
  gint64 since_us; /* WORKS: since when */
  gint64 due_us;   /* when its clock breaks; SM_UNKNOWN: it has none */
} SmRepair;

/** SmRepairForecast: What will become of it. */
typedef struct
{
  gint64 early_us;    /* one in ten is done before */
  gint64 likely_us;   /* half are */
  gint64 late_us;     /* nine in ten are */
  double chance_late; /* 0 to 1; 0 without a clock */
} SmRepairForecast;

/* From here on it will rather be late than not, and from here on that has to be reckoned with. */
#define SM_REPAIR_LATE 0.5
#define SM_REPAIR_AT_RISK 0.2

void sm_repair_forecast (const SmDispatchPlan *plan,
                         const SmRepair       *repair,
                         const double         *works_s,
                         guint                 n_works,
                         SmRepairForecast     *out);

G_END_DECLS
