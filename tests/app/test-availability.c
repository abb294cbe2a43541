/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-availability-view.h"
#include "sm-test-folder.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"

/* What is said of the service's availability, and of what nobody measured. */

static void
note_for (SmAvailability *availability,
          guint           seconds,
          gboolean        answered,
          gboolean        takes)
{
  for (guint i = 0; i < seconds; i++)
    sm_availability_note (availability, g_get_real_time (), G_USEC_PER_SEC, answered, takes);
}

static void
test_says (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sm-test-availability-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history", NULL);
  g_autoptr (SmAvailability) availability = sm_availability_new (path);
  GtkWidget *window = adw_window_new ();
  GtkWidget *view = sm_availability_view_new (availability);

  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 1400);
  gtk_window_present (GTK_WINDOW (window));
  run_until (sm_test_shows (view, "None was measured."));
  /* Nothing known is not the same as nothing missing. */
  g_assert_true (sm_test_shows (view, "not known"));
  g_assert_false (sm_test_shows (view, "100"));
  note_for (availability, 85, TRUE, TRUE);
  note_for (availability, 5, TRUE, FALSE);
  note_for (availability, 10, FALSE, FALSE);
  /* A day leaves 8.6 s, a month 4 min 19 s. */
  run_until (sm_test_shows (view, "10.0 s missing, more than the 8.6 s that 99.99 % leave"));
  run_until (sm_test_shows (view, "15.0 s missing, within the 4 min 19 s that 99.99 % leave"));
  g_assert_true (sm_test_shows (view, "90.000 %"));
  g_assert_true (sm_test_shows (view, "85.000 %"));
  g_assert_true (sm_test_shows (view, "1 min 40 s"));
  g_assert_true (sm_test_shows (view, "It could not be reached"));
  g_assert_true (sm_test_shows (view, "It answered, but took no reports"));
  g_assert_false (sm_test_shows (view, "None was measured."));
  gtk_window_destroy (GTK_WINDOW (window));
  sm_test_remove_tree (folder);
}

static void
test_duration (void)
{
  g_autofree char *moment = sm_availability_duration (3240000);
  g_autofree char *month = sm_availability_duration (
      SM_AVAILABILITY_ALLOWED (SM_AVAILABILITY_MONTH));
  g_autofree char *day = sm_availability_duration (SM_AVAILABILITY_DAY);

  g_assert_cmpstr (moment, ==, "3.2 s");
  g_assert_cmpstr (month, ==, "4 min 19 s");
  g_assert_cmpstr (day, ==, "24 h 0 min");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/availability/says-what-was-measured", test_says);
  g_test_add_func ("/app/availability/duration", test_duration);
  return g_test_run ();
}
