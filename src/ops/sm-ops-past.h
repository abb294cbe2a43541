/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-past.h"

G_BEGIN_DECLS

void    sm_ops_load_past_async  (SmOps                *self,
                                 SmNounId              noun,
                                 gint64                id,
                                 gint64                from,
                                 gint64                to,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
SmPast *sm_ops_load_past_finish (SmOps                *self,
                                 GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
