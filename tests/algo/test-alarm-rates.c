/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-alarm-rates.h"

#include <math.h>

#include "sm-test-full.h"

#define WINDOW 600
#define BEGINS 10
#define ENDS 5

/* --- asked second by second, as the standard words it --- */

static guint
within (const gint64 *at,
        guint         n,
        gint64        now)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += at[i] <= now && at[i] > now - WINDOW;
  return count;
}

static GArray *
floods_by_hand (const gint64 *at,
                guint         n,
                gint64        until)
{
  GArray *floods = g_array_new (FALSE, FALSE, sizeof (SmAlarmFlood));
  SmAlarmFlood flood = { .from = -1 };

  for (gint64 now = 0; now <= until; now++)
    {
      guint count = within (at, n, now);

      if (flood.from < 0 && count > BEGINS && now < until)
        flood = (SmAlarmFlood){ .from = now };
      flood.peak = MAX (flood.peak, count);
      if (flood.from < 0 || (count >= ENDS && now < until))
        continue;
      flood.to = now;
      g_array_append_val (floods, flood);
      flood = (SmAlarmFlood){ .from = -1 };
    }
  return floods;
}

/* A quiet time with some hours in which much happens at once. */
static GArray *
make_times (GRand  *random,
            gint64  until)
{
  GArray *at = g_array_new (FALSE, FALSE, sizeof (gint64));
  double pace = 400;

  for (gint64 now = 0; now < until;)
    {
      g_array_append_val (at, now);
      if (g_rand_double (random) < 0.04)
        pace = g_rand_boolean (random) ? 20 : 400;
      now += 1 + (gint64) (-log (1 - g_rand_double (random)) * pace);
    }
  return at;
}

static void
test_floods (void)
{
  guint n_floods = 0;

  for (guint seed = 0; seed < sm_test_times (200); seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      gint64 until = 40000;
      g_autoptr (GArray) at = make_times (random, until);
      const gint64 *times = (gconstpointer) at->data;
      g_autoptr (GArray) floods = sm_alarm_floods (times, at->len, until, WINDOW, BEGINS, ENDS);
      g_autoptr (GArray) truth = floods_by_hand (times, at->len, until);

      g_assert_cmpuint (floods->len, ==, truth->len);
      for (guint i = 0; i < floods->len; i++)
        {
          const SmAlarmFlood *is = &g_array_index (floods, SmAlarmFlood, i);
          const SmAlarmFlood *ought = &g_array_index (truth, SmAlarmFlood, i);

          g_assert_cmpint (is->from, ==, ought->from);
          g_assert_cmpint (is->to, ==, ought->to);
          g_assert_cmpuint (is->peak, ==, ought->peak);
          g_assert_cmpint (times[is->first], >, is->from - WINDOW);
          g_assert_true (is->first == 0 || times[is->first - 1] <= is->from - WINDOW);
          g_assert_cmpint (times[is->last], <, is->to);
        }
      n_floods += floods->len;
    }
  g_assert_cmpuint (n_floods, >, sm_test_times (200));
}

/* Ten in ten minutes are none, eleven are one; it ends when less than five are left. */
static void
test_edges (void)
{
  gint64 at[11];
  g_autoptr (GArray) ten = NULL, eleven = NULL;

  for (guint i = 0; i < 11; i++)
    at[i] = i * 59;
  ten = sm_alarm_floods (at, 10, 10000, WINDOW, BEGINS, ENDS);
  eleven = sm_alarm_floods (at, 11, 10000, WINDOW, BEGINS, ENDS);
  g_assert_cmpuint (ten->len, ==, 0);
  g_assert_cmpuint (eleven->len, ==, 1);
  g_assert_cmpint (g_array_index (eleven, SmAlarmFlood, 0).from, ==, 590);
  /* The seventh leaves, and four are left. */
  g_assert_cmpint (g_array_index (eleven, SmAlarmFlood, 0).to, ==, 6 * 59 + WINDOW);
  g_assert_cmpuint (g_array_index (eleven, SmAlarmFlood, 0).first, ==, 0);
}

static void
test_densest (void)
{
  const gint64 at[] = { 0, 59, 60, 118, 119, 300 };
  guint first = 9;

  g_assert_cmpuint (sm_alarm_densest (at, G_N_ELEMENTS (at), 60, &first), ==, 3);
  g_assert_cmpuint (first, ==, 1);
  g_assert_cmpuint (sm_alarm_densest (at, 2, 59, NULL), ==, 1);
  g_assert_cmpuint (sm_alarm_densest (at, 0, 60, NULL), ==, 0);
}

/* Every alarm of the range is in exactly one window, the last of which may be shorter. */
static void
test_windows (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GArray) at = make_times (random, 30000);
  g_autoptr (GArray) windows = NULL, none = NULL;
  guint sum = 0, inside = 0;

  windows = sm_alarm_windows ((gconstpointer) at->data, at->len, 1000, 20500, WINDOW);
  none = sm_alarm_windows ((gconstpointer) at->data, at->len, 1000, 1000, WINDOW);
  for (guint i = 0; i < windows->len; i++)
    sum += g_array_index (windows, guint, i);
  for (guint i = 0; i < at->len; i++)
    inside += g_array_index (at, gint64, i) >= 1000 && g_array_index (at, gint64, i) < 20500;
  g_assert_cmpuint (sum, ==, inside);
  g_assert_cmpuint (windows->len, ==, 33);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/algo/alarm-rates/floods", test_floods);
  g_test_add_func ("/algo/alarm-rates/edges", test_edges);
  g_test_add_func ("/algo/alarm-rates/densest", test_densest);
  g_test_add_func ("/algo/alarm-rates/windows", test_windows);
  return g_test_run ();
}
