/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-work-figures.h"

G_BEGIN_DECLS

void           sm_ops_load_work_figures_async  (SmOps                *self,
                                                gint64                from,
                                                gint64                to,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
SmWorkFigures *sm_ops_load_work_figures_finish (SmOps                *self,
                                                GAsyncResult         *result,
                                                gboolean             *out_is_kept,
                                                GError              **error);

G_END_DECLS
