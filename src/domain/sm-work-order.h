/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/*
 * The life of a work order and its clocks, as pure functions.
 */

/** SmWorkOrderEvent: what can happen to one; to SM_WORK_ORDER_PHOTO a person does it. */
typedef enum
{
  SM_WORK_ORDER_ASSIGN,
  SM_WORK_ORDER_ACCEPT,
  SM_WORK_ORDER_REFUSE,
  SM_WORK_ORDER_SPEAK, /* somebody has spoken with the site or the driver */
  SM_WORK_ORDER_TRAVEL,
  SM_WORK_ORDER_ARRIVE,
  SM_WORK_ORDER_START,
  SM_WORK_ORDER_HOLD,
  SM_WORK_ORDER_RESUME,
  SM_WORK_ORDER_COMPLETE,
  SM_WORK_ORDER_CONFIRM,
  SM_WORK_ORDER_REJECT,
  SM_WORK_ORDER_CANCEL,
  SM_WORK_ORDER_URGE,
  SM_WORK_ORDER_PIN,
  SM_WORK_ORDER_UNPIN,
  SM_WORK_ORDER_FOLLOW_UP, /* somebody comes again: another order */
  SM_WORK_ORDER_NOTE_DOWN,
  SM_WORK_ORDER_USE_PART,
  SM_WORK_ORDER_PHOTO,

  SM_WORK_ORDER_CREATE,
  SM_WORK_ORDER_JOIN,     /* another alarm of its cause */
  SM_WORK_ORDER_RESTORE,  /* it serves again, by its own proof */
  SM_WORK_ORDER_RECUR,    /* it does not, after all */
  SM_WORK_ORDER_WARN,     /* much of the time of a clock is up */
  SM_WORK_ORDER_ESCALATE, /* nobody owns it, or its time is up */
  SM_WORK_ORDER_GATHER,   /* it became a part of a problem */
  SM_WORK_ORDER_N_EVENTS
} SmWorkOrderEvent;

extern const char *const sm_work_order_events[];

/** SmWorkOrderClock: by which an order is measured. */
typedef enum
{
  SM_WORK_ORDER_CLOCK_REPORT,   /* first sign: it exists */
  SM_WORK_ORDER_CLOCK_RESPONSE, /* it exists: a person has it, and has spoken with the site */
  SM_WORK_ORDER_CLOCK_RESTORE,  /* first sign: it serves again, by its own proof */
  SM_WORK_ORDER_CLOCK_CLOSE,    /* it serves again: somebody else has confirmed it */
  SM_WORK_ORDER_N_CLOCKS
} SmWorkOrderClock;

extern const char *const sm_work_order_clocks[];

#define SM_WORK_ORDER_REPORT_US (3 * SM_MINUTE)
#define SM_WORK_ORDER_RESPONSE_US (15 * SM_MINUTE)
#define SM_WORK_ORDER_RESTORE_US (12 * SM_HOUR)
#define SM_WORK_ORDER_CLOSE_US (24 * SM_HOUR)
/* It is void when the fault is back within that. */
#define SM_WORK_ORDER_VOID_US (24 * SM_HOUR)
/* For so long nobody may own it before the next in line hears of it. */
#define SM_WORK_ORDER_ALONE_US (15 * SM_MINUTE)
/* After so many it goes on no more; of levels 1 and 2 it does, but not as often. */
#define SM_WORK_ORDER_MAX_ESCALATIONS 8
#define SM_WORK_ORDER_STILL_ALONE_US SM_HOUR
#define SM_WORK_ORDER_PROBLEM_US (30 * SM_DAY)
#define SM_WORK_ORDER_PROBLEM_AT 3

/** SmWorkOrderReading: how a clock stands. */
typedef struct
{
  gint64 from;       /* SM_UNKNOWN: it does not run yet */
  gint64 due;
  gint64 stopped_at; /* SM_UNKNOWN: it runs */
  gint64 used_us;    /* until it stopped, or until now */
  gboolean is_late;
} SmWorkOrderReading;

gboolean sm_work_order_next        (SmWorkOrderState    state,
                                    SmWorkOrderEvent    event,
                                    SmWorkOrderState   *out_next);
gboolean sm_work_order_may         (const SmRow        *order,
                                    SmWorkOrderEvent    event,
                                    SmWorkOrderState   *out_next);
gboolean sm_work_order_is_over     (const SmRow        *order);
gboolean sm_work_order_is_owned    (const SmRow        *order);
gboolean sm_work_order_has_held    (const SmRow        *order,
                                    gint64              now);
gboolean sm_work_order_is_alone    (const SmRow        *order,
                                    gint64              now);
gboolean sm_work_order_is_overdue  (const SmRow        *order);
void     sm_work_order_read_clock  (const SmRow        *order,
                                    SmWorkOrderClock    clock,
                                    gint64              now,
                                    SmWorkOrderReading *out);
guint    sm_work_order_warning     (const SmWorkOrderReading *reading);
gint64   sm_work_order_held_us     (const SmRow        *order,
                                    gint64              now);
gboolean sm_work_order_is_due      (const SmRow        *alarm);
gboolean sm_work_order_needs_trade (const SmRow        *order,
                                    guint               equipment_kind);

G_END_DECLS
