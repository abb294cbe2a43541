/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-alarm-targets.h"

G_BEGIN_DECLS

typedef void (*SmAlarmCommandFunc) (const SmAlarmChoice *choice,
                                    const char          *reason,
                                    gint64               alarm_id,
                                    gpointer             user_data);

GtkWidget *sm_alarm_command_ask      (GtkWidget          *owner,
                                      const SmRow        *alarm,
                                      GPtrArray          *choices,
                                      GPtrArray          *refusals,
                                      SmAlarmCommandFunc  func);

G_END_DECLS
