/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm.h"

/**
 * sm_alarm_next:
 * @out_next: (out): the state after @event
 *
 * The transitions of ISA-18.2-2016, table 4, that need no overlay.
 *
 * Returns: FALSE when @event cannot happen in @state: a normal alarm has
 *   nothing to return from or to acknowledge
 */
gboolean
sm_alarm_next (SmAlarmState  state,
               SmAlarmEvent  event,
               SmAlarmState *out_next)
{
  static const int next[4][4] = {
    /*                              RAISE                RETURN                      ACKNOWLEDGE      RISE */
    [SM_ALARM_UNACKED] =          { SM_ALARM_UNACKED, SM_ALARM_RETURNED_UNACKED, SM_ALARM_ACKED,  SM_ALARM_UNACKED },
    [SM_ALARM_ACKED] =            { SM_ALARM_ACKED,   SM_ALARM_NORMAL,           SM_ALARM_ACKED,  SM_ALARM_UNACKED },
    [SM_ALARM_RETURNED_UNACKED] = { SM_ALARM_UNACKED, SM_ALARM_RETURNED_UNACKED, SM_ALARM_NORMAL, -1 },
    [SM_ALARM_NORMAL] =           { SM_ALARM_UNACKED, -1,                        -1,              -1 },
  };

  g_return_val_if_fail (state <= SM_ALARM_NORMAL && event <= SM_ALARM_EVENT_RISE, FALSE);

  if (next[state][event] < 0)
    return FALSE;
  *out_next = (SmAlarmState) next[state][event];
  return TRUE;
}
