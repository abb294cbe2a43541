/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-loop-watch.h"

#include <string.h>
#include <unistd.h>

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

/* As a frame whose clock the compositor freezes: the rest of it comes in another turn. */
static gboolean
half_paint_cb (gpointer data)
{
  sm_loop_watch_paint_near ();
  busy (10000);
  sm_loop_watch_paint_near ();
  busy (10000);
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_named (const char  *name,
           GSourceFunc  func)
{
  gboolean is_done = FALSE;
  guint id;

  sm_loop_watch_reset ();
  g_main_context_iteration (NULL, FALSE);
  id = g_idle_add (func, &is_done);
  if (name != NULL)
    g_source_set_name_by_id (id, name);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
  g_main_context_iteration (NULL, FALSE); /* the turn ends with the next poll */
}

static void
run (GSourceFunc func)
{
  run_named (NULL, func);
}

static void
test_longest (void)
{
  const SmLoopOffender *offenders;
  guint n;

  sm_loop_watch_start ();
  run_named ("hard work", work_cb);
  g_assert_cmpint (sm_loop_watch_get ().longest_us, >=, 20000);
  g_assert_cmpuint (sm_loop_watch_get ().over_limit, >=, 1);
  g_assert_cmpstr (sm_loop_watch_get ().longest, ==, "hard work");
  offenders = sm_loop_watch_get_offenders (&n);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpstr (offenders[0].name, ==, "hard work");
  g_assert_cmpuint (offenders[0].times, ==, 1);
  g_assert_cmpint (sm_loop_watch_get ().painting_us, ==, 0);
  sm_loop_watch_stop ();
}

static void
test_painting_is_not_ours (void)
{
  sm_loop_watch_start ();
  run (paint_cb);
  g_assert_cmpint (sm_loop_watch_get ().painting_us, >=, 20000);
  g_assert_cmpint (sm_loop_watch_get ().longest_frame_us, >=, 20000);
  sm_loop_watch_stop ();
}

static void
test_half_a_frame_is_not_ours (void)
{
  const SmLoopOffender *offenders;
  guint n;

  sm_loop_watch_start ();
  run_named ("half a frame", half_paint_cb);
  g_assert_cmpint (sm_loop_watch_get ().painting_us, >=, 20000);
  offenders = sm_loop_watch_get_offenders (&n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (offenders[i].name, !=, "half a frame");
  sm_loop_watch_stop ();
}

/* Two callbacks in one turn are two, however long the turn was. */
static void
test_each_counts_alone (void)
{
  gboolean first = FALSE, second = FALSE, has_both = FALSE;
  const SmLoopOffender *offenders;
  guint n;

  sm_loop_watch_start ();
  sm_loop_watch_reset ();
  g_main_context_iteration (NULL, FALSE);
  g_idle_add (work_cb, &first);
  g_idle_add (work_cb, &second);
  while (!first || !second)
    g_main_context_iteration (NULL, TRUE);
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (sm_loop_watch_get ().over_limit, >=, 2);
  offenders = sm_loop_watch_get_offenders (&n);
  /* On a busy machine another callback may have been slow, too. */
  g_assert_cmpuint (n, >=, 1);
  for (guint i = 0; i < n && !has_both; i++)
    has_both = offenders[i].times == 2;
  g_assert_true (has_both);
  sm_loop_watch_stop ();
}

static gboolean
elsewhere_cb (GIOChannel   *channel,
              GIOCondition  condition,
              gpointer      data)
{
  return work_cb (data);
}

/* What is neither an idle nor a timeout is not left out. */
static void
test_events (void)
{
  g_autoptr (GIOChannel) channel = NULL;
  gboolean is_done = FALSE;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], "x", 1), ==, 1);
  channel = g_io_channel_unix_new (ends[0]);
  sm_loop_watch_start ();
  sm_loop_watch_reset ();
  g_main_context_iteration (NULL, FALSE);
  g_io_add_watch (channel, G_IO_IN, elsewhere_cb, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (sm_loop_watch_get ().longest_us, >=, 20000);
  g_assert_cmpstr (sm_loop_watch_get ().longest, ==, SM_LOOP_WATCH_EVENTS);
  sm_loop_watch_stop ();
  close (ends[0]);
  close (ends[1]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/loop-watch/longest", test_longest);
  g_test_add_func ("/base/loop-watch/painting-is-not-ours", test_painting_is_not_ours);
  g_test_add_func ("/base/loop-watch/half-a-frame-is-not-ours", test_half_a_frame_is_not_ours);
  g_test_add_func ("/base/loop-watch/each-counts-alone", test_each_counts_alone);
  g_test_add_func ("/base/loop-watch/events-count-together", test_events);
  return g_test_run ();
}
