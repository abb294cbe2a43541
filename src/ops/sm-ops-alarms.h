/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-transition.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/* What persons do to alarms besides acknowledging one.  All but acknowledging go to
 * the service at once, and not at all without it: whoever puts an alarm aside has to
 * know that it is. */

void       sm_ops_shelve_async            (SmOps               *self,
                                           gint64               alarm_id,
                                           guint                minutes,
                                           const char          *reason,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
void       sm_ops_unshelve_async          (SmOps               *self,
                                           gint64               alarm_id,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
void       sm_ops_take_out_async          (SmOps               *self,
                                           gint64               alarm_id,
                                           guint                minutes,
                                           const char          *reason,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
void       sm_ops_approve_out_async       (SmOps               *self,
                                           gint64               alarm_id,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
void       sm_ops_return_to_service_async (SmOps               *self,
                                           gint64               alarm_id,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
void       sm_ops_release_async           (SmOps               *self,
                                           gint64               alarm_id,
                                           const char          *reason,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean   sm_ops_alarm_act_finish        (SmOps               *self,
                                           GAsyncResult        *result,
                                           GError             **error);

void       sm_ops_acknowledge_many_async  (SmOps               *self,
                                           const gint64        *alarm_ids,
                                           guint                n_alarms,
                                           const char          *note,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
int        sm_ops_acknowledge_many_finish (SmOps               *self,
                                           GAsyncResult        *result,
                                           GError             **error);

void       sm_ops_load_transitions_async        (SmOps               *self,
                                           gint64               alarm_id,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
GPtrArray *sm_ops_load_transitions_finish       (SmOps               *self,
                                           GAsyncResult        *result,
                                           GError             **error);

G_END_DECLS
