/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-clock.h"

typedef enum
{
  KIND_MACHINE,
  KIND_NETWORK,
  KIND_MANUAL,
} Kind;

struct _SmClock
{
  gatomicrefcount ref_count;
  Kind kind;
  GMutex mutex;
  gint64 base_us;      /* what the clock showed ... */
  gint64 monotonic_us; /* ... at this monotonic time */
  double rate;
};

static SmClock *
clock_new (Kind   kind,
           gint64 base_us,
           double rate)
{
  SmClock *self = g_new0 (SmClock, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->kind = kind;
  self->base_us = base_us;
  self->monotonic_us = g_get_monotonic_time ();
  self->rate = rate;
  return self;
}

/** sm_clock_new_machine: The time of this machine, as its own clock has it. */
SmClock *
sm_clock_new_machine (void)
{
  return clock_new (KIND_MACHINE, 0, 1.0);
}

/**
 * sm_clock_new_network:
 * @start_us: what it shows now, in µs since the epoch
 * @rate: seconds of network time per second of machine time, above 0
 *
 * Goes on by the monotonic clock: setting the machine's clock does not move it.
 */
SmClock *
sm_clock_new_network (gint64 start_us,
                      double rate)
{
  g_return_val_if_fail (rate > 0, NULL);

  return clock_new (KIND_NETWORK, start_us, rate);
}

/** sm_clock_new_manual: Stands still until sm_clock_advance() or sm_clock_set(). */
SmClock *
sm_clock_new_manual (gint64 now_us)
{
  return clock_new (KIND_MANUAL, now_us, 1.0);
}

SmClock *
sm_clock_ref (SmClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_clock_unref (SmClock *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/** sm_clock_now: Returns: µs since the Unix epoch, UTC */
gint64
sm_clock_now (SmClock *self)
{
  gint64 now;

  g_return_val_if_fail (self != NULL, 0);

  if (self->kind == KIND_MACHINE)
    return g_get_real_time ();
  g_mutex_lock (&self->mutex);
  now = self->base_us;
  if (self->kind == KIND_NETWORK)
    now += (gint64) ((double) (g_get_monotonic_time () - self->monotonic_us) * self->rate);
  g_mutex_unlock (&self->mutex);
  return now;
}

/** sm_clock_get_rate: Returns: how much faster than the machine it runs */
double
sm_clock_get_rate (SmClock *self)
{
  double rate;

  g_return_val_if_fail (self != NULL, 1.0);

  g_mutex_lock (&self->mutex);
  rate = self->rate;
  g_mutex_unlock (&self->mutex);
  return rate;
}

/**
 * sm_clock_set:
 * @now_us: what it is to show from now on
 * @rate: and how fast
 *
 * Follows another clock, as the application follows the service's.  Not for
 * the machine clock.
 */
void
sm_clock_set (SmClock *self,
              gint64   now_us,
              double   rate)
{
  g_return_if_fail (self != NULL && self->kind != KIND_MACHINE);
  g_return_if_fail (rate > 0);

  g_mutex_lock (&self->mutex);
  self->base_us = now_us;
  self->monotonic_us = g_get_monotonic_time ();
  self->rate = rate;
  g_mutex_unlock (&self->mutex);
}

/** sm_clock_advance: Moves a manual clock on by @by_us. */
void
sm_clock_advance (SmClock *self,
                  gint64   by_us)
{
  g_return_if_fail (self != NULL && self->kind == KIND_MANUAL);

  g_mutex_lock (&self->mutex);
  self->base_us += by_us;
  g_mutex_unlock (&self->mutex);
}
