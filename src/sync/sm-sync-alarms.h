/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-sync-ask.h"

G_BEGIN_DECLS

void       sm_sync_do_alarm_async   (SmSync              *self,
                                     gint64               alarm_id,
                                     const char          *verb,
                                     guint                minutes,
                                     const char          *reason,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
SmRow     *sm_sync_do_alarm_finish  (GAsyncResult        *result,
                                     GError             **error);
void       sm_sync_ask_transitions_async  (SmSync              *self,
                                     gint64               alarm_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GPtrArray *sm_sync_ask_transitions_finish (GAsyncResult        *result,
                                     GError             **error);

G_END_DECLS
