/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fault-guide.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/* What is to be done about faults.  The catalogue is there without a service too, as
 * it was read last; steps and commands are the service's alone, and never wait. */

const SmFaultGuide *sm_ops_get_fault_code (SmOps       *self,
                                           const char  *code);
void       sm_ops_load_fault_codes_async  (SmOps               *self,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean   sm_ops_load_fault_codes_finish (SmOps               *self,
                                           GAsyncResult        *result,
                                           GError             **error);
guint      sm_ops_get_fault_codes_turn    (SmOps               *self);
void       sm_ops_change_fault_code_async (SmOps               *self,
                                           const SmFaultGuide  *seen,
                                           const SmFaultGuide  *wanted,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean   sm_ops_change_fault_code_finish (SmOps              *self,
                                           GAsyncResult        *result,
                                           GError             **error);

void       sm_ops_load_steps_async        (SmOps               *self,
                                           gint64               alarm_id,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
GPtrArray *sm_ops_load_steps_finish       (SmOps               *self,
                                           GAsyncResult        *result,
                                           GError             **error);
void       sm_ops_tick_step_async         (SmOps               *self,
                                           gint64               alarm_id,
                                           const char          *step,
                                           gboolean             is_done,
                                           const char          *note,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
GPtrArray *sm_ops_tick_step_finish        (SmOps               *self,
                                           GAsyncResult        *result,
                                           GError             **error);

void       sm_ops_command_async           (SmOps               *self,
                                           const SmRow         *command,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
SmRow     *sm_ops_command_finish          (SmOps               *self,
                                           GAsyncResult        *result,
                                           GError             **error);
void       sm_ops_load_commands_async     (SmOps               *self,
                                           const SmNoun        *noun,
                                           gint64               id,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
GPtrArray *sm_ops_load_commands_finish    (SmOps               *self,
                                           GAsyncResult        *result,
                                           GError             **error);

G_END_DECLS
