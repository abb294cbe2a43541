/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

G_END_DECLS
