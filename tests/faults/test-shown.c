/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "network.h"

#include "sm-alarm-log.h"
#include "sm-test-full.h"
#include "sm-test-truth.h"
#include "sm-test-until.h"

/* Every alarm that the service raised is in the wall's own log, once, whatever
 * happened between the two. */

#define AT_ONCE 8

typedef struct
{
  Network *network;
  char *gateway;
  Wall *wall;
  GRand *rand;
  char *log;
  guint next; /* the vehicle that heats up next */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *epoch = NULL;

  self->network = network_new ();
  self->gateway = network_add_gateway (self->network);
  network_run (self->network);
  self->wall = wall_new (self->network);
  self->rand = g_rand_new_with_seed (1);
  self->next = 1;
  epoch = sm_test_truth_dup_epoch (self->network->service);
  self->log = sm_ops_dup_alarm_log (self->wall->state, epoch);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  wall_free (self->wall);
  g_rand_free (self->rand);
  g_free (self->gateway);
  g_free (self->log);
  network_free (self->network);
}

static gboolean
done_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The faults themselves take time. */
static void
let_pass (guint ms)
{
  gboolean is_done = FALSE;

  g_timeout_add (ms, done_cb, &is_done);
  run_until (is_done);
}

/* Some get hot, and others are well again before anybody could look. */
static void
raise_some (Fixture *self)
{
  network_heat (self->network, self->gateway, self->next, AT_ONCE, 200);
  if (g_rand_boolean (self->rand))
    network_heat (self->network, self->gateway, self->next, AT_ONCE / 2, 20);
  self->next += AT_ONCE;
  if (self->next + AT_ONCE > NETWORK_VEHICLES)
    {
      network_heat (self->network, self->gateway, 1, NETWORK_VEHICLES, 20);
      self->next = 1;
    }
}

static void
kill_once (Fixture *self)
{
  static const SmTestProxyMode modes[] = { SM_TEST_PROXY_PASS, SM_TEST_PROXY_CUT,
                                           SM_TEST_PROXY_RESET, SM_TEST_PROXY_BLACK_HOLE,
                                           SM_TEST_PROXY_RAGGED };
  g_autoptr (GSubprocess) child = wall_spawn (self->wall);

  let_pass ((guint) g_rand_int_range (self->rand, 20, 250));
  raise_some (self);
  sm_test_proxy_set_mode (self->wall->proxy,
                          modes[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (modes))]);
  let_pass ((guint) g_rand_int_range (self->rand, 1, 50));
  raise_some (self);
  sm_test_proxy_set_mode (self->wall->proxy, SM_TEST_PROXY_PASS);
  let_pass ((guint) g_rand_int_range (self->rand, 1, 200));
  wall_end (child, TRUE);
}

/* Returns: how many of @ids the log does not have */
static guint
count_missing (Fixture *self,
               GArray  *ids,
               guint   *out_over)
{
  g_autoptr (GArray) marks = sm_alarm_log_read (self->log);
  g_autoptr (GHashTable) counted = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint n = 0;

  *out_over = 0;
  for (guint i = 0; i < marks->len; i++)
    {
      SmAlarmMark *mark = &g_array_index (marks, SmAlarmMark, i);

      g_assert_true (g_hash_table_add (counted, &mark->id)); /* once */
      g_assert_true (mark->is_over || mark->shown_at >= mark->received_at);
      g_assert_cmpint (mark->took_us, >=, 0);
      *out_over += mark->is_over;
    }
  for (guint i = 0; i < ids->len; i++)
    n += !g_hash_table_contains (counted, &g_array_index (ids, gint64, i));
  return n;
}

static gboolean
has_queued (Fixture *self,
            guint    n)
{
  g_autoptr (SmTestTruth) truth = sm_test_truth_of_service (self->network->service,
                                                            self->network->token);

  return sm_test_truth_get_kind (truth, SM_NOUN_ALARM)->rows >= n;
}

static void
test_none_missing (Fixture       *self,
                   gconstpointer  data)
{
  guint n = sm_test_times (100), n_over, paint;
  g_autoptr (SmTestTruth) truth = NULL;
  g_autoptr (GArray) ids = NULL;

  for (guint i = 0; i < n; i++)
    kill_once (self);
  wall_start (self->wall);
  paint = wall_paint (self->wall->ops);
  run_until (wall_state (self->wall) == SM_STATUS_LIVE);
  raise_some (self);
  /* Who was hot before has the same alarm again. */
  run_until (has_queued (self, MIN (2 * n * AT_ONCE + AT_ONCE, NETWORK_VEHICLES - AT_ONCE)));
  truth = sm_test_truth_of_service (self->network->service, self->network->token);
  ids = sm_test_truth_dup_ids (truth, SM_NOUN_ALARM);
  run_until (count_missing (self, ids, &n_over) == 0);
  g_test_message ("%u alarms, all counted; %u were over before anybody could look", ids->len,
                  n_over);
  sm_test_truth_wait_equal (self->network->service, self->network->token, self->wall->cache);
  g_source_remove (paint);
}

int
main (int   argc,
      char *argv[])
{
  if (argc > 1 && g_str_equal (argv[1], NETWORK_ALONE))
    return wall_run_alone (argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/faults/shown/none-missing-through-kills-and-cuts", Fixture, NULL, set_up,
              test_none_missing, tear_down);
  return g_test_run ();
}
