/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-scan-label.h"

G_BEGIN_DECLS

void       sm_ops_load_labels_async  (SmOps                *self,
                                      gint64                station_id,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GPtrArray *sm_ops_load_labels_finish (SmOps                *self,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
