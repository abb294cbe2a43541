/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-work-limits.h"

G_BEGIN_DECLS

void          sm_ops_work_limits_async  (SmOps                *self,
                                         const SmWorkLimits   *changes,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
SmWorkLimits *sm_ops_work_limits_finish (SmOps                *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
