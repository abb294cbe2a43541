/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-clock.h"

/* How far ahead, in its own seconds, a clock may be found to be of the one it
 * follows before it goes back. */
#define SLACK_US (2 * G_USEC_PER_SEC)

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
  gboolean is_following; /* or what it shows is a guess */
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

/* @monotonic: is now */
static gint64
clock_read (SmClock *self,
            gint64   monotonic)
{
  if (self->kind != KIND_NETWORK)
    return self->base_us;
  return self->base_us + (gint64) ((double) (monotonic - self->monotonic_us) * self->rate);
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
  now = clock_read (self, g_get_monotonic_time ());
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
 * Whatever another clock says next is believed more, see sm_clock_follow().  Not
 * for the machine clock.
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
  self->is_following = FALSE;
  g_mutex_unlock (&self->mutex);
}

/**
 * sm_clock_follow:
 * @said_us: what another clock showed when it was asked
 * @rate: how fast that one goes
 * @asked_us: a monotonic time before it was asked
 *
 * Follows another clock, as the application follows the service's.  Its answer
 * may have been long on its way: by now it shows @said_us at least, and at most
 * as much more as has passed since @asked_us.  What agrees with that is left as
 * it is, so a late answer moves nothing; what is behind goes forward.  Only what
 * is ahead for certain (the other clock was set back, or ours was but a guess)
 * goes back.  Not for the machine clock.
 */
void
sm_clock_follow (SmClock *self,
                 gint64   said_us,
                 double   rate,
                 gint64   asked_us)
{
  gint64 monotonic, now, most;

  g_return_if_fail (self != NULL && self->kind != KIND_MACHINE);
  g_return_if_fail (rate > 0);

  g_mutex_lock (&self->mutex);
  /* Here, as whoever waits for the mutex waits with an old answer in hand. */
  monotonic = g_get_monotonic_time ();
  now = clock_read (self, monotonic);
  most = said_us + (gint64) ((double) (monotonic - asked_us) * rate);
  /* The two do not tick quite alike; for that alone time does not go back. */
  if (self->is_following)
    most += (gint64) (SLACK_US * rate);
  if (now < said_us || now > most)
    now = said_us;
  self->base_us = now;
  self->monotonic_us = monotonic;
  self->rate = rate;
  self->is_following = TRUE;
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
