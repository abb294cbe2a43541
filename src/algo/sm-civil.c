/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-civil.h"

#include "sm-time.h"

#define DAY_S G_GINT64_CONSTANT (86400)

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a / b - (a % b < 0);
}

/* Days since 1970-01-01 and back, in the Gregorian calendar; a year begins in
 * March here, so that the leap day is its last. */
static gint64
days_of (int year,
         int month,
         int day)
{
  gint64 y = year - (month <= 2);
  gint64 era = floor_div (y, 400);
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
         - 719468;
}

static int
day_of (gint64 days)
{
  gint64 z = days + 719468;
  gint64 era = floor_div (z, 146097);
  gint64 d = z - era * 146097;
  gint64 y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
  gint64 day_of_year = d - (365 * y + y / 4 - y / 100);
  gint64 m = (5 * day_of_year + 2) / 153;
  gint64 month = m < 10 ? m + 3 : m - 9;

  return (int) ((y + era * 400 + (month <= 2)) * 10000 + month * 100
                + day_of_year - (153 * m + 2) / 5 + 1);
}

static gint64
offset_at (GTimeZone *zone,
           gint64     second)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, second);

  return g_time_zone_get_offset (zone, interval);
}

/** sm_civil_at: Returns: what the clocks of @zone show at @time_us */
SmCivil
sm_civil_at (GTimeZone *zone,
             gint64     time_us)
{
  gint64 second = floor_div (time_us, SM_SECOND);
  gint64 local = second + offset_at (zone, second);
  gint64 days = floor_div (local, DAY_S);

  return (SmCivil){ day_of (days), (int) (local - days * DAY_S) };
}

/** sm_civil_day_start: Returns: the first moment of @day (yyyymmdd), UTC */
gint64
sm_civil_day_start (GTimeZone *zone,
                    int        day)
{
  gint64 local = days_of (day / 10000, day / 100 % 100, day % 100) * DAY_S;
  /* Clocks change by at most a few hours: half a day before, it is before. */
  gint64 before = local - offset_at (zone, local - DAY_S / 2);
  gint64 start = local - offset_at (zone, before);

  /* Where midnight does not exist, the day begins when the clocks change. */
  while (sm_civil_at (zone, start * SM_SECOND).day < day)
    start += 900;
  return start * SM_SECOND;
}

/** sm_civil_add_days: Returns: the day that is @n days later, yyyymmdd */
int
sm_civil_add_days (int day,
                   int n)
{
  return day_of (days_of (day / 10000, day / 100 % 100, day % 100) + n);
}

/**
 * sm_civil_same_offset_until:
 *
 * Returns: @end_us, or when the clocks of @zone change first, that moment
 */
gint64
sm_civil_same_offset_until (GTimeZone *zone,
                            gint64     time_us,
                            gint64     end_us)
{
  gint64 from = floor_div (time_us, SM_SECOND);
  gint64 to = floor_div (end_us, SM_SECOND);
  gint64 offset = offset_at (zone, from);

  if (offset_at (zone, to) == offset)
    return end_us;
  while (to - from > 1)
    {
      gint64 middle = from + (to - from) / 2;

      if (offset_at (zone, middle) == offset)
        from = middle;
      else
        to = middle;
    }
  return to * SM_SECOND;
}
