/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-figures.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/* How many alarms people are given: the service reckons it, no cache has it. */

void            sm_ops_load_alarm_figures_async    (SmOps                 *self,
                                                    gint64                 area_id,
                                                    gint64                 from,
                                                    gint64                 to,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
SmAlarmFigures *sm_ops_load_alarm_figures_finish   (SmOps                 *self,
                                                    GAsyncResult          *result,
                                                    GError               **error);
void            sm_ops_change_alarm_targets_async  (SmOps                 *self,
                                                    gint64                 rev,
                                                    const SmAlarmTargets  *changes,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
gboolean        sm_ops_change_alarm_targets_finish (SmOps                 *self,
                                                    GAsyncResult          *result,
                                                    GError               **error);

G_END_DECLS
