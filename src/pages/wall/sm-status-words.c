/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-status-words.h"

#include "sm-time.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

/** sm_status_is_live: Whether what is shown may be taken for the present. */
gboolean
sm_status_is_live (SmStatus *status)
{
  return sm_status_get_state (status) == SM_STATUS_LIVE;
}

static char *
words_with_age (SmStatus   *status,
                const char *format,
                const char *without)
{
  gint64 age_us = sm_status_get_data_age_us (status);
  g_autofree char *age = NULL;
  g_auto (GStrv) parts = NULL;

  if (age_us < 0 || age_us == G_MAXINT64)
    return g_strdup (without);
  age = sm_time_age (age_us);
  parts = g_strsplit (format, "%s", 2);
  return g_strjoinv (age, parts);
}

/* A moment where the network is; NULL for none. */
static GDateTime *
to_local (SmStatus *status,
          gint64    moment_us)
{
  GTimeZone *zone = sm_status_get_zone (status);
  g_autoptr (GDateTime) utc = NULL;

  if (moment_us == SM_UNKNOWN)
    return NULL;
  utc = g_date_time_new_from_unix_utc (moment_us / SM_SECOND);
  if (utc == NULL || zone == NULL)
    return g_steal_pointer (&utc);
  return g_date_time_to_timezone (utc, zone);
}

/** sm_status_format_time: Returns: (transfer full): a time of day where the network is */
char *
sm_status_format_time (SmStatus *status,
                       gint64    moment_us)
{
  g_autoptr (GDateTime) local = to_local (status, moment_us);

  return local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("–");
}

/** sm_status_format_day: Returns: (transfer full): a day where the network is, as in 20261121 */
char *
sm_status_format_day (SmStatus *status,
                      gint64    moment_us)
{
  g_autoptr (GDateTime) local = to_local (status, moment_us);

  return local != NULL ? g_date_time_format (local, "%Y%m%d") : g_strdup ("");
}

/** sm_status_day_start: Returns: when the day of @moment_us began where the network is */
gint64
sm_status_day_start (SmStatus *status,
                     gint64    moment_us)
{
  g_autoptr (GDateTime) local = to_local (status, moment_us);
  g_autoptr (GDateTime) start = NULL;

  if (local == NULL)
    return moment_us;
  start = g_date_time_add_full (local, 0, 0, 0, -g_date_time_get_hour (local),
                                -g_date_time_get_minute (local), -g_date_time_get_seconds (local));
  return start != NULL ? g_date_time_to_unix (start) * SM_SECOND : moment_us;
}

/** sm_status_format_moment: Returns: (transfer full): date and time of day where the network is */
char *
sm_status_format_moment (SmStatus *status,
                         gint64    moment_us)
{
  g_autoptr (GDateTime) local = to_local (status, moment_us);

  if (local == NULL)
    return g_strdup ("–");
  /* Translators: a moment, date and time of day, see g_date_time_format() */
  return g_date_time_format (local, _("%-d %b %Y, %H:%M:%S"));
}

/* After a start without the service nobody knows how old the data are: the
 * network's clock stood still meanwhile.  When they were is known. */
static char *
offline_words (SmStatus *status)
{
  gint64 contact = sm_status_get_last_contact (status);
  g_autofree char *moment = NULL;

  if (sm_status_get_data_age_us (status) >= 0 || contact == SM_UNKNOWN)
    /* Translators: %s is an age, as in "Offline · data 6 min old" */
    return words_with_age (status, _("Offline · data %s old"), _("Offline · no data yet"));
  moment = sm_status_format_moment (status, contact);
  /* Translators: %s is a date and time of day of the network */
  return g_strdup_printf (_("Offline · data of %s"), moment);
}

/** sm_status_words: Returns: (transfer full): the connection and the age of the data, in short */
char *
sm_status_words (SmStatus *status)
{
  switch (sm_status_get_state (status))
    {
    case SM_STATUS_LIVE:
      /* Translators: %s is an age, as in "Live · data 2 s old" */
      return words_with_age (status, _("Live · data %s old"), _("Live"));
    case SM_STATUS_STALE:
      /* Translators: %s is an age, as in "Not live · data 42 s old" */
      return words_with_age (status, _("Not live · data %s old"), _("Not live"));
    case SM_STATUS_OFFLINE:
      return offline_words (status);
    case SM_STATUS_LOADING:
      return g_strdup (_("Loading"));
    case SM_STATUS_SIGNED_OUT:
      return words_with_age (status, _("Signed out · data %s old"), _("Signed out"));
    case SM_STATUS_REFUSED:
      return words_with_age (status, _("Not connected · data %s old"), _("Not connected"));
    case SM_STATUS_STARTING:
    default:
      return g_strdup (_("Connecting"));
    }
}

static char *
format_now (SmStatus   *status,
            const char *format)
{
  SmClock *clock = sm_status_get_clock (status);
  GTimeZone *zone = sm_status_get_zone (status);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  /* Before the first answer nobody knows what time it is in the network. */
  if (clock == NULL || sm_status_get_time_zone (status) == NULL
      || sm_status_get_data_age_us (status) < 0)
    return g_strdup ("");
  utc = g_date_time_new_from_unix_utc (sm_clock_now (clock) / SM_SECOND);
  if (zone == NULL || utc == NULL)
    return g_strdup ("");
  local = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (local, format);
}

/** sm_status_format_date: Returns: (transfer full): the network's date today; "" if unknown */
char *
sm_status_format_date (SmStatus *status)
{
  /* Translators: a date with its day of the week, see g_date_time_format() */
  return format_now (status, _("%a %-d %b %Y"));
}

/** sm_status_format_clock: Returns: (transfer full): the time of day where the network is */
char *
sm_status_format_clock (SmStatus *status)
{
  return format_now (status, "%H:%M:%S");
}

/* What does not pass by itself: a certificate that is not believed is not waited for. */
static gboolean
needs_somebody (const char *problem)
{
  return problem != NULL
         && (g_str_has_prefix (problem, "tls-") || g_str_equal (problem, "ca-file-unreadable"));
}

static const char *
offline_detail (void)
{
  return _("What is shown is the last known, not live. Acknowledgements are kept "
           "and sent when the service is back; it goes on trying by itself.");
}

/**
 * sm_status_banner_title:
 *
 * Returns: (transfer full) (nullable): what is the matter with the connection;
 *   NULL when there is nothing to say
 */
char *
sm_status_banner_title (SmStatus *status)
{
  gint64 contact = sm_status_get_last_contact (status);
  g_autofree char *moment = NULL;

  switch (sm_status_get_state (status))
    {
    case SM_STATUS_OFFLINE:
      if (needs_somebody (sm_status_get_problem (status)))
        return g_strdup (sm_slug_what (sm_status_get_problem (status)));
      if (contact == SM_UNKNOWN)
        return g_strdup (_("The service cannot be reached."));
      moment = sm_status_format_moment (status, contact);
      /* Translators: %s is a date and time of day of the network */
      return g_strdup_printf (_("Offline. Last contact: %s."), moment);
    case SM_STATUS_STALE:
      return g_strdup (_("Not live. Some data come late."));
    case SM_STATUS_REFUSED:
      return g_strdup (sm_slug_what (sm_status_get_problem (status)));
    case SM_STATUS_SIGNED_OUT:
      return g_strdup (_("Nobody is signed in."));
    case SM_STATUS_STARTING:
    case SM_STATUS_LOADING:
    case SM_STATUS_LIVE:
    default:
      return NULL;
    }
}

/** sm_status_banner_detail: Returns: (transfer full) (nullable): what to do about it */
char *
sm_status_banner_detail (SmStatus *status)
{
  const char *problem = sm_status_get_problem (status);

  switch (sm_status_get_state (status))
    {
    case SM_STATUS_OFFLINE:
      if (needs_somebody (problem))
        return g_strconcat (sm_slug_next_step (problem), " ", offline_detail (), NULL);
      return g_strdup (offline_detail ());
    case SM_STATUS_STALE:
      return g_strdup (_("What is shown is the last known, not live. It goes on trying by itself."));
    case SM_STATUS_REFUSED:
      return problem != NULL ? g_strdup (sm_slug_next_step (problem)) : NULL;
    case SM_STATUS_SIGNED_OUT:
      return g_strdup (_("Sign in to follow the network again."));
    case SM_STATUS_STARTING:
    case SM_STATUS_LOADING:
    case SM_STATUS_LIVE:
    default:
      return NULL;
    }
}
