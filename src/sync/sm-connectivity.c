/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-connectivity.h"

static gboolean
is_fresh (gint64 at,
          gint64 now_us)
{
  return at > 0 && now_us - at < SM_CONNECTIVITY_FRESH_US;
}

static gboolean
is_failing (const SmConnectivity *self,
            gint64                now_us)
{
  return self->failing_since > 0 && now_us - self->failing_since >= SM_CONNECTIVITY_GRACE_US;
}

/* Right after a start nothing is late yet: what was kept from last time is
 * shown, and the feeds are about to answer for the first time. */
static gboolean
is_loading (const SmConnectivity *self,
            gint64                now_us)
{
  return !self->is_whole
         || (self->oldest_good_at == 0 && is_fresh (self->first_good_at, now_us));
}

/**
 * sm_connectivity_state:
 * @now_us: monotonic time
 *
 * A pure function, so that every case is a line of a test.
 *
 * Returns: what may be said about the data
 */
SmStatusState
sm_connectivity_state (const SmConnectivity *self,
                       gint64                now_us)
{
  if (self->refused)
    return SM_STATUS_REFUSED;
  if (is_failing (self, now_us))
    return SM_STATUS_OFFLINE;
  if (self->signed_out)
    return SM_STATUS_SIGNED_OUT;
  if (self->newest_good_at == 0)
    return SM_STATUS_STARTING;
  if (!is_fresh (self->newest_good_at, now_us))
    return SM_STATUS_OFFLINE;
  if (is_loading (self, now_us))
    return SM_STATUS_LOADING;
  return is_fresh (self->oldest_good_at, now_us) ? SM_STATUS_LIVE : SM_STATUS_STALE;
}

static void
take_earlier (gint64 *next,
              gint64  candidate,
              gint64  now_us)
{
  if (candidate > now_us && (*next == 0 || candidate < *next))
    *next = candidate;
}

/**
 * sm_connectivity_next:
 *
 * Returns: when, without any news, the state is to be looked at again; 0 for
 *   never.  So nothing needs to wake up every second.
 */
gint64
sm_connectivity_next (const SmConnectivity *self,
                      gint64                now_us)
{
  gint64 next = 0;

  if (self->failing_since > 0)
    take_earlier (&next, self->failing_since + SM_CONNECTIVITY_GRACE_US, now_us);
  if (self->first_good_at > 0)
    take_earlier (&next, self->first_good_at + SM_CONNECTIVITY_FRESH_US, now_us);
  if (self->oldest_good_at > 0)
    take_earlier (&next, self->oldest_good_at + SM_CONNECTIVITY_FRESH_US, now_us);
  if (self->newest_good_at > 0)
    take_earlier (&next, self->newest_good_at + SM_CONNECTIVITY_FRESH_US, now_us);
  return next;
}
