/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-backoff.h"

/**
 * sm_backoff_delay_us:
 * @attempt: how many have failed in a row, from 1
 * @random: in [0, 1), so that many applications do not come back at once
 *
 * Returns: how long to wait: about 1 s, 2 s, 4 s ..., never above a minute
 */
gint64
sm_backoff_delay_us (guint  attempt,
                     double random)
{
  guint doublings = MIN (MAX (attempt, 1) - 1, 6);
  gint64 longest = MIN (G_GINT64_CONSTANT (1000000) << doublings, SM_BACKOFF_MAX_US);

  return longest / 2 + (gint64) (random * (double) (longest / 2));
}
