/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-past.h"
#include "sm-sync-ask.h"

G_BEGIN_DECLS

void    sm_sync_ask_past_async  (SmSync               *self,
                                 const SmNoun         *noun,
                                 gint64                id,
                                 gint64                from,
                                 gint64                to,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
SmPast *sm_sync_ask_past_finish (GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
