/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-backoff.h"
#include "sm-connectivity.h"

#define S G_GINT64_CONSTANT (1000000)

typedef struct
{
  SmConnectivity connectivity;
  gint64 now;
  SmStatusState state;
  gint64 next;
} Case;

/* { refused, signed_out, is_whole, oldest, newest, failing_since, first }, now, state, next look */
static const Case cases[] = {
  { { 0, 0, 0, 0, 0, 0, 0 }, 100 * S, SM_STATUS_STARTING, 0 },
  { { 0, 0, 1, 0, 0, 0, 0 }, 100 * S, SM_STATUS_STARTING, 0 },
  { { 0, 0, 0, 0, 100 * S, 0, 0 }, 100 * S, SM_STATUS_LOADING, 114 * S },
  { { 0, 0, 1, 0, 100 * S, 0, 0 }, 100 * S, SM_STATUS_STALE, 114 * S },
  /* A start with a copy from last time: late is only what has had its time. */
  { { 0, 0, 1, 0, 100 * S, 0, 100 * S }, 100 * S, SM_STATUS_LOADING, 114 * S },
  { { 0, 0, 1, 0, 113 * S, 0, 100 * S }, 113 * S, SM_STATUS_LOADING, 114 * S },
  { { 0, 0, 1, 0, 113 * S, 0, 100 * S }, 114 * S, SM_STATUS_STALE, 127 * S },
  { { 0, 0, 1, 100 * S, 100 * S, 0, 0 }, 100 * S, SM_STATUS_LIVE, 114 * S },
  { { 0, 0, 1, 100 * S, 107 * S, 0, 0 }, 113 * S, SM_STATUS_LIVE, 114 * S },
  /* One feed is silent, the others go on: not live any more. */
  { { 0, 0, 1, 100 * S, 113 * S, 0, 0 }, 114 * S, SM_STATUS_STALE, 127 * S },
  /* A black hole: nothing answers, nothing fails. */
  { { 0, 0, 1, 100 * S, 100 * S, 0, 0 }, 114 * S, SM_STATUS_OFFLINE, 0 },
  { { 0, 0, 1, 100 * S, 101 * S, 0, 0 }, 115 * S, SM_STATUS_OFFLINE, 0 },
  /* Refused connections: one retry, then offline. */
  { { 0, 0, 1, 100 * S, 100 * S, 101 * S, 0 }, 102 * S, SM_STATUS_LIVE, 102 * S + S / 2 },
  { { 0, 0, 1, 100 * S, 100 * S, 101 * S, 0 }, 102 * S + S / 2, SM_STATUS_OFFLINE, 114 * S },
  { { 0, 0, 0, 0, 0, 100 * S, 0 }, 101 * S, SM_STATUS_STARTING, 101 * S + S / 2 },
  { { 0, 0, 0, 0, 0, 100 * S, 0 }, 102 * S, SM_STATUS_OFFLINE, 0 },
  { { 0, 1, 0, 0, 100 * S, 0, 0 }, 500 * S, SM_STATUS_SIGNED_OUT, 0 },
  { { 0, 1, 1, 100 * S, 100 * S, 101 * S, 0 }, 103 * S, SM_STATUS_OFFLINE, 114 * S },
  { { 1, 0, 1, 100 * S, 100 * S, 0, 0 }, 101 * S, SM_STATUS_REFUSED, 114 * S },
  { { 1, 1, 0, 0, 0, 90 * S, 0 }, 100 * S, SM_STATUS_REFUSED, 0 },
};

static void
test_states (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (sm_connectivity_state (&cases[i].connectivity, cases[i].now), ==,
                       cases[i].state);
      g_assert_cmpint (sm_connectivity_next (&cases[i].connectivity, cases[i].now), ==,
                       cases[i].next);
    }
}

/* Whatever the feeds do, 15 s after the last live answer nothing is live. */
static void
test_never_live_for_15_s (void)
{
  for (guint i = 0; i < 10000; i++)
    {
      SmConnectivity c = { .refused = g_test_rand_int_range (0, 20) == 0,
                           .signed_out = g_test_rand_int_range (0, 20) == 0,
                           .is_whole = g_test_rand_int_range (0, 4) > 0 };
      gint64 died = 1000 * S;

      c.oldest_good_at = died - g_test_rand_int_range (0, 20 * (int) S);
      c.newest_good_at = c.oldest_good_at
                         + g_test_rand_int_range (0, (int) (died - c.oldest_good_at) + 1);
      c.failing_since = g_test_rand_int_range (0, 2) * (died + g_test_rand_int_range (0, (int) S));
      g_assert_cmpint (sm_connectivity_state (&c, died + 15 * S), !=, SM_STATUS_LIVE);
      /* And time alone brings it there: following sm_connectivity_next() is enough. */
      for (gint64 now = died, next; sm_connectivity_state (&c, now) == SM_STATUS_LIVE; now = next)
        {
          next = sm_connectivity_next (&c, now);
          g_assert_cmpint (next, >, now);
          g_assert_cmpint (next, <=, died + 15 * S);
        }
    }
}

static void
test_backoff (void)
{
  gint64 longest = 0;

  g_assert_cmpint (sm_backoff_delay_us (1, 0.0), ==, S / 2);
  for (guint attempt = 1; attempt < 100; attempt++)
    {
      gint64 low = sm_backoff_delay_us (attempt, 0.0);
      gint64 high = sm_backoff_delay_us (attempt, 0.999999);

      g_assert_cmpint (low, >=, S / 2);
      g_assert_cmpint (low, <, high);
      g_assert_cmpint (high, <=, 60 * S);
      g_assert_cmpint (high, >=, longest);
      longest = high;
    }
  g_assert_cmpint (longest, >, 59 * S);
  /* Never before about a second, twice as late each time at first. */
  g_assert_cmpint (sm_backoff_delay_us (3, 0.0), ==, 2 * S);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/connectivity/every-case", test_states);
  g_test_add_func ("/sync/connectivity/never-live-after-15-s", test_never_live_for_15_s);
  g_test_add_func ("/sync/backoff/with-jitter-and-a-bound", test_backoff);
  return g_test_run ();
}
