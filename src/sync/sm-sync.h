/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-clock.h"
#include "sm-connectivity.h"
#include "sm-diagnosis.h"
#include "sm-fleet.h"
#include "sm-kept.h"
#include "sm-outbox.h"
#include "sm-person.h"
#include "sm-row.h"
#include "sm-stats-now.h"

G_BEGIN_DECLS

/**
 * SmSync:
 *
 * Keeps the cache like the service: a thread follows /changes, one each live
 * feed, one sends the outbox.  Each blocks on its own connection, and writes
 * through the one thread that owns the cache, where only what differs from what
 * is there is written.  What came is handed to the listener in the main context,
 * as batches that nobody changes any more, all that has come at once and at most
 * once a frame.
 *
 * It recovers by itself: from a service that went away, came back, forgot its
 * tombstones or became another one, and from a cache that broke.
 *
 * Made, started, stopped and asked in the main thread only.
 */
typedef struct _SmSync SmSync;

/* So many rows at most are handed over at once: the main loop has more to do. */
#define SM_SYNC_SLICE 250
/* Or so many vehicles that moved. */
#define SM_SYNC_VEHICLES 10000

typedef struct
{
  const SmNoun *noun;
  gint64 id;
} SmSyncRef;

/** SmSyncNetwork: what the service says of its network, and who is signed in. */
typedef struct
{
  const char *epoch; /* NULL: not known yet */
  const char *name;
  const char *time_zone;
  gboolean simulated;
  const char *drill; /* (nullable) */
  const SmPerson *person; /* NULL: nobody */
  gint64 last_contact;    /* network time, of an earlier run until there is contact; SM_UNKNOWN */
} SmSyncNetwork;

/**
 * SmSyncListener:
 *
 * Called in the main context; nothing is the listener's to keep without a
 * reference of its own.
 */
typedef struct
{
  /* The copy is another one: what was read from it has to be read again.  The
   * first is read without being asked, after sm_sync_start(). */
  void (*reload) (gpointer user_data);
  /* Records came: @rows of SmRow, @gone of SmSyncRef. */
  void (*changed) (gpointer user_data, GPtrArray *rows, GArray *gone);
  void (*vehicles_moved) (gpointer user_data, SmVehicleBatch *batch);
  /* Live values of another noun: rows of id and live fields. */
  void (*live) (gpointer user_data, const SmNoun *noun, GPtrArray *rows);
  /* Of which nouns, a bit for each SmNounId; the others are in the cache alone. */
  guint64 live_nouns;
  /* What the outbox holds for this person now: of SmAct; and those that are of
   * another network or another person. */
  void (*acts) (gpointer user_data, GPtrArray *acts, GPtrArray *elsewhere);
  /* How the network does today; NULL: not known.  @is_cached: as of an earlier
   * answer, from the cache. */
  void (*stats) (gpointer user_data, const SmStatsNow *stats, gboolean is_cached);
  /* (nullable): of SmFaultGuide: what to do about faults, as the service said it last. */
  void (*guides) (gpointer user_data, GPtrArray *guides);
  /* (nullable): whether a sign-in outlasts this run. */
  void (*kept) (gpointer user_data, SmKept kept);
  void (*network) (gpointer user_data, const SmSyncNetwork *network);
  void (*status) (gpointer user_data, const SmConnectivity *connectivity, const char *problem,
                  const char *storage_problem);
} SmSyncListener;

/** SmSyncReadFunc: Reads the cache in the reader's thread; failed when it sets @error. */
typedef gpointer (*SmSyncReadFunc) (SmConnection  *connection,
                                    gpointer       data,
                                    GError       **error);

SmSync   *sm_sync_new            (const char           *server_url,
                                  const char           *cache_dir,
                                  const char           *state_dir,
                                  SmClock              *network,
                                  const SmSyncListener *listener,
                                  gpointer              user_data);
void      sm_sync_set_keeps_sign_in (SmSync             *self,
                                  gboolean              keeps);
void      sm_sync_stop_keeping   (SmSync               *self);
void      sm_sync_start          (SmSync               *self);
void      sm_sync_stop           (SmSync               *self);
SmSync   *sm_sync_ref            (SmSync               *self);
void      sm_sync_unref          (SmSync               *self);

gboolean  sm_sync_is_running     (SmSync               *self);
void      sm_sync_sign_in_async  (SmSync               *self,
                                  const char           *name,
                                  const char           *password,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean  sm_sync_sign_in_finish (GAsyncResult         *result,
                                  GError              **error);
void      sm_sync_sign_out       (SmSync               *self);
void      sm_sync_wake           (SmSync               *self);
guint64   sm_sync_get_n_frames   (SmSync               *self);

void      sm_sync_add_act_async  (SmSync               *self,
                                  SmAct                *act,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
void      sm_sync_add_file_act_async (SmSync           *self,
                                  SmAct                *act,
                                  const char           *file,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
char     *sm_sync_dup_file_path  (SmSync               *self,
                                  const char           *sum);
gboolean  sm_sync_add_act_finish (GAsyncResult         *result,
                                  GError              **error);
void      sm_sync_drop_act_async (SmSync               *self,
                                  const char           *key,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
void      sm_sync_resolve_act_async (SmSync            *self,
                                  const char           *key,
                                  GPtrArray            *wanted,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);

void      sm_sync_read_async     (SmSync               *self,
                                  SmSyncReadFunc        func,
                                  gpointer              data,
                                  GDestroyNotify        data_free,
                                  GDestroyNotify        result_free,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gpointer  sm_sync_read_finish    (GAsyncResult         *result,
                                  GError              **error);
void      sm_sync_diagnose       (SmSync               *self,
                                  SmDiagnosis          *diagnosis);
void      sm_sync_diagnose_files (SmSync               *self,
                                  SmConnection         *connection,
                                  SmDiagnosis          *diagnosis);
void      sm_sync_check          (SmSync               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSync, sm_sync_unref)

G_END_DECLS
