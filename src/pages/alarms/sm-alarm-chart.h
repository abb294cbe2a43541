/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *sm_alarm_chart_new  (void);
gboolean   sm_alarm_chart_show (GtkWidget         *chart,
                                SmOps             *ops,
                                const SmRow       *alarm,
                                const SmTelemetry *series);

G_END_DECLS
