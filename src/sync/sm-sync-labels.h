/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-scan-label.h"
#include "sm-sync.h"

G_BEGIN_DECLS

void       sm_sync_ask_labels_async  (SmSync               *self,
                                      gint64                station_id,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GPtrArray *sm_sync_ask_labels_finish (GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
