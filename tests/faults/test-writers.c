/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "network.h"

#include "sm-test-full.h"
#include "sm-test-truth.h"
#include "sm-test-until.h"

/* Eight who write at once, each with a connection of their own, while a wall
 * follows: adding, changing and removing. */

#define N_WRITERS 8
#define PER_TRANSACTION 20

typedef struct
{
  Network *network;
  guint number;
  guint n; /* changes to make */
  int *left; /* writers that are not done */
} Writer;

static gpointer
write_main (gpointer data)
{
  Writer *writer = data;
  g_autoptr (SmRules) rules = network_visit (writer->network);
  g_autoptr (GRand) rand = g_rand_new_with_seed (writer->number);

  for (guint done = 0; done < writer->n; done += PER_TRANSACTION)
    network_change (rules, rand, PER_TRANSACTION);
  g_atomic_int_add (writer->left, -1);
  return NULL;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* What the pages see, too, and not only the cache. */
static void
assert_shown (Network *network,
              Wall    *wall)
{
  g_autoptr (SmTestTruth) truth = sm_test_truth_of_service (network->service, network->token);
  guint64 stations = sm_test_truth_get_kind (truth, SM_NOUN_STATION)->rows;
  guint64 vehicles = sm_test_truth_get_kind (truth, SM_NOUN_VEHICLE)->rows;

  run_until (g_list_model_get_n_items (sm_ops_get_stations (wall->ops)) == stations
             && sm_figures_get_values (sm_ops_get_figures (wall->ops))->vehicles == vehicles);
  g_test_message ("%" G_GUINT64_FORMAT " stations, %" G_GUINT64_FORMAT " vehicles", stations,
                  vehicles);
}

static void
test_writers (void)
{
  g_autoptr (Network) network = network_new ();
  g_autoptr (Wall) wall = NULL;
  Writer writers[N_WRITERS];
  GThread *threads[N_WRITERS];
  int left = N_WRITERS;
  guint n = sm_test_times (100000), tick;

  network_run (network);
  wall = wall_new (network);
  wall_start (wall);
  g_test_timer_start ();
  run_until (wall_state (wall) == SM_STATUS_LIVE);
  tick = g_timeout_add (50, tick_cb, NULL);
  for (guint i = 0; i < N_WRITERS; i++)
    {
      writers[i] = (Writer){ network, i, n / N_WRITERS, &left };
      threads[i] = g_thread_new ("writer", write_main, &writers[i]);
    }
  while (g_atomic_int_get (&left) > 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < N_WRITERS; i++)
    g_thread_join (threads[i]);
  g_test_message ("%u changes after %.1f s", n, g_test_timer_elapsed ());
  sm_test_truth_wait_equal (network->service, network->token, wall->cache);
  g_test_message ("the copy is equal after %.1f s", g_test_timer_elapsed ());
  assert_shown (network, wall);
  g_test_message ("shown after %.1f s", g_test_timer_elapsed ());
  g_source_remove (tick);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/writers/none-missed-no-ghosts", test_writers);
  return g_test_run ();
}
