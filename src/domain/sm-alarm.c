/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm.h"

#include "sm-fault-code.h"

#include <string.h>

const char *const sm_alarm_events[] = {
  "raise",      "return",      "acknowledge",       "rise", "shelve", "unshelve", "suppress",
  "unsuppress", "take_out",    "approve_out",       "return_to_service",
  "fold",       "unfold",      "release",           NULL,
};

/* --- what happens to the state --- */

#define REFUSED -1

/* ISA-18.2-2016, table 4.  What an alarm of safety does differently is in latch(). */
static int
next_state (SmAlarmState state,
            SmAlarmEvent event)
{
  static const int next[SM_ALARM_NORMAL + 1][SM_ALARM_EVENT_RISE + 1] = {
    /* RAISE, RETURN, ACKNOWLEDGE, RISE */
    [SM_ALARM_UNACKED] = { SM_ALARM_UNACKED, SM_ALARM_RETURNED_UNACKED, SM_ALARM_ACKED,
                           SM_ALARM_UNACKED },
    [SM_ALARM_ACKED] = { SM_ALARM_ACKED, SM_ALARM_NORMAL, SM_ALARM_ACKED, SM_ALARM_UNACKED },
    [SM_ALARM_RETURNED_UNACKED] = { SM_ALARM_UNACKED, SM_ALARM_RETURNED_UNACKED, SM_ALARM_NORMAL,
                                    SM_ALARM_UNACKED },
    [SM_ALARM_LATCHED] = { SM_ALARM_UNACKED, SM_ALARM_LATCHED, SM_ALARM_LATCHED,
                           SM_ALARM_UNACKED },
    [SM_ALARM_NORMAL] = { SM_ALARM_UNACKED, REFUSED, REFUSED, REFUSED },
  };

  return next[state][event];
}

/* A safety code that is over and acknowledged stays until somebody releases it. */
static SmAlarmState
latch (const SmAlarmLife *life,
       SmAlarmState       next)
{
  return life->is_safety && next == SM_ALARM_NORMAL ? SM_ALARM_LATCHED : next;
}

static const char *
change_state (SmAlarmLife  *life,
              SmAlarmEvent  event)
{
  int next = next_state (life->state, event);

  if (next == REFUSED)
    return "alarm-not-open";
  life->state = latch (life, (SmAlarmState) next);
  /* Who put it aside saw less than what it is now. */
  if (event == SM_ALARM_EVENT_RISE)
    life->overlays &= ~(guint) (SM_ALARM_SHELVED | SM_ALARM_FOLDED);
  /* It may have become one of safety by its level. */
  if (life->is_safety)
    life->overlays &= ~(guint) (SM_ALARM_SHELVED | SM_ALARM_SUPPRESSED | SM_ALARM_FOLDED);
  return NULL;
}

/* --- what is laid over it --- */

/* Returns: (nullable): why @overlay cannot be laid over it; which hides it */
static const char *
lay_over (SmAlarmLife *life,
          guint        overlay)
{
  if (life->is_safety)
    return "safety-code";
  if (life->state == SM_ALARM_NORMAL)
    return "alarm-not-open";
  life->overlays |= overlay;
  return NULL;
}

/* What is not there cannot be taken away, which is only said to who is out of date. */
static const char *
take_away (SmAlarmLife *life,
           guint        overlays,
           const char  *refusal)
{
  if ((life->overlays & overlays) == 0)
    return refusal;
  life->overlays &= ~overlays;
  return NULL;
}

static const char *
take_out (SmAlarmLife *life)
{
  if (life->state == SM_ALARM_NORMAL)
    return "alarm-not-open";
  if ((life->overlays & SM_ALARM_OUT_OF_SERVICE) != 0)
    return "already-out-of-service";
  life->overlays |= life->is_safety ? SM_ALARM_OUT_ASKED : SM_ALARM_OUT_OF_SERVICE;
  return NULL;
}

static const char *
approve_out (SmAlarmLife *life)
{
  const char *refusal = take_away (life, SM_ALARM_OUT_ASKED, "nothing-to-approve");

  if (refusal == NULL)
    life->overlays |= SM_ALARM_OUT_OF_SERVICE;
  return refusal;
}

static const char *
release (SmAlarmLife *life)
{
  if (life->state != SM_ALARM_LATCHED)
    return "not-latched";
  life->state = SM_ALARM_NORMAL;
  return NULL;
}

static const char *
happen (SmAlarmLife  *life,
        SmAlarmEvent  event)
{
  switch (event)
    {
    case SM_ALARM_EVENT_SHELVE:
      return lay_over (life, SM_ALARM_SHELVED);
    case SM_ALARM_EVENT_UNSHELVE:
      return take_away (life, SM_ALARM_SHELVED, "not-shelved");
    case SM_ALARM_EVENT_SUPPRESS:
      return lay_over (life, SM_ALARM_SUPPRESSED);
    case SM_ALARM_EVENT_UNSUPPRESS:
      return take_away (life, SM_ALARM_SUPPRESSED, "not-suppressed");
    case SM_ALARM_EVENT_TAKE_OUT:
      return take_out (life);
    case SM_ALARM_EVENT_APPROVE_OUT:
      return approve_out (life);
    case SM_ALARM_EVENT_RETURN_TO_SERVICE:
      return take_away (life, SM_ALARM_OUT_OF_SERVICE | SM_ALARM_OUT_ASKED, "not-out-of-service");
    case SM_ALARM_EVENT_FOLD:
      return lay_over (life, SM_ALARM_FOLDED);
    case SM_ALARM_EVENT_UNFOLD:
      return take_away (life, SM_ALARM_FOLDED, "not-folded");
    case SM_ALARM_EVENT_RELEASE:
      return release (life);
    default:
      return change_state (life, event);
    }
}

/**
 * sm_alarm_next:
 * @out_next: (out): what it is after @event; may be @life
 * @out_refusal: (out) (optional) (nullable): slug of why @event cannot happen to it
 *
 * The life cycle in full.  Who may do what, with which reason and for how long, is
 * not decided here; that nothing hides an alarm of safety is.
 */
gboolean
sm_alarm_next (const SmAlarmLife  *life,
               SmAlarmEvent        event,
               SmAlarmLife        *out_next,
               const char        **out_refusal)
{
  SmAlarmLife next = *life;
  const char *refusal;

  g_return_val_if_fail (life->state <= SM_ALARM_NORMAL && event < SM_ALARM_N_EVENTS, FALSE);

  refusal = happen (&next, event);
  if (out_refusal != NULL)
    *out_refusal = refusal;
  if (refusal != NULL)
    return FALSE;
  *out_next = next;
  return TRUE;
}

/** sm_alarm_rings: Whether that was a new occurrence, which nobody has acknowledged yet. */
gboolean
sm_alarm_rings (SmAlarmState was,
                SmAlarmState is,
                SmAlarmEvent event)
{
  return is == SM_ALARM_UNACKED && (was != SM_ALARM_UNACKED || event == SM_ALARM_EVENT_RISE);
}

/* --- of a row --- */

/** sm_alarm_code_is_safety: Over-temperature and insulation are, once they are of level 1. */
gboolean
sm_alarm_code_is_safety (const char *code,
                         gint64      level)
{
  static const char *const at_worst[] = { "pack-over-temperature", "connector-over-temperature",
                                          "transformer-over-temperature", "insulation-low", NULL };
  const SmFaultCode *known = sm_fault_code_find (code);

  return (known != NULL && known->is_safety)
         || (level == 1 && code != NULL && g_strv_contains (at_worst, code));
}

/**
 * sm_alarm_is_safety:
 *
 * What once was of safety is until it is over; and what our own catalogue says is,
 * whatever the service makes of it.
 */
gboolean
sm_alarm_is_safety (const SmRow *alarm)
{
  return sm_row_get_int (alarm, SM_ALARM_IS_SAFETY) == 1
         || sm_alarm_code_is_safety (sm_row_get_text (alarm, SM_ALARM_CODE),
                                     sm_row_get_int (alarm, SM_ALARM_LEVEL));
}

static gboolean
lasts (const SmRow *alarm,
       guint        until,
       gint64       now)
{
  return !sm_row_is_null (alarm, until) && sm_row_get_int (alarm, until) > now;
}

/**
 * sm_alarm_read_life:
 * @now: network time: what has run out by then lies over it no longer
 *
 * Returns: FALSE when it is in a state that this version does not know
 */
gboolean
sm_alarm_read_life (const SmRow *alarm,
                    gint64       now,
                    SmAlarmLife *out_life)
{
  guint state = sm_row_get_enum (alarm, SM_ALARM_STATE);
  SmAlarmLife life = { .is_safety = sm_alarm_is_safety (alarm) };

  if (state > SM_ALARM_NORMAL)
    return FALSE;
  life.state = (SmAlarmState) state;
  if (lasts (alarm, SM_ALARM_SHELVED_UNTIL, now))
    life.overlays |= SM_ALARM_SHELVED;
  if (!sm_row_is_null (alarm, SM_ALARM_SUPPRESSED_BY))
    life.overlays |= SM_ALARM_SUPPRESSED;
  if (lasts (alarm, SM_ALARM_OUT_OF_SERVICE_UNTIL, now))
    life.overlays |= life.is_safety && sm_row_is_null (alarm, SM_ALARM_OUT_OF_SERVICE_APPROVED_BY)
                         ? SM_ALARM_OUT_ASKED
                         : SM_ALARM_OUT_OF_SERVICE;
  if (!sm_row_is_null (alarm, SM_ALARM_PARENT_ID))
    life.overlays |= SM_ALARM_FOLDED;
  *out_life = life;
  return TRUE;
}

/**
 * sm_alarm_is_hidden:
 *
 * Whether it is counted and listed apart: put aside, expected, worked on, or a part
 * of another.  An alarm of safety never is, whatever its row says.
 */
gboolean
sm_alarm_is_hidden (const SmRow *alarm,
                    gint64       now)
{
  SmAlarmLife life;

  /* Nearly none has anything over it, and lists ask for each of thousands. */
  if (sm_row_is_null (alarm, SM_ALARM_SHELVED_UNTIL)
      && sm_row_is_null (alarm, SM_ALARM_SUPPRESSED_BY)
      && sm_row_is_null (alarm, SM_ALARM_OUT_OF_SERVICE_UNTIL)
      && sm_row_is_null (alarm, SM_ALARM_PARENT_ID))
    return FALSE;
  return sm_alarm_read_life (alarm, now, &life) && !life.is_safety
         && (life.overlays & ~(guint) SM_ALARM_OUT_ASKED) != 0;
}
