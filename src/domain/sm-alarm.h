/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/* The life cycle of an alarm, ISA-18.2-2016 (IEC 62682): states B, C, D and A, and
 * the latch that an alarm of safety goes through before A. */
typedef enum
{
  SM_ALARM_UNACKED,
  SM_ALARM_ACKED,
  SM_ALARM_RETURNED_UNACKED,
  SM_ALARM_LATCHED, /* over and acknowledged, but a second person has to release it */
  SM_ALARM_NORMAL,
} SmAlarmState;

/* E, F and G of the standard are laid over the state, which goes on beneath and shows
 * again; and so is the parent that an alarm is a part of. */
typedef enum
{
  SM_ALARM_SHELVED = 1 << 0,        /* a person has put it aside, until a stored time */
  SM_ALARM_SUPPRESSED = 1 << 1,     /* a rule or a window expects it */
  SM_ALARM_OUT_OF_SERVICE = 1 << 2, /* what it is of is worked on, until a stored time */
  SM_ALARM_OUT_ASKED = 1 << 3,      /* the same, but a second person has yet to agree */
  SM_ALARM_FOLDED = 1 << 4,         /* its parent stands for it */
} SmAlarmOverlay;

#define SM_ALARM_ALL_OVERLAYS 31

typedef enum
{
  SM_ALARM_EVENT_RAISE,       /* the condition is there (again) */
  SM_ALARM_EVENT_RETURN,      /* the condition is gone */
  SM_ALARM_EVENT_ACKNOWLEDGE, /* a person has seen it */
  SM_ALARM_EVENT_RISE,        /* its level got worse: it re-alarms */
  SM_ALARM_EVENT_SHELVE,
  SM_ALARM_EVENT_UNSHELVE, /* by a person, or because its time is up */
  SM_ALARM_EVENT_SUPPRESS,
  SM_ALARM_EVENT_UNSUPPRESS,
  SM_ALARM_EVENT_TAKE_OUT,
  SM_ALARM_EVENT_APPROVE_OUT,
  SM_ALARM_EVENT_RETURN_TO_SERVICE,
  SM_ALARM_EVENT_FOLD,
  SM_ALARM_EVENT_UNFOLD,
  SM_ALARM_EVENT_RELEASE,
  SM_ALARM_N_EVENTS
} SmAlarmEvent;

extern const char *const sm_alarm_events[]; /* slugs, as in alarm_transition */

typedef struct
{
  SmAlarmState state;
  guint overlays; /* SmAlarmOverlay */
  gboolean is_safety;
} SmAlarmLife;

gboolean sm_alarm_next           (const SmAlarmLife *life,
                                  SmAlarmEvent       event,
                                  SmAlarmLife       *out_next,
                                  const char       **out_refusal);
gboolean sm_alarm_rings          (SmAlarmState       was,
                                  SmAlarmState       is,
                                  SmAlarmEvent       event);

gboolean sm_alarm_code_is_safety (const char        *code,
                                  gint64             level);

/* Of a row. */
gboolean sm_alarm_is_safety      (const SmRow       *alarm);
gboolean sm_alarm_read_life      (const SmRow       *alarm,
                                  gint64             now,
                                  SmAlarmLife       *out_life);
gboolean sm_alarm_is_hidden      (const SmRow       *alarm,
                                  gint64             now);

G_END_DECLS
