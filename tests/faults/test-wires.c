/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "network.h"

#include "sm-loop-watch.h"
#include "sm-test-truth.h"
#include "sm-test-until.h"

/* What a network can do to the wires of the wall: a wall for each, all at once. */

#define LIMIT_US 100000

typedef struct
{
  const char *name;
  SmTestProxyMode mode;
  guint delay_ms;
  gboolean goes_off; /* offline, and not merely slow */
} Fault;

static const Fault faults[] = {
  { "black hole", SM_TEST_PROXY_BLACK_HOLE, 0, TRUE },
  { "1 byte/s", SM_TEST_PROXY_DRIP, 1000, TRUE },
  { "slow", SM_TEST_PROXY_SLOW, 300, FALSE },
  { "cut", SM_TEST_PROXY_CUT, 0, TRUE },
  { "reset", SM_TEST_PROXY_RESET, 0, TRUE },
  { "ragged", SM_TEST_PROXY_RAGGED, 0, FALSE },
};

#define N_FAULTS G_N_ELEMENTS (faults)

typedef struct
{
  Network *network;
  SmRules *visitor;
  GRand *rand;
  Wall *walls[N_FAULTS];
  gboolean is_late[N_FAULTS];
  gboolean is_off[N_FAULTS];
  gint64 oldest;  /* that anything was when its wall said that it is not live */
  gint64 longest; /* that nothing was heard when a wall said that it is offline */
  gint64 beat;    /* when the main loop came round last, and its longest pause since */
  gint64 pause;
} Fixture;

#define BEAT_MS 50

static gboolean
beat_cb (gpointer user_data)
{
  Fixture *self = user_data;
  gint64 now = g_get_monotonic_time ();

  self->pause = MAX (self->pause, now - self->beat);
  self->beat = now;
  return G_SOURCE_CONTINUE;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->network = network_new ();
  network_run (self->network);
  self->visitor = network_visit (self->network);
  self->rand = g_rand_new_with_seed (1);
  for (guint i = 0; i < N_FAULTS; i++)
    {
      self->walls[i] = wall_new (self->network);
      sm_test_proxy_set_delay (self->walls[i]->proxy, faults[i].delay_ms);
      wall_start (self->walls[i]);
    }
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  for (guint i = 0; i < N_FAULTS; i++)
    wall_free (self->walls[i]);
  g_rand_free (self->rand);
  sm_rules_close (self->visitor);
  network_free (self->network);
}

static guint
index_of (Fixture  *self,
          SmStatus *status)
{
  for (guint i = 0; i < N_FAULTS; i++)
    if (sm_ops_get_status (self->walls[i]->ops) == status)
      return i;
  g_assert_not_reached ();
}

/* A wire that has brought its wall offline is mended.  Where bytes drip the last answer comes
 * later than the last of a feed: it is not live any more first, and offline after that. */
static void
state_cb (SmStatus   *status,
          GParamSpec *pspec,
          gpointer    user_data)
{
  Fixture *self = user_data;
  guint i = index_of (self, status);
  /* By the application's own clock, whatever this machine is doing. */
  gint64 age = sm_status_get_data_age_us (status);
  gint64 unheard = sm_clock_now (sm_status_get_clock (status))
                   - sm_status_get_last_contact (status);

  if (sm_status_get_state (status) != SM_STATUS_LIVE && !self->is_late[i])
    {
      self->is_late[i] = TRUE;
      self->oldest = MAX (self->oldest, age);
    }
  if (sm_status_get_state (status) != SM_STATUS_OFFLINE || self->is_off[i])
    return;
  g_test_message ("%s: offline %.1f s after the last answer, of which something is %.1f s old",
                  faults[i].name, (double) unheard / 1e6, (double) age / 1e6);
  self->is_off[i] = TRUE;
  self->longest = MAX (self->longest, unheard);
  sm_test_proxy_set_mode (self->walls[i]->proxy, SM_TEST_PROXY_PASS);
}

static gboolean
all_are_off (Fixture *self)
{
  for (guint i = 0; i < N_FAULTS; i++)
    if (faults[i].goes_off && !self->is_off[i])
      return FALSE;
  return TRUE;
}

static gboolean
all_are_live (Fixture *self)
{
  for (guint i = 0; i < N_FAULTS; i++)
    if (wall_state (self->walls[i]) != SM_STATUS_LIVE)
      return FALSE;
  return TRUE;
}

static void
test_wires (Fixture       *self,
            gconstpointer  data)
{
  SmLoopWatch watch;
  guint beats;

  run_until (all_are_live (self));
  self->beat = g_get_monotonic_time ();
  beats = g_timeout_add (BEAT_MS, beat_cb, self);
  sm_loop_watch_start ();
  for (guint i = 0; i < N_FAULTS; i++)
    {
      g_signal_connect (sm_ops_get_status (self->walls[i]->ops), "notify::state",
                        G_CALLBACK (state_cb), self);
      sm_test_proxy_set_mode (self->walls[i]->proxy, faults[i].mode);
    }
  network_change (self->visitor, self->rand, 200);
  run_until (all_are_off (self));
  network_change (self->visitor, self->rand, 200);
  /* Nobody is told anything while the main loop stands still. */
  g_source_remove (beats);
  g_assert_cmpint (self->oldest, <=, 15 * G_USEC_PER_SEC + self->pause);
  g_assert_cmpint (self->longest, <=, 15 * G_USEC_PER_SEC + self->pause);
  for (guint i = 0; i < N_FAULTS; i++)
    sm_test_proxy_set_mode (self->walls[i]->proxy, SM_TEST_PROXY_PASS);
  run_until (all_are_live (self)); /* within a minute */
  for (guint i = 0; i < N_FAULTS; i++)
    {
      sm_test_truth_wait_equal (self->network->service, self->network->token,
                                self->walls[i]->cache);
      g_signal_handlers_disconnect_by_data (sm_ops_get_status (self->walls[i]->ops), self);
    }
  watch = sm_loop_watch_get ();
  sm_loop_watch_stop ();
  g_test_message ("the main loop: at most %.1f ms in one callback (%s)",
                  (double) watch.longest_cpu_us / 1000, watch.longest);
  g_assert_cmpint (watch.longest_cpu_us, <, LIMIT_US);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/faults/wires/offline-in-15-s-and-back-in-60", Fixture, NULL, set_up, test_wires,
              tear_down);
  return g_test_run ();
}
