/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-work-order.h"

G_BEGIN_DECLS

/** SmWorkLimitClock: which clocks of an order may last otherwise by its kind. */
typedef enum
{
  SM_WORK_LIMIT_RESPONSE,
  SM_WORK_LIMIT_RESTORE,
  SM_WORK_LIMIT_CLOSE,
  SM_WORK_LIMIT_N_CLOCKS
} SmWorkLimitClock;

#define SM_WORK_LIMIT_N_KINDS 7 /* sm_work_order_kinds */
#define SM_WORK_N_LIMITS (SM_WORK_LIMIT_N_KINDS * SM_WORK_LIMIT_N_CLOCKS)

/** SmWorkLimits: how many minutes each clock has, by the kind and then by the clock. */
typedef struct
{
  gint64 minutes[SM_WORK_N_LIMITS]; /* SM_UNKNOWN: not said */
  gint64 rev;                       /* which state of them it is */
} SmWorkLimits;

/** SmWorkLimit: one of them: what it may be, and what it is until somebody sets it. */
typedef struct
{
  const char *name;
  gint64 usual, least, most; /* minutes */
} SmWorkLimit;

extern const SmWorkLimit sm_work_limits[SM_WORK_N_LIMITS];

void   sm_work_limits_init (SmWorkLimits       *self);
gint64 sm_work_limits_us   (const SmWorkLimits *self,
                            const char         *kind,
                            SmWorkLimitClock    clock);

G_END_DECLS
