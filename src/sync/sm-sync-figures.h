/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-figures.h"
#include "sm-sync.h"
#include "sm-work-figures.h"

G_BEGIN_DECLS

/* What the service reckons of its alarms, and what that is held against. */

void            sm_sync_ask_figures_async    (SmSync                *self,
                                              gint64                 area_id,
                                              gint64                 from,
                                              gint64                 to,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
SmAlarmFigures *sm_sync_ask_figures_finish   (GAsyncResult          *result,
                                              GError               **error);
void            sm_sync_change_targets_async (SmSync                *self,
                                              gint64                 rev,
                                              const SmAlarmTargets  *changes,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
gboolean        sm_sync_change_targets_finish (GAsyncResult         *result,
                                              GError               **error);

void            sm_sync_ask_work_figures_async  (SmSync               *self,
                                                 gint64                from,
                                                 gint64                to,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
SmWorkFigures  *sm_sync_ask_work_figures_finish (GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
