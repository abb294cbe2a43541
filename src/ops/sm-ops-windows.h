/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-window.h"

G_BEGIN_DECLS

/* Maintenance windows.  What a person does to one needs the service, and never waits. */

GListModel *sm_ops_get_windows       (SmOps               *self);
void        sm_ops_plan_window_async (SmOps               *self,
                                      const SmRow         *plan,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
void        sm_ops_do_window_async   (SmOps               *self,
                                      gint64               window_id,
                                      SmWindowEvent        event,
                                      gint64               ends_at,
                                      const char          *reason,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
SmRow      *sm_ops_window_finish     (SmOps               *self,
                                      GAsyncResult        *result,
                                      GError             **error);
const char *sm_ops_window_refusal    (SmOps               *self,
                                      SmWindowEvent        event,
                                      const SmRow         *window);

G_END_DECLS
