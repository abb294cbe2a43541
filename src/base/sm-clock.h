/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmClock:
 *
 * A source of time that is handed to whoever needs one, never looked up, so
 * that tests can drive it.  The *machine* clock times tokens, timeouts and
 * retries.  The *network* clock times what happens in the network (reports,
 * alarms, business days); a simulated network may run it faster.  Reference
 * counted; any thread.
 */
typedef struct _SmClock SmClock;

SmClock *sm_clock_new_machine (void);
SmClock *sm_clock_new_network (gint64   start_us,
                               double   rate);
SmClock *sm_clock_new_manual  (gint64   now_us);
SmClock *sm_clock_ref         (SmClock *self);
void     sm_clock_unref       (SmClock *self);

gint64   sm_clock_now         (SmClock *self);
double   sm_clock_get_rate    (SmClock *self);
void     sm_clock_set         (SmClock *self,
                               gint64   now_us,
                               double   rate);
void     sm_clock_follow      (SmClock *self,
                               gint64   said_us,
                               double   rate,
                               gint64   asked_us);
void     sm_clock_advance     (SmClock *self,
                               gint64   by_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmClock, sm_clock_unref)

G_END_DECLS
