/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-outbox.h"
#include "sm-work-order-candidate.h"
#include "sm-work-order-deed.h"
#include "sm-work-order-line.h"
#include "sm-work-order-photo.h"
#include "sm-work-order-proposal.h"
#include "sm-work-order-snapshot.h"
#include "sm-work-order-wish.h"

G_BEGIN_DECLS

/** SmPhotoWaiting: a photo that was added here, and that the service has not told of yet. */
typedef struct
{
  char *path; /* of the copy that is sent */
  char *name; /* as the file was called */
  gint64 at;  /* network time */
  SmActState state;
  char *problem; /* (nullable): slug of the last trouble */
} SmPhotoWaiting;

/* Work orders.  What is done to one waits in the outbox when the service cannot be reached. */

GListModel *sm_ops_get_work_orders     (SmOps                 *self);
SmItem     *sm_ops_find_work_order     (SmOps                 *self,
                                        const char            *number);
GPtrArray  *sm_ops_search_work_orders  (SmOps                 *self,
                                        const char            *text,
                                        const char            *language,
                                        guint                  limit);
SmItem     *sm_ops_find_work_order_of  (SmOps                 *self,
                                        const SmRow           *alarm);
gboolean    sm_work_order_next_clock   (const SmRow           *order,
                                        gint64                 now,
                                        SmWorkOrderClock      *out_clock,
                                        SmWorkOrderReading    *out_reading);

const char *sm_ops_open_work_order_refusal (SmOps             *self);
const char *sm_ops_work_order_needs    (SmWorkOrderEvent       event);
const char *sm_ops_work_order_refusal  (SmOps                 *self,
                                        SmWorkOrderEvent       event,
                                        const SmRow           *order);
void        sm_ops_do_work_order_async (SmOps                 *self,
                                        SmItem                *order,
                                        const SmWorkOrderDeed *deed,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data);
void        sm_ops_open_work_order_async (SmOps               *self,
                                          const SmWorkOrderWish *wish,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
SmRow      *sm_ops_open_work_order_finish (SmOps              *self,
                                           GAsyncResult       *result,
                                           GError            **error);
void        sm_ops_load_work_order_async (SmOps               *self,
                                          gint64               order_id,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
GPtrArray  *sm_ops_load_work_order_finish (SmOps              *self,
                                           GAsyncResult       *result,
                                           GError            **error);
void        sm_ops_load_candidates_async (SmOps               *self,
                                          gint64               order_id,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
GPtrArray  *sm_ops_load_candidates_finish (SmOps              *self,
                                           GAsyncResult       *result,
                                           GError            **error);
void        sm_ops_load_assignment_async (SmOps               *self,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
GPtrArray  *sm_ops_load_assignment_finish (SmOps              *self,
                                           GAsyncResult       *result,
                                           GError            **error);
void        sm_ops_list_photos_async   (SmOps                 *self,
                                        gint64                 order_id,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data);
GPtrArray  *sm_ops_list_photos_finish  (SmOps                 *self,
                                        GAsyncResult          *result,
                                        GError               **error);
void        sm_ops_load_photo_async    (SmOps                 *self,
                                        gint64                 order_id,
                                        const char            *sha256,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data);
char       *sm_ops_load_photo_finish   (SmOps                 *self,
                                        GAsyncResult          *result,
                                        GError               **error);
const char *sm_ops_add_photo_refusal   (SmOps                 *self,
                                        const SmRow           *order);
GPtrArray  *sm_ops_list_waiting_photos (SmOps                 *self,
                                        gint64                 order_id);
void        sm_ops_add_photo_async     (SmOps                 *self,
                                        const SmRow           *order,
                                        const char            *file,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data);
gboolean    sm_ops_add_photo_finish    (SmOps                 *self,
                                        GAsyncResult          *result,
                                        GError               **error);
SmWorkOrderSnapshot *sm_ops_read_snapshot (const SmRow        *order);
gboolean    sm_ops_do_work_order_finish (SmOps                *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
