/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-command.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/** SmAlarmChoice: A command that something around an alarm takes. */
typedef struct
{
  SmRow *target;            /* with its live fields */
  GPtrArray *connectors;    /* (nullable): of SmRow, of the pile that is the target */
  char *name;               /* what the target is called */
  guint kind;               /* SmCommandKind */
  const char *availability; /* (nullable) (static): of sm_availabilities */
} SmAlarmChoice;

GPtrArray  *sm_alarm_choices_new   (const SmRow         *alarm,
                                    const SmStationView *view,
                                    guint                wanted);
GPtrArray  *sm_alarm_choices_near  (SmOps               *ops,
                                    const SmStationView *view);
char       *sm_alarm_choice_words  (const SmAlarmChoice *self);
char       *sm_alarm_choice_refusal (const SmAlarmChoice *self,
                                    SmOps               *ops,
                                    const SmStationView *view,
                                    const GPtrArray     *near,
                                    GPtrArray           *commands);

G_END_DECLS
