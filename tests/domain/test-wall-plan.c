/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-plan.h"

#include <stdlib.h>

#define SECOND G_GINT64_CONSTANT (1000000)

static GPtrArray *
make_stops (void)
{
  GPtrArray *stops = sm_wall_stops_new ();

  g_assert_true (sm_wall_stops_add (stops, "stationmaster:wall", 60));
  g_assert_true (sm_wall_stops_add (stops, "stationmaster:stations?service=degraded", 30));
  g_assert_true (sm_wall_stops_add (stops, "stationmaster:alarms?level=1", 20));
  return stops;
}

/* Each page as long as it was given, round and round. */
static void
test_plays (void)
{
  g_autoptr (GPtrArray) stops = make_stops ();
  SmWallPlay play = { 0 };
  guint seconds[3] = { 0 };

  sm_wall_play_start (&play, stops, 0, 1000 * SECOND);
  for (gint64 s = 1; s <= 3 * 110; s++)
    {
      seconds[play.index]++;
      sm_wall_play_tick (&play, stops, (1000 + s) * SECOND, FALSE);
    }
  g_assert_cmpuint (seconds[0], ==, 3 * 60);
  g_assert_cmpuint (seconds[1], ==, 3 * 30);
  g_assert_cmpuint (seconds[2], ==, 3 * 20);
  g_assert_cmpuint (play.index, ==, 0);
}

/* Paused it stays, and has the rest of its time afterwards; held, it is only late. */
static void
test_pauses (void)
{
  g_autoptr (GPtrArray) stops = make_stops ();
  SmWallPlay play = { 0 };

  sm_wall_play_start (&play, stops, 1, 0);
  g_assert_false (sm_wall_play_tick (&play, stops, 29 * SECOND, FALSE));
  play.is_paused = TRUE;
  g_assert_false (sm_wall_play_tick (&play, stops, 9000 * SECOND, FALSE));
  play.is_paused = FALSE;
  g_assert_false (sm_wall_play_tick (&play, stops, 9000 * SECOND + SECOND / 2, FALSE));
  g_assert_true (sm_wall_play_tick (&play, stops, 9001 * SECOND, FALSE));
  g_assert_cmpuint (play.index, ==, 2);
  g_assert_false (sm_wall_play_tick (&play, stops, 9025 * SECOND, TRUE));
  g_assert_true (sm_wall_play_tick (&play, stops, 9026 * SECOND, FALSE));
  g_assert_cmpuint (play.index, ==, 0);
  sm_wall_play_step (&play, stops, -1, 9027 * SECOND);
  g_assert_cmpuint (play.index, ==, 2);
  sm_wall_play_step (&play, stops, 2, 9027 * SECOND);
  g_assert_cmpuint (play.index, ==, 1);
  /* After a night asleep the next page, not one that nobody can tell. */
  g_assert_true (sm_wall_play_tick (&play, stops, 90000 * SECOND, FALSE));
  g_assert_cmpuint (play.index, ==, 2);
}

/* A list of one page, of none, one that shrank, and what is no list. */
static void
test_odd (void)
{
  g_autoptr (GPtrArray) stops = sm_wall_stops_new ();
  SmWallPlay play = { 0 };

  sm_wall_play_start (&play, stops, 7, 0);
  g_assert_false (sm_wall_play_tick (&play, stops, 100 * SECOND, FALSE));
  sm_wall_play_step (&play, stops, 1, 0);
  g_assert_cmpuint (play.index, ==, 0);
  g_assert_false (sm_wall_stops_add (stops, "http://example.org", 60));
  g_assert_false (sm_wall_stops_add (stops, "", 60));
  g_assert_true (sm_wall_stops_add (stops, "stationmaster:wall", 0));
  g_assert_cmpuint (((SmWallStop *) g_ptr_array_index (stops, 0))->seconds, ==, SM_WALL_LEAST_S);
  sm_wall_play_start (&play, stops, 7, 0);
  g_assert_cmpuint (play.index, ==, 0);
  g_assert_false (sm_wall_play_tick (&play, stops, 100 * SECOND, FALSE));
  while (sm_wall_stops_add (stops, "stationmaster:orders", G_MAXUINT))
    ;
  g_assert_cmpuint (stops->len, ==, SM_WALL_MOST_STOPS);
}

/* By day, over midnight, never, always. */
static void
test_dims (void)
{
  g_assert_true (sm_wall_is_dim (12 * 60, 12 * 60, 14 * 60));
  g_assert_false (sm_wall_is_dim (14 * 60, 12 * 60, 14 * 60));
  g_assert_false (sm_wall_is_dim (11 * 60 + 59, 12 * 60, 14 * 60));
  g_assert_true (sm_wall_is_dim (23 * 60, 22 * 60, 6 * 60));
  g_assert_true (sm_wall_is_dim (0, 22 * 60, 6 * 60));
  g_assert_true (sm_wall_is_dim (5 * 60 + 59, 22 * 60, 6 * 60));
  g_assert_false (sm_wall_is_dim (6 * 60, 22 * 60, 6 * 60));
  for (int minute = 0; minute < SM_WALL_DAY_MINUTES; minute++)
    {
      g_assert_false (sm_wall_is_dim (minute, 0, 0));
      g_assert_false (sm_wall_is_dim (minute, 600, 600));
      g_assert_true (sm_wall_is_dim (minute, 0, SM_WALL_DAY_MINUTES));
    }
}

/* By one pixel at a time, everywhere within a few, and equally often. */
static void
test_shifts (void)
{
  guint seen[2 * SM_WALL_SHIFT_PX + 1][2 * SM_WALL_SHIFT_PX + 1] = { { 0 } };
  int x, y, last_x, last_y;

  sm_wall_shift_at (0, &last_x, &last_y);
  g_assert_cmpint (last_x, ==, 0);
  g_assert_cmpint (last_y, ==, 0);
  for (gint64 step = 1; step <= 3 * 160; step++)
    {
      sm_wall_shift_at (step * SM_WALL_SHIFT_EVERY_US, &x, &y);
      g_assert_cmpint (abs (x - last_x) + abs (y - last_y), ==, 1);
      g_assert_cmpint (MAX (abs (x), abs (y)), <=, SM_WALL_SHIFT_PX);
      seen[x + SM_WALL_SHIFT_PX][y + SM_WALL_SHIFT_PX]++;
      last_x = x;
      last_y = y;
      sm_wall_shift_at ((step + 1) * SM_WALL_SHIFT_EVERY_US - 1, &x, &y);
      g_assert_true (x == last_x && y == last_y);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (seen); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (seen[i]); k++)
      g_assert_cmpuint (seen[i][k], >=, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/wall-plan/each-page-its-time", test_plays);
  g_test_add_func ("/domain/wall-plan/pause-and-hold", test_pauses);
  g_test_add_func ("/domain/wall-plan/odd-lists", test_odd);
  g_test_add_func ("/domain/wall-plan/dim-hours", test_dims);
  g_test_add_func ("/domain/wall-plan/shifts-by-one-pixel", test_shifts);
  return g_test_run ();
}
