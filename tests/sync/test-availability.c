/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "sm-availability.h"
#include "sm-test-folder.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define HOUR (3600 * SECOND)
/* In the middle of an hour. */
#define START (G_GINT64_CONSTANT (1700000000) * SECOND)

static char *folder;

static char *
file (const char *name)
{
  return g_build_filename (folder, "state", name, NULL);
}

static void
assert_sum (SmAvailability *availability,
            gint64          now,
            gint64          span,
            gint64          measured_s,
            gint64          unread_s,
            gint64          untaken_s)
{
  SmAvailabilitySum sum = sm_availability_sum (availability, now, span);

  g_assert_cmpint (sum.measured, ==, measured_s * SECOND);
  g_assert_cmpint (sum.unread, ==, unread_s * SECOND);
  g_assert_cmpint (sum.untaken, ==, untaken_s * SECOND);
}

static void
note_for (SmAvailability *availability,
          gint64          from,
          guint           seconds,
          gboolean        answered,
          gboolean        takes)
{
  for (guint i = 1; i <= seconds; i++)
    sm_availability_note (availability, from + (gint64) i * SECOND, SECOND, answered, takes);
}

static void
test_apart (void)
{
  g_autofree char *path = file ("apart");
  g_autoptr (SmAvailability) availability = sm_availability_new (path);
  g_autoptr (GArray) outages = NULL;
  const SmOutage *outage;

  assert_sum (availability, START, SM_AVAILABILITY_MONTH, 0, 0, 0);
  note_for (availability, START, 100, TRUE, TRUE);
  note_for (availability, START + 100 * SECOND, 7, FALSE, FALSE);
  note_for (availability, START + 107 * SECOND, 10, TRUE, TRUE);
  note_for (availability, START + 117 * SECOND, 3, TRUE, FALSE);
  note_for (availability, START + 120 * SECOND, 1, TRUE, TRUE);
  assert_sum (availability, START + 121 * SECOND, SM_AVAILABILITY_DAY, 121, 7, 10);
  /* Two of them, each in one piece. */
  outages = sm_availability_dup_outages (availability);
  g_assert_cmpuint (outages->len, ==, 2);
  outage = &g_array_index (outages, SmOutage, 0);
  g_assert_cmpint (outage->began_at, ==, START + 100 * SECOND);
  g_assert_cmpint (outage->took_us, ==, 7 * SECOND);
  g_assert_false (outage->answered);
  outage = &g_array_index (outages, SmOutage, 1);
  g_assert_cmpint (outage->took_us, ==, 3 * SECOND);
  g_assert_true (outage->answered);
}

static void
test_kept (void)
{
  g_autofree char *path = file ("kept");
  SmAvailability *availability = sm_availability_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) outages = NULL;

  note_for (availability, START, 60, TRUE, TRUE);
  note_for (availability, START + 60 * SECOND, 5, FALSE, FALSE);
  sm_availability_save (availability, &error);
  g_assert_no_error (error);
  sm_availability_unref (availability);
  /* Ten hours later: what was between is not known, and nobody says it was good. */
  availability = sm_availability_new (path);
  note_for (availability, START + 10 * HOUR, 30, TRUE, TRUE);
  assert_sum (availability, START + 10 * HOUR, SM_AVAILABILITY_DAY, 95, 5, 5);
  outages = sm_availability_dup_outages (availability);
  g_assert_cmpuint (outages->len, ==, 1);
  /* A day and more later the first hours only count for the month. */
  assert_sum (availability, START + 30 * HOUR, SM_AVAILABILITY_DAY, 30, 0, 0);
  assert_sum (availability, START + 30 * HOUR, SM_AVAILABILITY_MONTH, 95, 5, 5);
  assert_sum (availability, START + 800 * HOUR, SM_AVAILABILITY_MONTH, 0, 0, 0);
  sm_availability_unref (availability);
}

static void
test_damaged (void)
{
  static const char *const bad[] = {
    "", "rubbish", "h 1 2 3 4 5\n", "h x 1 1 1\n", "h 5 -1 0 0\n", "h 5 10 11 0\n",
    "h 5 99999999999999 0 0\n", "h 5\n", "o 1 2\n", "h 5 1 0 0 \n\n\n",
    "h 99999999999999999999999999 1 0 0\n",
  };
  g_autofree char *path = file ("damaged");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SmAvailability) availability = NULL;

      g_assert_true (g_file_set_contents (path, bad[i], -1, NULL));
      availability = sm_availability_new (path);
      assert_sum (availability, 5 * HOUR, SM_AVAILABILITY_MONTH, 0, 0, 0);
      note_for (availability, START, 3, TRUE, TRUE);
      assert_sum (availability, START, SM_AVAILABILITY_MONTH, 3, 0, 0);
    }
}

static void
test_clock_back (void)
{
  g_autofree char *path = file ("back");
  g_autoptr (SmAvailability) availability = sm_availability_new (path);
  SmAvailabilitySum sum;

  /* Far ahead, then right again: what was known stays, and an hour has 60 minutes. */
  note_for (availability, START, 100, TRUE, TRUE);
  note_for (availability, START + 3000 * HOUR, 10, TRUE, TRUE);
  for (guint i = 0; i < 3; i++)
    note_for (availability, START - START % HOUR + HOUR, 3599, i == 1, TRUE);
  sum = sm_availability_sum (availability, START + HOUR, SM_AVAILABILITY_DAY);
  g_assert_cmpint (sum.measured, ==, 3700 * SECOND);
  g_assert_cmpint (sum.unread, <=, 3600 * SECOND);
  g_assert_cmpint (sum.unread, >=, 3599 * SECOND);
}

static void
test_bounded (void)
{
  g_autofree char *path = file ("bounded");
  g_autoptr (SmAvailability) availability = sm_availability_new (path);
  g_autoptr (GArray) outages = NULL;
  GStatBuf about;

  for (gint64 hour = 0; hour < 2000; hour++)
    sm_availability_note (availability, START + hour * HOUR, SECOND, hour % 2 == 0, TRUE);
  assert_sum (availability, START + 1999 * HOUR, SM_AVAILABILITY_MONTH, 720, 360, 360);
  outages = sm_availability_dup_outages (availability);
  g_assert_cmpuint (outages->len, ==, 50);
  g_assert_true (sm_availability_save (availability, NULL));
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_size, <, 64 * 1024);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *state = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("sm-test-availability-XXXXXX", NULL);
  state = g_build_filename (folder, "state", NULL);
  g_mkdir_with_parents (state, 0700);
  g_test_add_func ("/sync/availability/reading-and-taking-apart", test_apart);
  g_test_add_func ("/sync/availability/kept-over-restarts", test_kept);
  g_test_add_func ("/sync/availability/damaged-file", test_damaged);
  g_test_add_func ("/sync/availability/clock-set-back", test_clock_back);
  g_test_add_func ("/sync/availability/bounded", test_bounded);
  status = g_test_run ();
  sm_test_remove_tree (folder);
  g_free (folder);
  return status;
}
