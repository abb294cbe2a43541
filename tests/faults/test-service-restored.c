/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "network.h"

#include "sm-outbox.h"
#include "sm-test-full.h"
#include "sm-test-truth.h"
#include "sm-test-until.h"

/* The service comes back with an older state than the wall has seen, and with an
 * act of a person still on the wall's side. */

typedef struct
{
  Network *network;
  Wall *wall;
  char *gateway;
  char *copy;
  char *epoch; /* before */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->network = network_new ();
  f->gateway = network_add_gateway (f->network);
  f->copy = g_build_filename (sm_test_service_get_folder (f->network->service), "copy.db", NULL);
  network_run (f->network);
  network_heat (f->network, f->gateway, 1, 1, 200);
  f->wall = wall_new (f->network);
  wall_start (f->wall);
  f->epoch = sm_test_truth_dup_epoch (f->network->service);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  wall_free (f->wall);
  network_free (f->network);
  g_free (f->gateway);
  g_free (f->copy);
  g_free (f->epoch);
}

static guint
n_alarms (Fixture *f)
{
  return g_list_model_get_n_items (sm_ops_get_alarms (f->wall->ops));
}

static const SmFigureValues *
figures (Fixture *f)
{
  return sm_figures_get_values (sm_ops_get_figures (f->wall->ops));
}

static void
command (Fixture    *f,
         const char *verb)
{
  const char *const args[] = { verb, f->copy, NULL };

  g_free (sm_test_service_command (f->network->service, args, NULL));
}

/* All that is lost: things added, changed, removed, and alarms. */
static void
live_on (Fixture *f)
{
  g_autoptr (SmRules) visitor = network_visit (f->network);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  network_change (visitor, rand, 300);
  network_heat (f->network, f->gateway, 2, 20, 200);
  run_until (n_alarms (f) > 10);
  sm_test_truth_wait_equal (f->network->service, f->network->token, f->wall->cache);
}

typedef struct
{
  gboolean is_done;
  GError *error;
} Outcome;

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Outcome *outcome = user_data;

  sm_ops_sign_in_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

/* Returns: the alarm that was acknowledged while nobody answered */
static gint64
acknowledge_unheard (Fixture *f)
{
  g_autoptr (SmItem) item = NULL;
  g_autoptr (GError) error = NULL;

  item = g_list_model_get_item (sm_ops_get_alarms (f->wall->ops), n_alarms (f) - 1);
  error = wall_acknowledge (f->wall, sm_item_get_id (item), "on my way");
  g_assert_no_error (error);
  run_until (figures (f)->pending == 1);
  return sm_item_get_id (item);
}

/* By hand: the file is put in its place, whatever lies beside it. */
static void
put_back (Fixture    *f,
          const char *how)
{
  const char *database = sm_test_service_get_database (f->network->service);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length;

  if (g_str_equal (how, "restore"))
    {
      command (f, "restore");
      return;
    }
  g_file_get_contents (f->copy, &data, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (database, data, (gssize) length, &error);
  g_assert_no_error (error);
}

/* Kept as it was, under the epoch for which it was meant. */
static void
assert_act_is_kept (Fixture *f,
                    gint64   alarm_id)
{
  g_autofree char *path = g_build_filename (f->wall->state, "outbox.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmOutbox) outbox = sm_outbox_open (path, &error);
  g_autoptr (GPtrArray) acts = NULL;
  const SmAct *act;

  g_assert_no_error (error);
  acts = sm_outbox_list (outbox, f->epoch, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, 1);
  act = acts->pdata[0];
  g_assert_cmpint (act->object_id, ==, alarm_id);
  g_assert_cmpint (act->state, ==, SM_ACT_WAITING);
  g_assert_cmpstr (act->note, ==, "on my way");
}

static void
assert_not_sent (Fixture *f)
{
  g_autoptr (JsonObject) audit = sm_test_service_get (f->network->service, "/api/v1/audit?limit=100",
                                                      f->network->token);
  JsonArray *entries = json_object_get_array_member (audit, "items");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (entries, i),
                                                    "act"), !=, "alarm.acknowledge");
}

static void
come_back (Fixture *f)
{
  Outcome outcome = { 0 };

  g_clear_pointer (&f->network->token, g_free);
  network_run (f->network);
  /* Whoever was signed in was so to another network. */
  run_until (wall_state (f->wall) == SM_STATUS_SIGNED_OUT);
  sm_ops_sign_in_async (f->wall->ops, NETWORK_USER, NETWORK_PASSWORD, NULL, signed_in_cb, &outcome);
  run_until (outcome.is_done);
  g_assert_no_error (outcome.error);
  run_until (wall_state (f->wall) == SM_STATUS_LIVE);
}

static void
test_restored (Fixture       *f,
               gconstpointer  how)
{
  g_autofree char *epoch = NULL;
  gint64 alarm_id;

  run_until (wall_state (f->wall) == SM_STATUS_LIVE && n_alarms (f) == 1);
  command (f, "backup");
  live_on (f);
  sm_test_service_kill (f->network->service);
  alarm_id = acknowledge_unheard (f);
  put_back (f, how);
  come_back (f);
  epoch = sm_test_truth_dup_epoch (f->network->service);
  g_assert_cmpstr (epoch, !=, f->epoch);
  sm_test_truth_wait_equal (f->network->service, f->network->token, f->wall->cache);
  run_until (n_alarms (f) == 1
             && g_list_model_get_n_items (sm_ops_get_stations (f->wall->ops)) == NETWORK_STATIONS);
  run_until (figures (f)->elsewhere == 1 && figures (f)->pending == 0);
  assert_not_sent (f);
  /* It stays so over the next start, too. */
  wall_stop (f->wall);
  assert_act_is_kept (f, alarm_id);
  wall_start (f->wall);
  run_until (wall_state (f->wall) == SM_STATUS_LIVE && figures (f)->elsewhere == 1);
  sm_test_truth_wait_equal (f->network->service, f->network->token, f->wall->cache);
  assert_not_sent (f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/faults/restored/by-command", Fixture, "restore", set_up, test_restored, tear_down);
  /* For the wall it is the same: what differs the service's own tests know. */
  if (sm_test_times (10) > 1)
    g_test_add ("/faults/restored/by-hand", Fixture, "copy", set_up, test_restored,
                tear_down);
  return g_test_run ();
}
