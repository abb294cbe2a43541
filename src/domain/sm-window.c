/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-window.h"

#include "sm-alarm.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * A maintenance window: planned, agreed to by a second person, open while its time
 * lasts, and closed when what was worked on has served again.  What is expected
 * because of it is put aside; what may be a danger never is.
 */

#define REFUSED -1

/**
 * sm_window_next:
 *
 * Returns: FALSE when @event cannot happen in @state
 */
gboolean
sm_window_next (SmWindowState   state,
                SmWindowEvent   event,
                SmWindowState  *out_next)
{
  static const int next[SM_WINDOW_STATE_CANCELLED + 1][SM_WINDOW_EVENT_CANCEL + 1] = {
    /* APPROVE, OPEN, OVERRUN, EXTEND, CLOSE, CANCEL */
    [SM_WINDOW_STATE_PLANNED] = { SM_WINDOW_STATE_PLANNED, SM_WINDOW_STATE_OPEN, REFUSED, REFUSED,
                                  REFUSED, SM_WINDOW_STATE_CANCELLED },
    [SM_WINDOW_STATE_OPEN] = { REFUSED, REFUSED, SM_WINDOW_STATE_OVERRAN, SM_WINDOW_STATE_OPEN,
                               SM_WINDOW_STATE_CLOSED, REFUSED },
    [SM_WINDOW_STATE_OVERRAN] = { REFUSED, REFUSED, REFUSED, SM_WINDOW_STATE_OPEN,
                                  SM_WINDOW_STATE_CLOSED, REFUSED },
    [SM_WINDOW_STATE_CLOSED] = { REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED },
    [SM_WINDOW_STATE_CANCELLED] = { REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED },
  };
  int to;

  g_return_val_if_fail (event <= SM_WINDOW_EVENT_CANCEL, FALSE);

  to = state <= SM_WINDOW_STATE_CANCELLED ? next[state][event] : REFUSED;
  if (to != REFUSED)
    *out_next = (SmWindowState) to;
  return to != REFUSED;
}

/** sm_window_is_live: Whether it is not over: planned, open or overrun. */
gboolean
sm_window_is_live (const SmRow *window)
{
  return sm_row_get_enum (window, SM_WINDOW_STATE) <= SM_WINDOW_STATE_OVERRAN;
}

/* --- what is expected --- */

static gboolean
is_one_of (const SmRow       *alarm,
           const char *const *codes)
{
  const char *code = sm_row_get_text (alarm, SM_ALARM_CODE);

  return code != NULL && g_strv_contains (codes, code);
}

/**
 * sm_window_may_suppress:
 *
 * Whether anything may expect such an alarm: not of safety, nothing critical, no
 * silence in which something may be in danger; neither a truck that hangs in a lane,
 * nor what stands for trucks that say nothing, and raise no alarm of their own by that.
 * Packs and trucks are not what is worked on at a station: theirs count there, too.
 */
gboolean
sm_window_may_suppress (const SmRow *alarm)
{
  static const char *const never[] = { "station-unknown-danger", "pile-unknown-danger",
                                       "vehicle-unknown-danger", "swap-vehicle-without-pack",
                                       "area-silent", "network-silent", "carrier-silent",
                                       "gateway-silent", "window-overran", NULL };
  const char *source = sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN);

  return !sm_alarm_is_safety (alarm) && sm_row_get_int (alarm, SM_ALARM_LEVEL) > 1
         && !is_one_of (alarm, never) && g_strcmp0 (source, "battery") != 0;
}

/** sm_alarm_is_of_contact: Whether it says that something is not heard. */
gboolean
sm_alarm_is_of_contact (const SmRow *alarm)
{
  static const char *const codes[] = { "station-silent", "pile-silent", "vehicle-silent",
                                       "pile-communication", "pile-weak-signal", "gateway-fault",
                                       NULL };

  return is_one_of (alarm, codes);
}

/** sm_window_expects: Whether such an alarm, of what is worked on, is expected by @window. */
gboolean
sm_window_expects (const SmRow *window,
                   const SmRow *alarm)
{
  if (sm_row_get_enum (window, SM_WINDOW_STATE) != SM_WINDOW_STATE_OPEN
      || !sm_window_may_suppress (alarm))
    return FALSE;
  switch (sm_row_get_enum (window, SM_WINDOW_SUPPRESSES))
    {
    case SM_WINDOW_SUPPRESSES_ALL:
      return TRUE;
    case SM_WINDOW_SUPPRESSES_MINOR:
      return sm_row_get_int (alarm, SM_ALARM_LEVEL) >= 3;
    case SM_WINDOW_SUPPRESSES_SILENCE:
      return sm_alarm_is_of_contact (alarm);
    default:
      return FALSE;
    }
}

/* --- what stands in suppressed_by --- */

#define WINDOW "window:"

static const char *const slugs[] = {
  [SM_EXPECTED_COMMISSIONING] = "station-not-in-operation",
  [SM_EXPECTED_PARENT_SILENT] = "parent-silent",
};

/** sm_expected_slug: Returns: (transfer none) (nullable): of a rule; a window has an id in it */
const char *
sm_expected_slug (SmExpected expected)
{
  return expected < G_N_ELEMENTS (slugs) ? slugs[expected] : NULL;
}

/** sm_expected_of_window: Returns: (transfer full): what stands in an alarm that it expects */
char *
sm_expected_of_window (gint64 window_id)
{
  return g_strdup_printf (WINDOW "%" G_GINT64_FORMAT, window_id);
}

/**
 * sm_expected_parse:
 * @suppressed_by: (nullable): of an alarm
 * @out_window_id: (out) (optional): of a window; else %SM_UNKNOWN
 */
SmExpected
sm_expected_parse (const char *suppressed_by,
                   gint64     *out_window_id)
{
  gint64 id = SM_UNKNOWN;
  SmExpected expected = SM_EXPECTED_UNKNOWN;

  if (suppressed_by == NULL)
    expected = SM_EXPECTED_NOT;
  else if (g_str_has_prefix (suppressed_by, WINDOW)
           && g_ascii_string_to_signed (suppressed_by + strlen (WINDOW), 10, 1, G_MAXINT64, &id,
                                        NULL))
    expected = SM_EXPECTED_WINDOW;
  for (guint i = SM_EXPECTED_COMMISSIONING; i < G_N_ELEMENTS (slugs); i++)
    if (g_strcmp0 (suppressed_by, slugs[i]) == 0)
      expected = (SmExpected) i;
  if (out_window_id != NULL)
    *out_window_id = expected == SM_EXPECTED_WINDOW ? id : SM_UNKNOWN;
  return expected;
}

/** sm_word_of_expected: Returns: (transfer full) (nullable): in words; what is not known, as it is */
char *
sm_word_of_expected (const char *suppressed_by)
{
  g_autofree char *number = NULL;
  gint64 id;

  switch (sm_expected_parse (suppressed_by, &id))
    {
    case SM_EXPECTED_WINDOW:
      number = g_strdup_printf ("%" G_GINT64_FORMAT, id);
      /* Translators: %s is its number. */
      return g_strdup_printf (_("Maintenance window %s"), number);
    case SM_EXPECTED_COMMISSIONING:
      return g_strdup (_("The station is not in operation"));
    case SM_EXPECTED_PARENT_SILENT:
      return g_strdup (_("What it speaks through is silent"));
    default:
      return g_strdup (suppressed_by);
    }
}
