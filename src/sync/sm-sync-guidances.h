/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-sync.h"
#include "sm-truck-offer.h"

G_BEGIN_DECLS

/* Trucks that come to a station which does not serve. */
void    sm_sync_ask_trucks_async  (SmSync              *self,
                                   gint64               station_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
GArray *sm_sync_ask_trucks_finish (GAsyncResult        *result,
                                   GError             **error);

G_END_DECLS
