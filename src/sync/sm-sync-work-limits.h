/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sync.h"
#include "sm-work-limits.h"

G_BEGIN_DECLS

void          sm_sync_work_limits_async  (SmSync               *self,
                                          const SmWorkLimits   *changes,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
SmWorkLimits *sm_sync_work_limits_finish (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
