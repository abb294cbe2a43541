/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-outbox.h"
#include "sm-truck-offer.h"

G_BEGIN_DECLS

/* Trucks that come to a station which does not serve, and what they are told. */
const char *sm_ops_guide_refusal         (SmOps               *self);
void        sm_ops_load_trucks_async     (SmOps               *self,
                                          gint64               station_id,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
GArray     *sm_ops_load_trucks_finish    (SmOps               *self,
                                          GAsyncResult        *result,
                                          GError             **error);
void        sm_ops_load_guidances_async  (SmOps               *self,
                                          gint64               station_id,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
GPtrArray  *sm_ops_load_guidances_finish (SmOps               *self,
                                          GAsyncResult        *result,
                                          GError             **error);
void        sm_ops_guide_async           (SmOps               *self,
                                          const SmTruckWish   *wish,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean    sm_ops_guide_finish          (SmOps               *self,
                                          GAsyncResult        *result,
                                          GError             **error);
gboolean    sm_ops_guide_find_act        (SmOps               *self,
                                          gint64               guidance_id,
                                          gint64               vehicle_id,
                                          SmActState          *out_state,
                                          const char         **out_problem);

G_END_DECLS
