/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/** SmAlarmAct: what a person may do about alarms. */
typedef enum
{
  SM_ALARM_ACT_ACKNOWLEDGE,
  SM_ALARM_ACT_NOTE,
  SM_ALARM_ACT_SHELVE,
  SM_ALARM_ACT_UNSHELVE,
  SM_ALARM_ACT_TAKE_OUT,
  SM_ALARM_ACT_APPROVE_OUT,
  SM_ALARM_ACT_RETURN,
  SM_ALARM_ACT_RELEASE,
  SM_N_ALARM_ACTS
} SmAlarmAct;

/* Returns: (nullable): why it cannot be done to @items (of SmItem) now, in words; NULL: it can */
const char *sm_alarm_act_refusal (SmOps             *ops,
                                  SmAlarmAct         act,
                                  GPtrArray         *items);
gboolean    sm_alarm_act_applies (SmOps             *ops,
                                  SmAlarmAct         act,
                                  GPtrArray         *items);
const char *sm_alarm_act_title   (SmAlarmAct         act);
const char *sm_alarm_act_action  (SmAlarmAct         act);
const char *sm_alarm_act_key     (SmAlarmAct         act);
GtkWidget  *sm_alarm_act_ask     (GtkWidget         *parent,
                                  SmOps             *ops,
                                  SmAlarmAct         act,
                                  GPtrArray         *items);
void        sm_alarm_act_acknowledge (GtkWidget     *parent,
                                      SmOps         *ops,
                                      GPtrArray     *items,
                                      const char    *note);

G_END_DECLS
