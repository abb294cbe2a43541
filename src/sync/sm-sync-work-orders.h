/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-sync.h"
#include "sm-work-order-candidate.h"
#include "sm-work-order-line.h"
#include "sm-work-order-photo.h"
#include "sm-work-order-proposal.h"
#include "sm-work-order-snapshot.h"
#include "sm-work-order-wish.h"

G_BEGIN_DECLS

/* What only the service can say of work orders, or make: it never waits. */

void       sm_sync_open_work_order_async    (SmSync               *self,
                                             const SmWorkOrderWish *wish,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
SmRow     *sm_sync_open_work_order_finish   (GAsyncResult         *result,
                                             GError              **error);
void       sm_sync_ask_work_order_async     (SmSync               *self,
                                             gint64                order_id,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GPtrArray *sm_sync_ask_work_order_finish    (GAsyncResult         *result,
                                             GError              **error);
void       sm_sync_ask_candidates_async     (SmSync               *self,
                                             gint64                order_id,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GPtrArray *sm_sync_ask_candidates_finish    (GAsyncResult         *result,
                                             GError              **error);
void       sm_sync_ask_assignment_async     (SmSync               *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GPtrArray *sm_sync_ask_assignment_finish    (GAsyncResult         *result,
                                             GError              **error);
void       sm_sync_list_photos_async        (SmSync               *self,
                                             gint64                order_id,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GPtrArray *sm_sync_list_photos_finish       (GAsyncResult         *result,
                                             GError              **error);
void       sm_sync_load_photo_async         (SmSync               *self,
                                             gint64                order_id,
                                             const char           *sha256,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
char      *sm_sync_load_photo_finish        (GAsyncResult         *result,
                                             GError              **error);

SmWorkOrderSnapshot *sm_work_order_snapshot_read (const char      *text);

G_END_DECLS
