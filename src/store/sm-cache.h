/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-fleet.h"
#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmCache:
 *
 * The application's copy of the network; this is its one writer, used from one
 * thread.  Each whole copy is a file of its own, `cache-N.db`.  A rebuild writes
 * the next one while the old stays readable, and takes its place when it is
 * whole.  A file that is damaged is set aside, one of another version, another
 * network or not whole is deleted; neither keeps anybody from starting.  When
 * the folder cannot be used, the copy is kept in memory and
 * sm_cache_get_problem() says why.
 *
 * Everything written between begin and commit, the cursor among it, is there
 * together or not at all.
 */
typedef struct _SmCache SmCache;

SmCache    *sm_cache_open           (const char             *dir,
                                     const char             *epoch,
                                     GError                **error);
SmCache    *sm_cache_open_unchecked (const char             *dir,
                                     const char             *epoch,
                                     GError                **error);
void        sm_cache_close          (SmCache                *self);

const char *sm_cache_get_problem    (SmCache                *self);
const char *sm_cache_get_path       (SmCache                *self);
gboolean    sm_cache_is_whole       (SmCache                *self);
gboolean    sm_cache_is_rebuilding  (SmCache                *self);

gboolean    sm_cache_is_trusted     (SmCache                *self);
void        sm_cache_trust          (SmCache                *self);

gboolean    sm_cache_begin          (SmCache                *self,
                                     GError                **error);
gboolean    sm_cache_put            (SmCache                *self,
                                     const SmRow            *row,
                                     SmClass                 klass,
                                     GError                **error);
gboolean    sm_cache_put_vehicles   (SmCache                *self,
                                     const SmVehicleColumns *columns,
                                     GError                **error);
gboolean    sm_cache_remove         (SmCache                *self,
                                     const SmNoun           *noun,
                                     gint64                  id,
                                     GError                **error);
char       *sm_cache_dup_meta       (SmCache                *self,
                                     const char             *name);
gboolean    sm_cache_set_meta       (SmCache                *self,
                                     const char             *name,
                                     const char             *value,
                                     GError                **error);
gint64      sm_cache_get_seq        (SmCache                *self,
                                     const SmNoun           *noun,
                                     gint64                  id);
gint64      sm_cache_get_tick       (SmCache                *self,
                                     const SmNoun           *noun);
gboolean    sm_cache_set_tick       (SmCache                *self,
                                     const SmNoun           *noun,
                                     gint64                  tick,
                                     GError                **error);
gboolean    sm_cache_trim_history   (SmCache                *self,
                                     const SmNoun           *noun,
                                     GError                **error);
gboolean    sm_cache_commit         (SmCache                *self,
                                     GError                **error);
void        sm_cache_rollback       (SmCache                *self);

gboolean    sm_cache_begin_rebuild  (SmCache                *self,
                                     GError                **error);
gboolean    sm_cache_finish_rebuild (SmCache                *self,
                                     const char             *cursor,
                                     GError                **error);
gboolean    sm_cache_clear          (SmCache                *self,
                                     GError                **error);
gboolean    sm_cache_recover        (SmCache                *self,
                                     const GError           *cause,
                                     GError                **error);

gboolean    sm_cache_return         (SmCache                *self,
                                     GError                **error);

/* So many rows of a history are kept. */
#define SM_CACHE_HISTORY_ROWS 20000

/* Names in meta. */
#define SM_CACHE_CURSOR "cursor"
#define SM_CACHE_EPOCH "epoch"
#define SM_CACHE_PERSON "person"
#define SM_CACHE_ACCESS_REV "access_rev"
#define SM_CACHE_NETWORK "network"
#define SM_CACHE_TIME_ZONE "time_zone"
#define SM_CACHE_SIMULATED "simulated"
#define SM_CACHE_DRILL "drill" /* "": none */
#define SM_CACHE_GUIDES "fault_codes" /* the same of /fault_codes */
#define SM_CACHE_STATS "stats" /* the last answer of /stats/now, as it was */
/* Followed by a station's id: what was last told of its day, as it was. */
#define SM_CACHE_STATION_DAY "station_day:"
#define SM_CACHE_CONTACT "contact" /* network time of the last live answer, µs */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmCache, sm_cache_close)

G_END_DECLS
