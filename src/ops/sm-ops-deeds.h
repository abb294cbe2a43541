/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/* What is done about an alarm besides the alarm itself. */

void       sm_ops_set_apart_async  (SmOps               *self,
                                    gint64               battery_id,
                                    gboolean             is_apart,
                                    const char          *reason,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
SmRow     *sm_ops_set_apart_finish (SmOps               *self,
                                    GAsyncResult        *result,
                                    GError             **error);

G_END_DECLS
