/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"
#include "network.h"

#include "sm-alarm-log.h"
#include "sm-test-truth.h"

#include <stdio.h>
#include <unistd.h>

/* From the ingest that raises an alarm to the pixel: the real application on a
 * display, connected.  Both ends are read by one clock, this program's: before the
 * report is sent, and when the wall's own log says that the frame was painted. */

#define N_ALARMS 60
#define TARGET_S 1.5
#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define LOOK_US 2000

static guint
count_shown (const char *log)
{
  g_autoptr (GArray) marks = sm_alarm_log_read (log);

  return marks->len;
}

/* Returns: the moment at which there are @n */
static gint64
wait_for (const char *log,
          guint       n)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;

  while (count_shown (log) < n)
    {
      if (g_get_monotonic_time () > until)
        g_error ("the wall has not shown alarm %u within a minute", n);
      g_usleep (LOOK_US);
    }
  return g_get_monotonic_time ();
}

static GSubprocess *
start_wall (Network    *network,
            const char *dir)
{
  g_autofree char *password = g_build_filename (dir, "password", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *wall;

  g_assert_true (g_file_set_contents (password, NETWORK_PASSWORD "\n", -1, NULL));
  wall = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                           &error, g_getenv ("SM_TEST_APP"), "--server",
                           sm_test_service_get_url (network->service), "--user", NETWORK_USER,
                           "--password-file", password, NULL);
  g_assert_no_error (error);
  return wall;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
report (double *seconds)
{
  double p95;

  qsort (seconds, N_ALARMS, sizeof *seconds, compare);
  p95 = seconds[(N_ALARMS * 95 + 99) / 100 - 1];
  g_print ("W4 seconds from ingest to pixel, p95 of %d alarms: %.3g (%.3g-%.3g, median %.3g),"
           " target %g %s\n",
           N_ALARMS, p95, seconds[0], seconds[N_ALARMS - 1], seconds[N_ALARMS / 2], TARGET_S,
           p95 <= TARGET_S ? "ok" : "missed");
}

int
main (void)
{
  g_autoptr (Network) network = network_new ();
  g_autofree char *gateway = network_add_gateway (network);
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "stationmaster", NULL);
  g_autofree char *epoch = NULL, *log = NULL;
  g_autoptr (GSubprocess) wall = NULL;
  double seconds[N_ALARMS];

  network_run (network);
  epoch = sm_test_truth_dup_epoch (network->service);
  log = sm_ops_dup_alarm_log (state, epoch);
  wall = start_wall (network, sm_test_service_get_folder (network->service));
  network_heat (network, gateway, 1, 1, 200); /* not counted: the start is not meant */
  wait_for (log, 1);
  for (guint i = 0; i < N_ALARMS; i++)
    {
      gint64 began;

      g_usleep ((gulong) g_random_int_range (0, 1000000)); /* at any moment of the service's second */
      began = g_get_monotonic_time ();
      network_heat (network, gateway, i + 2, 1, 200);
      seconds[i] = (double) (wait_for (log, i + 2) - began) / 1e6;
    }
  wall_end (wall, TRUE);
  report (seconds);
  return 0;
}
