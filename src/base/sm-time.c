/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-time.h"

#include <string.h>

#include "sm-error.h"
#include "sm-rfc3339.h"

#include <glib/gi18n-lib.h>

/**
 * sm_time_to_rfc3339:
 * @time_us: µs since the Unix epoch
 *
 * Returns: (transfer full): as in 2026-11-21T06:32:08.500000Z, RFC 3339; "" outside
 *   the years 1 to 9999
 */
char *
sm_time_to_rfc3339 (gint64 time_us)
{
  char text[SM_RFC3339_SIZE];

  return g_strndup (text, sm_rfc3339_format (time_us, text));
}

/**
 * sm_time_from_rfc3339:
 * @text: a moment with its offset
 * @out_time_us: (out): µs since the Unix epoch
 *
 * Returns: FALSE with %SM_ERROR_MALFORMED when @text is no RFC 3339 moment
 */
gboolean
sm_time_from_rfc3339 (const char  *text,
                      gint64      *out_time_us,
                      GError     **error)
{
  g_return_val_if_fail (out_time_us != NULL, FALSE);

  if (text != NULL && sm_rfc3339_parse (text, strlen (text), out_time_us))
    return TRUE;
  sm_set_error (error, SM_ERROR_MALFORMED, "bad-time", "‘%s’ is not an RFC 3339 time",
                text != NULL ? text : "");
  return FALSE;
}

/**
 * sm_time_age:
 * @age_us: a length of time; a negative one, from clocks that disagree, is 0
 *
 * Returns: (transfer full): the age as people say it: 42 s, 6 min, 3 h, 2 d;
 *   never like a time of day
 */
char *
sm_time_age (gint64 age_us)
{
  gint64 seconds = MAX (age_us, 0) / SM_SECOND;

  if (seconds < 60)
    /* Translators: an age in seconds, as short as it can be */
    return g_strdup_printf (_("%d s"), (int) seconds);
  if (seconds < 3600)
    /* Translators: an age in minutes, as short as it can be */
    return g_strdup_printf (_("%d min"), (int) (seconds / 60));
  if (seconds < 48 * 3600)
    /* Translators: an age in hours, as short as it can be */
    return g_strdup_printf (_("%d h"), (int) (seconds / 3600));
  /* Translators: an age in days, as short as it can be */
  return g_strdup_printf (_("%d d"), (int) (seconds / 86400));
}
