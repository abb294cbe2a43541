/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-loop-watch.h"

static void
busy (gint64 us)
{
  gint64 until = g_get_monotonic_time () + us;

  while (g_get_monotonic_time () < until)
    ;
}

static gboolean
work_cb (gpointer data)
{
  busy (20000);
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
paint_cb (gpointer data)
{
  sm_loop_watch_paint_near ();
  busy (20000);
  sm_loop_watch_paint_ended ();
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run (GSourceFunc func)
{
  gboolean is_done = FALSE;

  sm_loop_watch_reset ();
  g_main_context_iteration (NULL, FALSE);
  g_idle_add (func, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
  g_main_context_iteration (NULL, FALSE); /* the turn ends with the next poll */
}

static void
test_longest (void)
{
  sm_loop_watch_start ();
  run (work_cb);
  g_assert_cmpint (sm_loop_watch_get ().longest_us, >=, 20000);
  g_assert_cmpuint (sm_loop_watch_get ().over_limit, >=, 1);
  g_assert_cmpint (sm_loop_watch_get ().painting_us, ==, 0);
  sm_loop_watch_stop ();
}

static void
test_painting_is_not_ours (void)
{
  sm_loop_watch_start ();
  run (paint_cb);
  g_assert_cmpint (sm_loop_watch_get ().painting_us, >=, 20000);
  sm_loop_watch_stop ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/loop-watch/longest", test_longest);
  g_test_add_func ("/base/loop-watch/painting-is-not-ours", test_painting_is_not_ours);
  return g_test_run ();
}
