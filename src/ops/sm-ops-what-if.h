/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-what-if-sums.h"

G_BEGIN_DECLS

void          sm_ops_load_what_if_async  (SmOps                *self,
                                          gint64                limit_id,
                                          double                value,
                                          gint64                from,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
SmWhatIfSums *sm_ops_load_what_if_finish (SmOps                *self,
                                          GAsyncResult         *result,
                                          GError              **error);

void          sm_ops_change_limit_async  (SmOps                *self,
                                          const SmRow          *seen,
                                          const SmRow          *wanted,
                                          const char           *reason,
                                          const char           *risk,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
SmRow        *sm_ops_change_limit_finish (SmOps                *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
