/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-time.h"
#include "sm-work-order-table.h"
#include "sm-work-orders.h"

G_BEGIN_DECLS

/* Photos of work orders, in a reader's thread: the bytes never wait in the writer's.  That one
 * is of an order is an act like others: sm_work_orders_act(). */
gboolean   sm_work_photos_keep (SmReader     *reader,
                                SmActor      *actor,
                                gint64        work_order_id,
                                GBytes       *bytes,
                                SmWorkPhoto  *out_photo,
                                GError      **error);
GPtrArray *sm_work_photos_list (SmReader     *reader,
                                SmActor      *actor,
                                gint64        work_order_id,
                                GError      **error);
GBytes    *sm_work_photos_load (SmReader     *reader,
                                SmActor      *actor,
                                gint64        work_order_id,
                                const char   *sha256,
                                const char  **out_type,
                                GError      **error);

/* Files that no order speaks of are taken away when they are so old. */
#define SM_WORK_PHOTOS_ORPHAN_US SM_HOUR
#define SM_WORK_PHOTOS_SPARED_US (30 * SM_DAY)
guint      sm_work_photos_sweep (SmReader     *reader,
                                 gint64        now_us,
                                 GCancellable *cancellable);
void       sm_work_photos_sweep_async (SmRules *rules);

G_END_DECLS
