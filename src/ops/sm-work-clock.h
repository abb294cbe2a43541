/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/** SmWorkClock: the clocks of a work order, in the order in which they begin. */
typedef enum
{
  SM_WORK_CLOCK_REPORT,   /* first sign -> there is an order */
  SM_WORK_CLOCK_RESPONSE, /* there is an order -> somebody has it and spoke with who waits */
  SM_WORK_CLOCK_RESTORE,  /* first sign -> it serves again, by its own proof */
  SM_WORK_CLOCK_CLOSE,    /* it serves again -> somebody else confirmed it */
  SM_N_WORK_CLOCKS
} SmWorkClock;

/** SmWorkSpan: how a clock stands; all by the service's time. */
typedef struct
{
  gint64 began_at;
  gint64 due_at;
  gint64 stopped_at; /* SM_UNKNOWN: it runs */
} SmWorkSpan;

gboolean sm_work_order_is_open    (const SmRow *order);
gboolean sm_work_clock_read       (const SmRow *order,
                                   SmWorkClock  clock,
                                   SmWorkSpan  *out_span);
gboolean sm_work_clock_next       (const SmRow *order,
                                   SmWorkClock *out_clock,
                                   SmWorkSpan  *out_span);
int      sm_work_order_compare    (const SmRow *a,
                                   const SmRow *b);

G_END_DECLS
