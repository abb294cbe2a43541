/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "network.h"

#include "sm-error.h"
#include "sm-test-small-disk.h"
#include "sm-test-truth.h"
#include "sm-test-until.h"

#include <glib/gstdio.h>

/* A disk of 3 MB that is full: under the copy of the network, and under the outbox. */

typedef struct
{
  Network *network;
  SmRules *visitor;
  Wall *wall;
  GRand *rand;
  char *gateway;
  char *folder;
  SmTestSmallDisk *disk; /* what the folder is */
} Fixture;

static const char *why_not; /* no disk can be made */

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->network = network_new ();
  self->gateway = network_add_gateway (self->network);
  network_run (self->network);
  self->visitor = network_visit (self->network);
  self->rand = g_rand_new_with_seed (1);
  self->wall = wall_new (self->network);
  self->folder = g_build_filename (self->wall->dir, "disk", NULL);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  if (why_not == NULL)
    self->disk = sm_test_small_disk_new (self->folder, "3m");
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  if (self->wall->ops != NULL)
    wall_stop (self->wall);
  g_clear_pointer (&self->disk, sm_test_small_disk_free);
  wall_free (self->wall);
  g_rand_free (self->rand);
  g_free (self->gateway);
  g_free (self->folder);
  sm_rules_close (self->visitor);
  network_free (self->network);
}

static const char *
problem_of (Fixture *self)
{
  return sm_status_get_storage_problem (sm_ops_get_status (self->wall->ops));
}

static gboolean
shows_all (Fixture *self)
{
  g_autoptr (SmTestTruth) truth = sm_test_truth_of_service (self->network->service,
                                                            self->network->token);

  return wall_state (self->wall) == SM_STATUS_LIVE
         && sm_figures_get_values (sm_ops_get_figures (self->wall->ops))->vehicles
                == sm_test_truth_get_kind (truth, SM_NOUN_VEHICLE)->rows;
}

/* The wall goes on in memory and says so; when there is room it is on the disk again. */
static void
test_cache (Fixture       *self,
            gconstpointer  data)
{
  gint64 since;

  if (why_not != NULL)
    {
      g_test_skip (why_not);
      return;
    }
  g_free (self->wall->cache);
  self->wall->cache = g_build_filename (self->folder, "cache", NULL);
  wall_start (self->wall);
  sm_test_truth_wait_equal (self->network->service, self->network->token, self->wall->cache);
  sm_test_small_disk_fill (self->disk, 0);
  since = g_get_monotonic_time ();
  while (problem_of (self) == NULL)
    {
      network_change (self->visitor, self->rand, 200);
      g_main_context_iteration (NULL, FALSE);
    }
  g_test_message ("%s %.1f s after the disk was full", problem_of (self),
                  (double) (g_get_monotonic_time () - since) / 1e6);
  g_assert_cmpstr (problem_of (self), ==, "storage-full");
  network_change (self->visitor, self->rand, 50);
  run_until (shows_all (self));
  g_assert_nonnull (problem_of (self));
  sm_test_small_disk_empty (self->disk);
  run_until (problem_of (self) == NULL);
  network_change (self->visitor, self->rand, 50);
  sm_test_truth_wait_equal (self->network->service, self->network->token, self->wall->cache);
  run_until (shows_all (self));
}

static gint64
id_at (Fixture *self,
       guint    position)
{
  g_autoptr (SmItem) item = g_list_model_get_item (sm_ops_get_alarms (self->wall->ops), position);

  return sm_item_get_id (item);
}

static GError *
acknowledge (Fixture *self,
             gint64   id)
{
  g_autofree char *note = g_strnfill (400, 'x');

  return wall_acknowledge (self->wall, id, note);
}

static gboolean
is_acked (Fixture *self,
          gint64   id)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/alarms/%" G_GINT64_FORMAT, id);
  g_autoptr (JsonObject) alarm
      = sm_test_service_get (self->network->service, path, self->network->token);

  return g_str_equal (json_object_get_string_member (alarm, "state"), "acked");
}

/* What was kept is sent, what cannot be kept is refused and said, and neither is
 * taken for the other. */
static void
test_outbox (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gint64 refused = 0;

  if (why_not != NULL)
    {
      g_test_skip (why_not);
      return;
    }
  g_free (self->wall->state);
  self->wall->state = g_build_filename (self->folder, "state", NULL);
  wall_start (self->wall);
  network_heat (self->network, self->gateway, 1, 200, 200);
  run_until (wall_state (self->wall) == SM_STATUS_LIVE
             && g_list_model_get_n_items (sm_ops_get_alarms (self->wall->ops)) == 200
             && sm_ops_may (self->wall->ops, "alarm.acknowledge"));
  sm_test_proxy_set_mode (self->wall->proxy, SM_TEST_PROXY_CUT);
  run_until (wall_state (self->wall) == SM_STATUS_OFFLINE);
  sm_test_small_disk_fill (self->disk, 64);
  for (guint i = 0; refused == 0; i++)
    {
      gint64 id = id_at (self, i);

      error = acknowledge (self, id);
      if (error == NULL)
        g_array_append_val (kept, id);
      else
        refused = id;
    }
  g_assert_error (error, SM_ERROR, SM_ERROR_FULL);
  g_clear_error (&error);
  run_until (g_strcmp0 (problem_of (self), "outbox-not-writable") == 0);
  g_test_message ("%u acts fitted in", kept->len);
  g_assert_cmpuint (kept->len, >, 0);
  sm_test_proxy_set_mode (self->wall->proxy, SM_TEST_PROXY_PASS);
  run_until (wall_state (self->wall) == SM_STATUS_LIVE);
  sm_test_small_disk_empty (self->disk);
  run_until (problem_of (self) == NULL);
  run_until (sm_figures_get_values (sm_ops_get_figures (self->wall->ops))->pending == 0);
  for (guint i = 0; i < kept->len; i++)
    g_assert_true (is_acked (self, g_array_index (kept, gint64, i)));
  g_assert_false (is_acked (self, refused));
  error = acknowledge (self, refused);
  g_assert_no_error (error);
  run_until (is_acked (self, refused));
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_conflicts (self->wall->ops)), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  why_not = sm_test_small_disk_enter (FALSE); /* before there are threads */
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/faults/disk/full-under-the-cache", Fixture, NULL, set_up, test_cache, tear_down);
  g_test_add ("/faults/disk/full-under-the-outbox", Fixture, NULL, set_up, test_outbox, tear_down);
  return g_test_run ();
}
