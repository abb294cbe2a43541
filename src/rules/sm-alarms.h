/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm.h"
#include "sm-call.h"
#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* What a person saw of an alarm, and has to say of it. */
typedef struct
{
  gint64 level;
  gint64 count;
  gint64 occurrence; /* SM_UNKNOWN: was not said */
  const char *note;  /* (nullable) */
} SmAlarmSeen;

/* In the writer's thread. */
SmRow    *sm_alarms_acknowledge (SmRules            *rules,
                                 SmActor            *actor,
                                 const char         *idempotency_key,
                                 gint64              alarm_id,
                                 const SmAlarmSeen  *seen,
                                 SmRow             **out_current,
                                 GError            **error);

/** SmAlarmToAck: one of many that a person acknowledges at once. */
typedef struct
{
  gint64 id;
  SmAlarmSeen seen;
} SmAlarmToAck;

/** SmAlarmAnswer: what became of it: the alarm, or why not. */
typedef struct
{
  SmRow *alarm;
  GError *problem;
} SmAlarmAnswer;

void      sm_alarm_answer_clear (SmAlarmAnswer *answer);
gboolean  sm_alarms_acknowledge_many
                                (SmRules            *rules,
                                 SmActor            *actor,
                                 const char         *idempotency_key,
                                 const SmAlarmToAck *alarms,
                                 guint               n_alarms,
                                 SmAlarmAnswer      *answers,
                                 GError            **error);
SmRow    *sm_alarms_act         (SmRules            *rules,
                                 SmActor            *actor,
                                 const char         *idempotency_key,
                                 gint64              alarm_id,
                                 SmAlarmEvent        event,
                                 gint64              minutes,
                                 const char         *reason,
                                 SmRow             **out_current,
                                 GError            **error);

SmRow    *sm_alarms_call        (SmRules            *rules,
                                 SmActor            *actor,
                                 const char         *idempotency_key,
                                 gint64              alarm_id,
                                 const SmCall       *call,
                                 GError            **error);

/* In a reader's thread. */
GPtrArray *sm_alarms_calls      (SmReader           *reader,
                                 SmActor            *actor,
                                 gint64              alarm_id,
                                 GError            **error);
GPtrArray *sm_alarms_transitions (SmReader          *reader,
                                 SmActor            *actor,
                                 gint64              alarm_id,
                                 GError            **error);

G_END_DECLS
