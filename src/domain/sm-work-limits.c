/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-limits.h"

#include "sm-noun.h"
#include "sm-time.h"

#define A_DAY (24 * 60)
#define MINUTES(us) ((us) / SM_MINUTE)

#define KIND(name)                                                                    \
  { name "_response_min", MINUTES (SM_WORK_ORDER_RESPONSE_US), 1, 30 * A_DAY },       \
  { name "_restore_min", MINUTES (SM_WORK_ORDER_RESTORE_US), 5, 366 * A_DAY },        \
  { name "_close_min", MINUTES (SM_WORK_ORDER_CLOSE_US), 5, 366 * A_DAY }

/* In the order of sm_work_order_kinds. */
const SmWorkLimit sm_work_limits[SM_WORK_N_LIMITS] = {
  KIND ("repair"), KIND ("inspection"), KIND ("maintenance"), KIND ("installation"),
  KIND ("rescue"), KIND ("transfer"),   KIND ("change"),
};

/** sm_work_limits_init: As they are until somebody sets them. */
void
sm_work_limits_init (SmWorkLimits *self)
{
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    self->minutes[i] = sm_work_limits[i].usual;
  self->rev = 1;
}

/**
 * sm_work_limits_us:
 * @kind: (nullable): slug; one that is not known is a repair
 *
 * Returns: how long that clock has
 */
gint64
sm_work_limits_us (const SmWorkLimits *self,
                   const char         *kind,
                   SmWorkLimitClock    clock)
{
  guint index = sm_slug_index (sm_work_order_kinds, kind);

  if (index >= SM_WORK_LIMIT_N_KINDS)
    index = 0;
  return self->minutes[index * SM_WORK_LIMIT_N_CLOCKS + clock] * SM_MINUTE;
}
