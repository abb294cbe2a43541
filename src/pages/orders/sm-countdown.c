/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-countdown.h"

#include "sm-time.h"

#include <glib/gi18n-lib.h>

static char *
format_length (gint64 seconds)
{
  if (seconds < 60)
    /* Translators: a length of time in seconds, as short as it can be */
    return g_strdup_printf (C_ ("countdown", "%d s"), (int) seconds);
  if (seconds < 3600)
    /* Translators: minutes and seconds, as short as they can be; never like a time of day */
    return g_strdup_printf (C_ ("countdown", "%d min %02d s"), (int) (seconds / 60),
                            (int) (seconds % 60));
  if (seconds < 48 * 3600)
    /* Translators: hours and minutes, as short as they can be; never like a time of day */
    return g_strdup_printf (C_ ("countdown", "%d h %02d min"), (int) (seconds / 3600),
                            (int) (seconds / 60 % 60));
  /* Translators: days and hours, as short as they can be */
  return g_strdup_printf (C_ ("countdown", "%d d %d h"), (int) (seconds / 86400),
                          (int) (seconds / 3600 % 24));
}

/**
 * sm_countdown_text:
 * @left_us: negative: it is over since then
 *
 * Returns: (transfer full): what is left of a clock, for where a sign is enough
 */
char *
sm_countdown_text (gint64 left_us)
{
  g_autofree char *length = format_length (ABS (left_us) / SM_SECOND);

  return left_us < 0 ? g_strconcat ("−", length, NULL) : g_steal_pointer (&length);
}

/** sm_countdown_words: Returns: (transfer full): what is left of a clock, or since when it is over, in words */
char *
sm_countdown_words (gint64 left_us)
{
  g_autofree char *length = format_length (ABS (left_us) / SM_SECOND);

  /* Translators: %s is a length of time by which somebody is late, as in "3 min 10 s over" */
  return left_us < 0 ? g_strdup_printf (C_ ("countdown", "%s over"), length)
                     /* Translators: %s is a length of time, as in "12 min 45 s left" */
                     : g_strdup_printf (C_ ("countdown", "%s left"), length);
}
