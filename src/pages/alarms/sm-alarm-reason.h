/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*SmAlarmReasonFunc) (GtkWidget  *owner,
                                   const char *reason);

GtkWidget *sm_alarm_reason_ask  (GtkWidget         *owner,
                                 const char        *heading,
                                 const char        *body,
                                 const char        *verb,
                                 SmAlarmReasonFunc  func);
void       sm_alarm_complain    (GtkWidget         *owner,
                                 const GError      *error);

G_END_DECLS
