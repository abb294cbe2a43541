/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-full.h"
#include "sm-test-memory.h"
#include "sm-test-until.h"
#include "sm-time.h"
#include "weeks.h"

/* Three weeks on clocks that the test moves, by the timers that are shipped: midnights, the end
 * of a month, a change to or from summer time, tokens, and what is kept how long.  Then another
 * two, so that all that is kept for a time has its time over. */

#define DAYS 21
#define MORE_DAYS 16
#define WARM_DAY 7  /* what is kept for a week is whole */
#define EARLY_DAY 3
#define PAGES_KB 4096
/* Each of the application's threads may have left one connection and have another, and
 * both ends of it are here. */
#define MORE_DESCRIPTORS (4 * 13)

typedef struct
{
  const char *zone;
  const char *start;
  const char *odd_day; /* NULL, or the day that is an hour longer or shorter */
  int odd_hours;
} Place;

static const Place berlin_autumn
    = { "Europe/Berlin", "2026-10-12T00:00:00+02:00", "20261025", 25 };
static const Place berlin_spring
    = { "Europe/Berlin", "2027-03-15T00:00:00+01:00", "20270328", 23 };
static const Place shanghai = { "Asia/Shanghai", "2026-10-12T00:00:00+08:00", NULL, 24 };

/* The day that is over is in the books as it was. */
static void
assert_day (Weeks *weeks,
            int    day)
{
  g_autofree char *by_day = g_strdup_printf (
      "SELECT count FROM station_day WHERE station_id = 1 AND kind = 'swap' AND business_day = %d",
      day);
  g_autofree char *by_hour = g_strdup_printf (
      "SELECT sum (count) FROM station_hour WHERE station_id = 1 AND kind = 'swap'"
      " AND business_day = %d", day);

  g_assert_cmpint (weeks_ask (weeks, by_day), ==, weeks_get_orders (weeks, day));
  g_assert_cmpint (weeks_ask (weeks, by_hour), ==, weeks_get_orders (weeks, day));
}

/* Lives until the local day is another one. */
static void
live_a_day (Weeks   *weeks,
            gint64   step_us,
            guint    steps_to_catch_up)
{
  int day = weeks_today (weeks);

  while (weeks_today (weeks) == day)
    {
      weeks_step (weeks, step_us);
      if (steps_to_catch_up > 0 && weeks->n_steps % steps_to_catch_up == 0)
        weeks_catch_up (weeks);
    }
  assert_day (weeks, day);
}

/* What was taken after the warm-up grows as it grew before, and not faster. */
static gint64
forecast (gint64 early,
          gint64 warm)
{
  gint64 a_day = MAX (0, warm - early) / (WARM_DAY - EARLY_DAY);

  return warm + (DAYS - WARM_DAY) * a_day * 5 / 4 + 1024 * 1024;
}

static void
assert_forecast (const WeeksSize *early,
                 const WeeksSize *warm,
                 const WeeksSize *last)
{
  gint64 service = forecast (early->service_bytes, warm->service_bytes);
  gint64 app = forecast (early->app_bytes, warm->app_bytes);

  g_test_message ("memory %" G_GINT64_FORMAT " KiB after a week, %" G_GINT64_FORMAT
                  " at the end; descriptors %u, %u; the service's files %" G_GINT64_FORMAT
                  " of forecast %" G_GINT64_FORMAT " bytes, the application's %" G_GINT64_FORMAT
                  " of %" G_GINT64_FORMAT ", logs %" G_GINT64_FORMAT,
                  warm->memory_kb, last->memory_kb, warm->descriptors, last->descriptors,
                  last->service_bytes, service, last->app_bytes, app, last->log_bytes);
  g_assert_cmpint (last->service_bytes, <=, service);
  g_assert_cmpint (last->app_bytes, <=, app);
  /* SQLite writes a log back at 4 MiB; there are five, and one may just have been full. */
  g_assert_cmpint (last->log_bytes, <=, 32 * 1024 * 1024);
  /* Beside that, SQLite's connections keep what they have read (30 KB a day), and libsoup's
   * server, 3.2, by itself, loses 1.8 KB with each connection that its client leaves: here those
   * are some 24 at each catching up, and without that nothing else grows. */
  if (SM_TEST_MEMORY_TELLS)
    g_assert_cmpint (last->memory_kb, <=, warm->memory_kb * 105 / 100 + PAGES_KB);
}

/* What has a time to be kept is kept for that time, and gone an hour after it. */
static void
assert_kept (Weeks      *weeks,
             const char *what,
             gint64      oldest_us,
             gint64      now_us,
             gint64      keep_us,
             gint64      slack_us)
{
  g_test_message ("%s: the oldest is %.2f days old, of %.0f", what,
                  (double) (now_us - oldest_us) / SM_DAY, (double) keep_us / SM_DAY);
  g_assert_cmpint (now_us - oldest_us, <=, keep_us + slack_us);
  g_assert_cmpint (now_us - oldest_us, >=, keep_us - slack_us);
}

static void
assert_retention (Weeks *weeks)
{
  gint64 now = sm_clock_now (weeks->server->machine);
  gint64 keys = weeks_ask (weeks, "SELECT count(*) FROM idempotency_key");

  assert_kept (weeks, "tombstones", weeks_ask (weeks, "SELECT min (deleted_at) FROM tombstone"), now,
               30 * SM_DAY, 12 * SM_HOUR);
  assert_kept (weeks, "samples",
               weeks_ask_telemetry (weeks, "SELECT min (hour) FROM samples") * SM_HOUR, now,
               48 * SM_HOUR, 6 * SM_HOUR);
  assert_kept (weeks, "quarters of telemetry",
               weeks_ask_telemetry (weeks, "SELECT min (hour) FROM quarters") * SM_HOUR, now,
               35 * SM_DAY, 12 * SM_HOUR);
  g_assert_cmpint (weeks_ask (weeks, "SELECT count(DISTINCT business_day) FROM station_hour"), <=,
                   37);
  g_assert_cmpint (weeks_ask (weeks, "SELECT count(DISTINCT business_day) FROM station_day"), >=,
                   DAYS + MORE_DAYS);
  /* Nobody has acted for longer than keys are kept. */
  g_assert_cmpint (keys, ==, 0);
}

static void
test_place (gconstpointer data)
{
  const Place *place = data;
  gboolean is_full = sm_test_times (10) == 10;
  gint64 step_us = (is_full ? 15 : 30) * SM_MINUTE;
  guint steps_to_catch_up = is_full ? 16 : 144;
  g_autoptr (Weeks) weeks = weeks_new (place->zone, place->start);
  WeeksSize sizes[DAYS + 1];
  guint descriptors = weeks_count_descriptors () + MORE_DESCRIPTORS;
  gint64 tombstones, keys;
  g_autoptr (GString) memory = g_string_new ("memory by day, KiB:");

  for (guint day = 1; day <= DAYS; day++)
    {
      live_a_day (weeks, step_us, steps_to_catch_up);
      run_until (weeks_count_descriptors () <= descriptors);
      sizes[day] = weeks_measure (weeks);
      g_string_append_printf (memory, " %" G_GINT64_FORMAT, sizes[day].memory_kb);
    }
  g_test_message ("%s", memory->str);
  if (place->odd_day != NULL)
    g_assert_cmpuint (weeks_get_orders (weeks, atoi (place->odd_day)), >=,
                      place->odd_hours * SM_HOUR / step_us);
  assert_forecast (&sizes[EARLY_DAY], &sizes[WARM_DAY], &sizes[DAYS]);
  /* All that was acknowledged under one sign-in: the tokens were renewed. */
  keys = weeks_ask (weeks, "SELECT count(*) FROM idempotency_key");
  tombstones = weeks_ask (weeks, "SELECT count(*) FROM tombstone");
  g_assert_cmpint (keys, >, 0);
  g_assert_cmpint (tombstones, >, 0);
  g_assert_cmpint (weeks_ask (weeks, "SELECT count(DISTINCT user_id) FROM session"), ==, 1);
  g_assert_cmpint (weeks_ask (weeks, "SELECT count(*) FROM session"), <=, 2);
  for (guint day = 1; day <= MORE_DAYS; day++)
    live_a_day (weeks, step_us, 0);
  assert_retention (weeks);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/faults/weeks/berlin-autumn", &berlin_autumn, test_place);
  g_test_add_data_func ("/faults/weeks/berlin-spring", &berlin_spring, test_place);
  g_test_add_data_func ("/faults/weeks/shanghai", &shanghai, test_place);
  return g_test_run ();
}
