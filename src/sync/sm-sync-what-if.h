/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sync.h"
#include "sm-what-if-sums.h"

G_BEGIN_DECLS

void          sm_sync_ask_what_if_async  (SmSync               *self,
                                          gint64                limit_id,
                                          double                value,
                                          gint64                from,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
SmWhatIfSums *sm_sync_ask_what_if_finish (GAsyncResult         *result,
                                          GError              **error);

void          sm_sync_change_limit_async (SmSync               *self,
                                          const SmRow          *seen,
                                          const SmRow          *wanted,
                                          const char           *reason,
                                          const char           *risk,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
SmRow        *sm_sync_change_limit_finish (GAsyncResult        *result,
                                           GError             **error);

G_END_DECLS
