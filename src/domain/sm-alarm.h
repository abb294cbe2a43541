/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The life cycle of an alarm, ISA-18.2-2016 (IEC 62682): states B, C, D and A. */
typedef enum
{
  SM_ALARM_UNACKED,
  SM_ALARM_ACKED,
  SM_ALARM_RETURNED_UNACKED,
  SM_ALARM_NORMAL,
} SmAlarmState;

typedef enum
{
  SM_ALARM_EVENT_RAISE,       /* the condition is there (again) */
  SM_ALARM_EVENT_RETURN,      /* the condition is gone */
  SM_ALARM_EVENT_ACKNOWLEDGE, /* a person has seen it */
  SM_ALARM_EVENT_RISE,        /* its level got worse: it re-alarms */
} SmAlarmEvent;

gboolean sm_alarm_next (SmAlarmState  state,
                        SmAlarmEvent  event,
                        SmAlarmState *out_next);

G_END_DECLS
