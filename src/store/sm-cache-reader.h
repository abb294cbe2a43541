/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-fleet.h"
#include "sm-row.h"
#include "sm-statement.h"

G_BEGIN_DECLS

/* What is read from the cache, through a connection of the reader's own. */

#define SM_CACHE_FIND_LIMIT 20

/** SmCacheScanFunc: Takes one thing; @statement stands on its row. */
typedef void (*SmCacheScanFunc) (SmStatement *statement,
                                 gpointer     user_data);

gboolean        sm_cache_read_begin       (SmConnection  *connection,
                                           GError       **error);
void            sm_cache_read_end         (SmConnection  *connection);

gboolean        sm_cache_check            (SmConnection  *connection,
                                           GError       **error);
GPtrArray      *sm_cache_read_all         (SmConnection  *connection,
                                           const SmNoun  *noun,
                                           GError       **error);
GPtrArray      *sm_cache_read_open_work_orders (SmConnection *connection,
                                           GError       **error);
GPtrArray      *sm_cache_read_work_orders_since (SmConnection *connection,
                                           gint64         from,
                                           GError       **error);
GPtrArray      *sm_cache_read_open_alarms (SmConnection  *connection,
                                           GError       **error);
GPtrArray      *sm_cache_read_of_station  (SmConnection  *connection,
                                           const SmNoun  *noun,
                                           gint64         station_id,
                                           GError       **error);
GPtrArray      *sm_cache_read_packs_of_station (SmConnection *connection,
                                           gint64         station_id,
                                           GError       **error);
GPtrArray      *sm_cache_read_sister_packs (SmConnection *connection,
                                           gint64         battery_id,
                                           GError       **error);
GPtrArray      *sm_cache_read_alarms_of_desk (SmConnection *connection,
                                           gint64         desk_id,
                                           gint64         from,
                                           gint64         to,
                                           GError       **error);
GPtrArray      *sm_cache_read_guidances   (SmConnection  *connection,
                                           gint64         station_id,
                                           GError       **error);
GPtrArray      *sm_cache_read_commands    (SmConnection  *connection,
                                           const SmNoun  *noun,
                                           gint64         id,
                                           GError       **error);
char           *sm_cache_read_meta        (SmConnection  *connection,
                                           const char    *name);
SmRow          *sm_cache_read_row         (SmConnection  *connection,
                                           const SmNoun  *noun,
                                           gint64         id,
                                           GError       **error);
GPtrArray      *sm_cache_find             (SmConnection  *connection,
                                           const SmNoun  *noun,
                                           const char    *text,
                                           GError       **error);
GArray         *sm_cache_read_ids         (SmConnection  *connection,
                                           const SmNoun  *noun,
                                           GError       **error);
SmVehicleBatch *sm_cache_read_vehicles    (SmConnection  *connection,
                                           GError       **error);
gboolean        sm_cache_scan             (SmConnection  *connection,
                                           const SmNoun  *noun,
                                           const guint   *fields,
                                           guint          n_fields,
                                           SmCacheScanFunc func,
                                           gpointer       user_data,
                                           GError       **error);

G_END_DECLS
