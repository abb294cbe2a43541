/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "network.h"

#include "sm-connection.h"
#include "sm-networks.h"
#include "sm-test-full.h"
#include "sm-test-truth.h"
#include "sm-test-until.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A bad disk under the cache: whatever it has done to the file, and however the
 * application ended before, it starts, and comes to what the service has. */

typedef struct
{
  Network *network;
  SmRules *visitor;
  Wall *wall;
  GRand *rand;
  char *dir; /* of the cache */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *epoch = NULL;

  self->network = network_new ();
  network_run (self->network);
  self->visitor = network_visit (self->network);
  self->wall = wall_new (self->network);
  self->rand = g_rand_new_with_seed (1);
  epoch = sm_test_truth_dup_epoch (self->network->service);
  self->dir = sm_networks_make_dir (self->wall->cache, epoch);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  wall_free (self->wall);
  g_rand_free (self->rand);
  g_free (self->dir);
  sm_rules_close (self->visitor);
  network_free (self->network);
}

static void
wait_equal (Fixture *self)
{
  sm_test_truth_wait_equal (self->network->service, self->network->token, self->wall->cache);
}

/* Returns: (transfer full): one of the files, the copy itself most often */
static char *
pick_file (Fixture *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      guint weight = g_str_has_suffix (name, ".db") ? 6 : 1;

      for (guint i = 0; i < weight && g_str_has_prefix (name, "cache-"); i++)
        g_ptr_array_add (files, g_build_filename (self->dir, name, NULL));
    }
  g_assert_cmpuint (files->len, >, 0);
  return g_strdup (files->pdata[g_rand_int_range (self->rand, 0, (int) files->len)]);
}

static void
overwrite (Fixture *self,
           int      fd,
           gint64   size)
{
  guint8 noise[4096];
  gsize n = (gsize) g_rand_int_range (self->rand, 1, sizeof noise);

  for (gsize i = 0; i < n; i++)
    noise[i] = (guint8) g_rand_int (self->rand);
  if (g_rand_int_range (self->rand, 0, 4) == 0)
    memset (noise, 0, n);
  if (pwrite (fd, noise, n, (off_t) (g_rand_double (self->rand) * (double) size)) <= 0)
    g_error ("the cache cannot be damaged");
}

static void
damage (Fixture *self)
{
  g_autofree char *path = pick_file (self);
  g_autofree char *name = g_path_get_basename (path);
  int fd = g_open (path, O_RDWR | O_CLOEXEC);
  gint64 size = lseek (fd, 0, SEEK_END);
  guint kind = (guint) g_rand_int_range (self->rand, 0, 10);

  g_assert_cmpint (fd, >=, 0);
  if (kind == 0)
    g_unlink (path);
  else if (kind <= 2)
    g_assert_cmpint (ftruncate (fd, (off_t) (g_rand_double (self->rand) * (double) size)), ==, 0);
  else
    overwrite (self, fd, size);
  close (fd);
  g_test_message ("%s %s", kind == 0 ? "deleted" : kind <= 2 ? "cut" : "overwrote", name);
}

static void
test_damage (Fixture       *self,
             gconstpointer  data)
{
  guint n = sm_test_times (200);

  for (guint i = 0; i <= n; i++)
    {
      g_autoptr (GSubprocess) child = wall_spawn (self->wall);

      network_change (self->visitor, self->rand, 5);
      wait_equal (self);
      wall_end (child, g_rand_boolean (self->rand));
      if (i < n)
        damage (self);
    }
}

static guint
count_copies (Fixture *self,
              char   **out_name)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "cache-") && g_str_has_suffix (name, ".db"))
      {
        g_free (*out_name);
        *out_name = g_strdup (name);
        n++;
      }
  return n;
}

/* What is whole is not loaded again. */
static void
test_seal (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *before = NULL, *after = NULL;

  for (guint i = 0; i < 3; i++)
    {
      wall_start (self->wall);
      network_change (self->visitor, self->rand, 5);
      wait_equal (self);
      run_until (wall_state (self->wall) == SM_STATUS_LIVE);
      wall_stop (self->wall);
      g_assert_cmpuint (count_copies (self, &after), ==, 1);
      if (before != NULL)
        g_assert_cmpstr (after, ==, before);
      g_free (before);
      before = g_strdup (after);
    }
}

/* --- a country --- */

#define COUNTRY_DAMAGES 20
/* Reading them all and comparing takes a while. */
#define COUNTRY_PATIENCE_US (300 * G_USEC_PER_SEC)
#define SETTLING_PATIENCE_US (900 * G_USEC_PER_SEC)

static gint64
ask (const char *path,
     const char *sql)
{
  g_autoptr (SmConnection) connection = sm_connection_open (path, SM_OPEN_READ_ONLY, NULL);

  return connection != NULL ? sm_connection_get_number (connection, sql) : 0;
}

/* Its vehicles come first and its piles last. */
static void
wait_for_country (const char *database)
{
  gint64 until = g_get_monotonic_time () + SETTLING_PATIENCE_US;

  while (ask (database, "SELECT (SELECT count(*) FROM vehicle) >= 40000"
                        " AND (SELECT count(*) FROM connector) >= 23000") != 1)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (200000);
    }
}

/* A country's register, which then stands still. */
static void
set_up_country (Fixture       *self,
                gconstpointer  data)
{
  static const char *const lives[] = { "--simulate", "national", "--seed", "1", NULL };
  static const char *const rests[] = { "--simulate", "none", NULL };
  g_autofree char *epoch = NULL;

  self->network = g_new0 (Network, 1);
  self->network->service = sm_test_service_new (lives);
  sm_test_service_add_user (self->network->service, NETWORK_USER, "administrator",
                            NETWORK_PASSWORD);
  network_run (self->network);
  wait_for_country (sm_test_service_get_database (self->network->service));
  sm_test_service_terminate (self->network->service);
  sm_test_service_set_args (self->network->service, rests);
  network_run (self->network);
  self->wall = wall_new (self->network);
  self->rand = g_rand_new_with_seed (1);
  epoch = sm_test_truth_dup_epoch (self->network->service);
  self->dir = sm_networks_make_dir (self->wall->cache, epoch);
}

static void
tear_down_country (Fixture       *self,
                   gconstpointer  data)
{
  wall_free (self->wall);
  g_rand_free (self->rand);
  g_free (self->dir);
  network_free (self->network);
}

/* Returns: (transfer full) (nullable): the newest copy, if it is whole */
static char *
dup_whole (Fixture *self)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (!g_file_test (self->dir, G_FILE_TEST_IS_DIR) || count_copies (self, &name) != 1)
    return NULL; /* there is none yet, or one is being made beside another */
  path = g_build_filename (self->dir, name, NULL);
  return ask (path, "SELECT count(*) FROM meta WHERE name = 'whole'") == 1
             ? g_steal_pointer (&path) : NULL;
}

/* As far as it has come: those who are silent are noticed, and so the network goes on. */
static gboolean
is_equal (Fixture     *self,
          SmTestTruth *truth)
{
  g_autofree char *epoch = sm_test_truth_dup_epoch (self->network->service);
  g_autoptr (SmTestTruth) ours = sm_test_truth_of_cache (self->wall->cache, epoch);
  g_autofree char *words = NULL;

  if (ours == NULL)
    return FALSE;
  sm_test_truth_follow (truth, self->network->service, self->network->token);
  sm_test_truth_hide (ours, truth);
  if (sm_test_truth_compare (truth, ours, &words) == 0)
    return TRUE;
  g_test_message ("not yet: %s", words);
  return FALSE;
}

/* Returns: after how long there was a whole copy that proved equal */
static double
time_start (Fixture     *self,
            const char  *before,
            SmTestTruth *truth)
{
  gint64 began = g_get_monotonic_time (), whole_at = 0;

  for (;; g_usleep (20000))
    {
      g_autofree char *path = dup_whole (self);
      gint64 now = g_get_monotonic_time ();

      g_assert_cmpint (now - began, <, COUNTRY_PATIENCE_US);
      if (path != NULL && g_strcmp0 (path, before) != 0 && whole_at == 0)
        whole_at = now;
      if (path != NULL && (whole_at != 0 || now - began > 5 * G_USEC_PER_SEC)
          && is_equal (self, truth))
        return (double) ((whole_at != 0 ? whole_at : now) - began) / G_USEC_PER_SEC;
    }
}

static int
compare_reals (gconstpointer a,
               gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
test_country (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (SmTestTruth) truth = NULL;
  g_autofree char *before = NULL;
  double took[COUNTRY_DAMAGES + 1];

  truth = sm_test_truth_of_service (self->network->service, self->network->token);
  for (guint i = 0; i <= COUNTRY_DAMAGES; i++)
    {
      g_autoptr (GSubprocess) child = wall_spawn (self->wall);

      took[i] = time_start (self, before, truth);
      g_test_message ("%.2f s", took[i]);
      wall_end (child, g_rand_boolean (self->rand));
      g_free (before);
      before = dup_whole (self);
      if (i < COUNTRY_DAMAGES)
        damage (self);
    }
  qsort (took, G_N_ELEMENTS (took), sizeof *took, compare_reals);
  g_test_message ("R5, national: rebuilt and equal after %.1f s (median), %.1f s at most; target 10",
                  took[COUNTRY_DAMAGES / 2], took[COUNTRY_DAMAGES]);
}

static void
count_failure_cb (const char     *domain,
                  GLogLevelFlags  level,
                  const char     *message,
                  gpointer        user_data)
{
  guint *n_failures = user_data;

  g_test_message ("%s", message);
  *n_failures += strstr (message, "to be read again") != NULL;
}

static void
rename_table (Fixture    *self,
              const char *from,
              const char *to)
{
  g_autofree char *name = NULL, *path = NULL;
  g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s RENAME TO %s", from, to);
  g_autoptr (SmConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count_copies (self, &name), ==, 1);
  path = g_build_filename (self->dir, name, NULL);
  connection = sm_connection_open (path, SM_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  sm_connection_exec (connection, sql, &error);
  g_assert_no_error (error);
}

/* What of a copy cannot be read at first is read again, without a service. */
static void
test_read_again (Fixture       *self,
                 gconstpointer  data)
{
  guint n_failures = 0, id;

  wall_start (self->wall);
  wait_equal (self);
  run_until (wall_state (self->wall) == SM_STATUS_LIVE);
  wall_stop (self->wall);
  sm_test_service_terminate (self->network->service);
  id = g_log_set_handler ("sm-ops", G_LOG_LEVEL_MESSAGE, count_failure_cb, &n_failures);
  rename_table (self, "engineer", "elsewhere");
  wall_start (self->wall);
  run_until (n_failures > 1);
  /* What could be read is shown; the rest is not passed off as nothing. */
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_stations (self->wall->ops)), ==,
                    NETWORK_STATIONS);
  g_assert_false (sm_figures_get_values (sm_ops_get_figures (self->wall->ops))->is_whole);
  rename_table (self, "elsewhere", "engineer");
  run_until (sm_directory_count (sm_ops_get_directory (self->wall->ops), SM_NOUN_VEHICLE)
             == NETWORK_VEHICLES);
  run_until (sm_figures_get_values (sm_ops_get_figures (self->wall->ops))->is_whole);
  g_log_remove_handler ("sm-ops", id);
}

int
main (int   argc,
      char *argv[])
{
  if (argc > 1 && g_str_equal (argv[1], NETWORK_ALONE))
    return wall_run_alone (argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/faults/damage/starts-and-is-equal-again", Fixture, NULL, set_up, test_damage,
              tear_down);
  g_test_add ("/faults/damage/what-is-sealed-is-kept", Fixture, NULL, set_up, test_seal, tear_down);
  if (sm_test_times (10) == 10)
    g_test_add ("/faults/damage/a-country", Fixture, NULL, set_up_country, test_country,
                tear_down_country);
  g_test_add ("/faults/damage/read-again", Fixture, NULL, set_up, test_read_again, tear_down);
  return g_test_run ();
}
