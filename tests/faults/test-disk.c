/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "network.h"

#include "sm-error.h"
#include "sm-test-folder.h"
#include "sm-test-truth.h"
#include "sm-test-until.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

/* A disk of 3 MB that is full: under the copy of the network, and under the outbox. */

#define BALLAST_KB 4096

typedef struct
{
  Network *network;
  SmRules *visitor;
  Wall *wall;
  GRand *rand;
  char *gateway;
  char *disk;
} Fixture;

static const char *why_not; /* no disk can be made */

/* Returns: NULL, or what is missing for a disk of our own */
static const char *
become_mounter (void)
{
  g_autofree char *uids = g_strdup_printf ("0 %u 1\n", (guint) getuid ());
  g_autofree char *gids = g_strdup_printf ("0 %u 1\n", (guint) getgid ());

  if (unshare (getuid () == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0)
    return "no mount namespace of our own may be made here";
  if (getuid () != 0
      && (!g_file_set_contents_full ("/proc/self/setgroups", "deny", -1, G_FILE_SET_CONTENTS_NONE,
                                     0600, NULL)
          || !g_file_set_contents_full ("/proc/self/uid_map", uids, -1, G_FILE_SET_CONTENTS_NONE,
                                        0600, NULL)
          || !g_file_set_contents_full ("/proc/self/gid_map", gids, -1, G_FILE_SET_CONTENTS_NONE,
                                        0600, NULL)))
    return "no user of our own may be mapped here";
  if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    return "nothing may be mounted here";
  return NULL;
}

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
  self->disk = g_build_filename (self->wall->dir, "disk", NULL);
  g_assert_cmpint (g_mkdir (self->disk, 0700), ==, 0);
  if (why_not == NULL && mount ("none", self->disk, "tmpfs", 0, "size=3m") != 0)
    why_not = "no tmpfs may be mounted here";
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  if (self->wall->ops != NULL)
    wall_stop (self->wall);
  umount2 (self->disk, MNT_DETACH);
  wall_free (self->wall);
  g_rand_free (self->rand);
  g_free (self->gateway);
  g_free (self->disk);
  sm_rules_close (self->visitor);
  network_free (self->network);
}

static char *
ballast_path (Fixture *self)
{
  return g_build_filename (self->disk, "ballast", NULL);
}

/* To the last byte, but for @leave_kb. */
static void
fill (Fixture *self,
      guint    leave_kb)
{
  g_autofree char *path = ballast_path (self);
  g_autofree char *block = g_malloc0 (1024);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  guint n = 0;

  g_assert_cmpint (fd, >=, 0);
  while (n < BALLAST_KB && write (fd, block, 1024) > 0)
    n++;
  g_assert_cmpuint (n, <, BALLAST_KB);
  g_assert_cmpint (ftruncate (fd, (off_t) (n - leave_kb) * 1024), ==, 0);
  close (fd);
}

static void
make_room (Fixture *self)
{
  g_autofree char *path = ballast_path (self);

  g_assert_cmpint (g_unlink (path), ==, 0);
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
  self->wall->cache = g_build_filename (self->disk, "cache", NULL);
  wall_start (self->wall);
  sm_test_truth_wait_equal (self->network->service, self->network->token, self->wall->cache);
  fill (self, 0);
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
  make_room (self);
  run_until (problem_of (self) == NULL);
  network_change (self->visitor, self->rand, 50);
  sm_test_truth_wait_equal (self->network->service, self->network->token, self->wall->cache);
  run_until (shows_all (self));
}

typedef struct
{
  gboolean is_done;
  GError *error;
} Outcome;

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Outcome *outcome = user_data;

  sm_ops_acknowledge_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static gint64
id_at (Fixture *self,
       guint    position)
{
  g_autoptr (SmItem) item = g_list_model_get_item (sm_ops_get_alarms (self->wall->ops), position);

  return sm_item_get_id (item);
}

static void
acknowledge (Fixture *self,
             gint64   id,
             Outcome *outcome)
{
  g_autofree char *note = g_strnfill (400, 'x');

  *outcome = (Outcome){ 0 };
  sm_ops_acknowledge_async (self->wall->ops, id, note, NULL, acknowledged_cb, outcome);
  run_until (outcome->is_done);
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
  Outcome outcome;
  gint64 refused = 0;

  if (why_not != NULL)
    {
      g_test_skip (why_not);
      return;
    }
  g_free (self->wall->state);
  self->wall->state = g_build_filename (self->disk, "state", NULL);
  wall_start (self->wall);
  network_heat (self->network, self->gateway, 1, 200, 200);
  run_until (wall_state (self->wall) == SM_STATUS_LIVE
             && g_list_model_get_n_items (sm_ops_get_alarms (self->wall->ops)) == 200
             && sm_ops_may (self->wall->ops, "alarm.acknowledge"));
  sm_test_proxy_set_mode (self->wall->proxy, SM_TEST_PROXY_CUT);
  run_until (wall_state (self->wall) == SM_STATUS_OFFLINE);
  fill (self, 64);
  for (guint i = 0; refused == 0; i++)
    {
      gint64 id = id_at (self, i);

      acknowledge (self, id, &outcome);
      if (outcome.error == NULL)
        g_array_append_val (kept, id);
      else
        refused = id;
    }
  g_assert_error (outcome.error, SM_ERROR, SM_ERROR_FULL);
  g_clear_error (&outcome.error);
  run_until (g_strcmp0 (problem_of (self), "outbox-not-writable") == 0);
  g_test_message ("%u acts fitted in", kept->len);
  g_assert_cmpuint (kept->len, >, 0);
  sm_test_proxy_set_mode (self->wall->proxy, SM_TEST_PROXY_PASS);
  run_until (wall_state (self->wall) == SM_STATUS_LIVE);
  make_room (self);
  run_until (problem_of (self) == NULL);
  run_until (sm_figures_get_values (sm_ops_get_figures (self->wall->ops))->pending == 0);
  for (guint i = 0; i < kept->len; i++)
    g_assert_true (is_acked (self, g_array_index (kept, gint64, i)));
  g_assert_false (is_acked (self, refused));
  acknowledge (self, refused, &outcome);
  g_assert_no_error (outcome.error);
  run_until (is_acked (self, refused));
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_conflicts (self->wall->ops)), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  why_not = become_mounter (); /* before there are threads */
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/faults/disk/full-under-the-cache", Fixture, NULL, set_up, test_cache, tear_down);
  g_test_add ("/faults/disk/full-under-the-outbox", Fixture, NULL, set_up, test_outbox, tear_down);
  return g_test_run ();
}
