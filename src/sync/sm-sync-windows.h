/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-sync.h"

G_BEGIN_DECLS

void   sm_sync_plan_window_async (SmSync              *self,
                                  const SmRow         *plan,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
void   sm_sync_do_window_async   (SmSync              *self,
                                  gint64               window_id,
                                  const char          *verb,
                                  gint64               ends_at,
                                  const char          *reason,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
SmRow *sm_sync_window_finish     (GAsyncResult        *result,
                                  GError             **error);

G_END_DECLS
