/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-random.h"

/*
 * xoshiro256** by David Blackman and Sebastiano Vigna, seeded by splitmix64 as
 * they advise (https://prng.di.unimi.it/, both in the public domain).
 */

#define GOLDEN_GAMMA G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

/** sm_random_mix: Returns: @value stirred so that neighbours have nothing in common */
guint64
sm_random_mix (guint64 value)
{
  value += GOLDEN_GAMMA;
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

static guint64
rotate (guint64 value,
        guint   by)
{
  return (value << by) | (value >> (64 - by));
}

/**
 * sm_random_new:
 * @seed: the same for a whole simulation
 * @stream: which of its independent rows of numbers
 */
SmRandom
sm_random_new (guint64 seed,
               guint64 stream)
{
  guint64 start = sm_random_mix (seed) ^ sm_random_mix (stream * 2 + 1);
  SmRandom self;

  for (guint i = 0; i < G_N_ELEMENTS (self.state); i++)
    self.state[i] = sm_random_mix (start + i * GOLDEN_GAMMA);
  return self;
}

/** sm_random_next: Returns: the next 64 random bits */
guint64
sm_random_next (SmRandom *self)
{
  guint64 *s = self->state;
  guint64 result = rotate (s[1] * 5, 7) * 9;
  guint64 shifted = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = rotate (s[3], 45);
  return result;
}

/** sm_random_unit: Returns: a number from 0 to below 1 */
double
sm_random_unit (SmRandom *self)
{
  return (double) (sm_random_next (self) >> 11) * 0x1.0p-53;
}

/** sm_random_range: Returns: a number from @from to below @to */
double
sm_random_range (SmRandom *self,
                 double    from,
                 double    to)
{
  return from + (to - from) * sm_random_unit (self);
}

/** sm_random_below: Returns: a whole number from 0 to @n - 1 */
guint
sm_random_below (SmRandom *self,
                 guint     n)
{
  g_return_val_if_fail (n > 0, 0);

  return (guint) (sm_random_unit (self) * n);
}

/** sm_random_chance: Returns: TRUE with the given probability */
gboolean
sm_random_chance (SmRandom *self,
                  double    probability)
{
  return sm_random_unit (self) < probability;
}
