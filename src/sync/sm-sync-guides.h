/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fault-guide.h"
#include "sm-sync.h"

G_BEGIN_DECLS

/* What is to be done about faults and what is done about one, asked of the service
 * and told it; each ends with sm_sync_guides_finish(). */

void       sm_sync_ask_guides_async   (SmSync              *self,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
void       sm_sync_change_guide_async (SmSync              *self,
                                       const SmFaultGuide  *wanted,
                                       guint                parts,
                                       gint64               rev,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
void       sm_sync_ask_todo_async     (SmSync              *self,
                                       gint64               alarm_id,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
void       sm_sync_tick_step_async    (SmSync              *self,
                                       gint64               alarm_id,
                                       const char          *step,
                                       gboolean             is_done,
                                       const char          *note,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
void       sm_sync_command_async      (SmSync              *self,
                                       const SmRow         *command,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gpointer   sm_sync_guides_finish      (GAsyncResult        *result,
                                       GError             **error);

G_END_DECLS
