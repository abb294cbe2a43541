/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-full.h"
#include "sm-test-outage.h"
#include "sm-test-small-disk.h"
#include "sm-test-until.h"
#include "stations.h"

#include <glib/gstdio.h>

/* The service's disk is full, again and again: it says so, loses nothing that it
 * has confirmed, and goes on when there is room. */

#define N_STATIONS 3
#define N_TIMES 20
#define N_TRIES 400

typedef struct
{
  SmTestSmallDisk *disk;
  SmTestService *service;
  char *token;
  char *gateway;
  Renamer renamers[N_STATIONS];
  guint n_refused;
  gint64 out_us;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->disk = sm_test_small_disk_new (NULL, "3m");
  f->service = sm_test_service_new (NULL);
  g_assert_true (g_str_has_prefix (sm_test_service_get_folder (f->service), "/tmp/sm-small-"));
  stations_furnish (f->service, N_STATIONS);
  f->gateway = sm_test_service_add_gateway (f->service, "gate");
  sm_test_service_run (f->service);
  f->token = sm_test_service_sign_in (f->service, STATIONS_ADMIN, STATIONS_PASSWORD);
  for (guint i = 0; i < N_STATIONS; i++)
    renamer_begin (&f->renamers[i], f->service, f->token, i + 1);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  for (guint i = 0; i < N_STATIONS; i++)
    renamer_clear (&f->renamers[i]);
  sm_test_service_free (f->service);
  sm_test_small_disk_free (f->disk);
  g_free (f->token);
  g_free (f->gateway);
}

/* Returns: whether it was done; else it was said that the disk is full */
static gboolean
try_one (Renamer *renamer)
{
  g_autoptr (SmTestAnswer) answer = renamer_try (renamer);
  g_autoptr (JsonObject) problem = NULL;

  if (answer->status == 200)
    return TRUE;
  g_assert_cmpuint (answer->status, ==, 503);
  g_assert_nonnull (sm_test_answer_header (answer, "retry-after"));
  problem = sm_test_answer_object (answer);
  g_assert_cmpstr (json_object_get_string_member (problem, "type"), ==, "service-full");
  return FALSE;
}

/* It can still be read, devices are still heard, and whoever looks after it is told. */
static void
assert_goes_on (Fixture *f)
{
  g_autoptr (JsonObject) stations = sm_test_service_get (f->service, "/api/v1/stations", f->token);
  g_autoptr (JsonObject) health = sm_test_service_get (f->service, "/healthz", NULL);
  g_autoptr (JsonObject) heard = sm_test_service_post (f->service, "/api/v1/ingest/vehicles",
                                                       f->gateway, NULL, "{\"reports\":[]}");

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (stations, "items")), ==,
                    N_STATIONS);
  g_assert_nonnull (health);
  g_assert_nonnull (heard);
}

static guint
readiness (Fixture *f)
{
  g_autoptr (SmTestAnswer) answer = sm_test_service_send (f->service, "GET", "/readyz", NULL, NULL,
                                                          NULL);

  return answer->status;
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_ready (Fixture *f,
            guint    status)
{
  guint wake = g_timeout_add (50, wake_cb, NULL);

  run_until (readiness (f) == status);
  g_source_remove (wake);
}

/* Until the very pages that the database has already are used up. */
static void
fill_up (Fixture *f)
{
  Renamer *renamer = &f->renamers[0];
  guint n = 0;

  sm_test_small_disk_fill (f->disk, 0);
  while (try_one (renamer) && n < N_TRIES)
    {
      sm_test_small_disk_fill (f->disk, 0);
      n++;
    }
  g_assert_cmpuint (n, <, N_TRIES);
  f->n_refused++;
}

static void
give_room (Fixture *f)
{
  gint64 since = g_get_monotonic_time ();
  guint n = 0;

  sm_test_small_disk_empty (f->disk);
  for (guint i = 0; i < N_STATIONS; i++)
    while (!try_one (&f->renamers[i]))
      g_assert_cmpuint (n++, <, 10);
  f->out_us += g_get_monotonic_time () - since;
}

static void
assert_exactly_once (Fixture       *f,
                     const Renamer *renamer)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/stations/%" G_GINT64_FORMAT, renamer->id);
  g_autoptr (JsonObject) station = sm_test_service_get (f->service, path, f->token);

  g_assert_cmpint (json_object_get_int_member (station, "seq"), ==, renamer->seq);
  g_assert_cmpuint (stations_name (sm_test_service_get_database (f->service), renamer->id, NULL), ==,
                    renamer->n_done);
}

static void
test_full (Fixture       *f,
           gconstpointer  data)
{
  guint n = sm_test_times (N_TIMES);

  for (guint i = 0; i < n; i++)
    {
      fill_up (f);
      for (guint k = 0; k < N_STATIONS; k++)
        try_one (&f->renamers[k]);
      assert_goes_on (f);
      wait_ready (f, 503);
      give_room (f);
      wait_ready (f, 200);
    }
  sm_test_report_outage ("R3, after each full disk", f->out_us / n);
  sm_test_service_restart (f->service);
  for (guint i = 0; i < N_STATIONS; i++)
    assert_exactly_once (f, &f->renamers[i]);
}

/* Killed while there is no room, and started when there is some again. */
static void
test_killed_while_full (Fixture       *f,
                        gconstpointer  data)
{
  g_autofree char *epoch = stations_epoch (f->service);

  for (guint i = 0; i < sm_test_times (N_TIMES); i++)
    {
      g_autofree char *after = NULL;

      fill_up (f);
      sm_test_service_kill (f->service);
      sm_test_small_disk_empty (f->disk);
      sm_test_service_run (f->service);
      after = stations_epoch (f->service);
      g_assert_cmpstr (after, ==, epoch);
      give_room (f);
      for (guint k = 0; k < N_STATIONS; k++)
        assert_exactly_once (f, &f->renamers[k]);
    }
}

/* Nothing of a copy is left for which there is no room. */
static void
test_backup (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *file = g_build_filename (sm_test_service_get_folder (f->service), "copy", NULL);
  g_autofree char *partial = g_strconcat (file, "-partial", NULL);
  const char *const args[] = { "backup", file, NULL };
  g_autofree char *said = NULL;
  int status;

  sm_test_small_disk_fill (f->disk, 0);
  said = sm_test_service_command (f->service, args, &status);
  g_assert_cmpint (status, ==, 1);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
  give_room (f);
}

static void
test_skipped (gconstpointer data)
{
  g_test_skip (data);
}

static const struct
{
  const char *path;
  void (*func) (Fixture *f, gconstpointer data);
} tests[] = {
  { "/faults/service/full/says-so-and-goes-on", test_full },
  { "/faults/service/full/killed-while-full", test_killed_while_full },
  { "/faults/service/full/backup", test_backup },
};

int
main (int   argc,
      char *argv[])
{
  const char *why_not = sm_test_small_disk_enter (TRUE);

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    if (why_not != NULL)
      g_test_add_data_func (tests[i].path, why_not, test_skipped);
    else
      g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
