/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-moment.h"

#include "sm-time.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define WEEKDAYS 7

/** sm_moment_local: Returns: (transfer full) (nullable): @zone: (nullable): UTC */
GDateTime *
sm_moment_local (GTimeZone *zone,
                 gint64     at_us)
{
  g_autoptr (GDateTime) utc
      = at_us != SM_UNKNOWN ? g_date_time_new_from_unix_utc (at_us / SM_SECOND) : NULL;

  if (utc == NULL)
    return NULL;
  return zone != NULL ? g_date_time_to_timezone (utc, zone) : g_steal_pointer (&utc);
}

/** sm_moment_midnight: Returns: (transfer full): when the day of @at_us begins there */
GDateTime *
sm_moment_midnight (GTimeZone *zone,
                    gint64     at_us)
{
  g_autoptr (GDateTime) moment = sm_moment_local (zone, at_us);

  return g_date_time_new (g_date_time_get_timezone (moment), g_date_time_get_year (moment),
                          g_date_time_get_month (moment), g_date_time_get_day_of_month (moment), 0,
                          0, 0);
}

static char *
format_day (GTimeZone  *zone,
            gint64      at_us,
            const char *format)
{
  static const char *const names[WEEKDAYS]
      = { NC_ ("weekday", "Mon"), NC_ ("weekday", "Tue"), NC_ ("weekday", "Wed"),
          NC_ ("weekday", "Thu"), NC_ ("weekday", "Fri"), NC_ ("weekday", "Sat"),
          NC_ ("weekday", "Sun") };
  g_autoptr (GDateTime) moment = sm_moment_local (zone, at_us);
  g_autofree char *date = g_date_time_format (moment, format);

  return g_strdup_printf ("%s %s", g_dpgettext2 (NULL, "weekday",
                                                 names[g_date_time_get_day_of_week (moment) - 1]),
                          date);
}

/** sm_moment_day: Returns: (transfer full): the day of @at_us, as in “Mon 16 Jun” */
char *
sm_moment_day (GTimeZone *zone,
               gint64     at_us)
{
  /* Translators: a day of a year, see g_date_time_format() */
  return format_day (zone, at_us, C_ ("day", "%-d %b"));
}

/** sm_moment_weekday: Returns: (transfer full): that below its month, as in “Mon 16” */
char *
sm_moment_weekday (GTimeZone *zone,
                   gint64     at_us)
{
  /* Translators: a day of a month that stands above it, see g_date_time_format() */
  return format_day (zone, at_us, C_ ("day", "%-d"));
}

/** sm_moment_format: Returns: (transfer full) (nullable): @zone: (nullable): UTC */
char *
sm_moment_format (GTimeZone *zone,
                  gint64     at_us)
{
  g_autoptr (GDateTime) local = sm_moment_local (zone, at_us);

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : NULL;
}

/**
 * sm_moment_parse:
 * @zone: (nullable): UTC
 *
 * Returns: FALSE when @text is neither a day, as in 2025-06-16, nor that and a time, as in
 *   2025-06-16 22:00
 */
gboolean
sm_moment_parse (GTimeZone  *zone,
                 const char *text,
                 gint64     *out_us)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) moment = NULL;
  int year, month, day, hour = 0, minute = 0, end = 0, after_day = 0;
  int n = sscanf (text, " %4d-%2d-%2d %n%2d:%2d %n", &year, &month, &day, &after_day, &hour,
                  &minute, &end);

  if (n == 3 && text[after_day] == '\0')
    end = after_day;
  else if (n != 5 || end == 0 || text[end] != '\0')
    return FALSE;
  moment = g_date_time_new (zone != NULL ? zone : utc, year, month, day, hour, minute, 0);
  if (moment == NULL)
    return FALSE;
  *out_us = g_date_time_to_unix (moment) * SM_SECOND;
  return TRUE;
}
