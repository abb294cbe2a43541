/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-moment.h"

#include "sm-time.h"

#include <stdio.h>

/** sm_moment_format: Returns: (transfer full) (nullable): @zone: (nullable): UTC */
char *
sm_moment_format (GTimeZone *zone,
                  gint64     at_us)
{
  g_autoptr (GDateTime) utc
      = at_us != SM_UNKNOWN ? g_date_time_new_from_unix_utc (at_us / SM_SECOND) : NULL;
  g_autoptr (GDateTime) local = NULL;

  if (utc == NULL)
    return NULL;
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
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
