/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-reachable.h"
#include "sm-series.h"
#include "sm-sync.h"

G_BEGIN_DECLS

/* What pages ask of the service itself, because no cache could hold it. */

/** SmSyncPage: a page of a history. */
typedef struct
{
  GPtrArray *rows; /* of SmRow */
  char *next;      /* (nullable): what to ask for the next one; NULL: this is the last */
} SmSyncPage;

void             sm_sync_page_free            (SmSyncPage           *self);

void             sm_sync_ask_page_async       (SmSync               *self,
                                               const SmNoun         *noun,
                                               const char           *query,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
SmSyncPage      *sm_sync_ask_page_finish      (GAsyncResult         *result,
                                               GError              **error);
void             sm_sync_ask_live_async       (SmSync               *self,
                                               const SmNoun         *noun,
                                               gint64                id,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
SmRow           *sm_sync_ask_live_finish      (GAsyncResult         *result,
                                               GError              **error);
void             sm_sync_ask_series_async     (SmSync               *self,
                                               const SmNoun         *noun,
                                               gint64                id,
                                               gint64                from,
                                               gint64                to,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
SmSeries        *sm_sync_ask_series_finish    (GAsyncResult         *result,
                                               GError              **error);
void             sm_sync_ask_station_day_async (SmSync              *self,
                                               gint64                station_id,
                                               int                   business_day,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
SmStationDay    *sm_sync_ask_station_day_finish (GAsyncResult       *result,
                                               GError              **error);
void             sm_sync_ask_reach_async      (SmSync               *self,
                                               gint64                vehicle_id,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GArray          *sm_sync_ask_reach_finish     (GAsyncResult         *result,
                                               GError              **error);
void             sm_sync_ask_diagnosis_async  (SmSync               *self,
                                               gint64                alarm_id,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GPtrArray       *sm_sync_ask_diagnosis_finish (GAsyncResult         *result,
                                               GError              **error);
SmStationDay    *sm_sync_read_station_day     (SmConnection         *connection,
                                               gint64                station_id,
                                               int                   business_day,
                                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSyncPage, sm_sync_page_free)

G_END_DECLS
