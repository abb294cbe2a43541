/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/* A pack's record with its newest live values: the feed has these seldom. */

void   sm_load_pack_async  (SmOps               *ops,
                            gint64               id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
SmRow *sm_load_pack_finish (GAsyncResult        *result,
                            GError             **error);

G_END_DECLS
