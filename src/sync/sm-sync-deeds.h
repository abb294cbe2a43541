/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-sync-ask.h"

G_BEGIN_DECLS

void   sm_sync_set_apart_async  (SmSync              *self,
                                 gint64               battery_id,
                                 gboolean             is_apart,
                                 const char          *reason,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
SmRow *sm_sync_set_apart_finish (GAsyncResult        *result,
                                 GError             **error);

G_END_DECLS
