/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-cache.h"
#include "sm-json-writer.h"
#include "sm-lock.h"
#include "sm-session.h"
#include "sm-sync.h"
#include "sm-worker.h"

G_BEGIN_DECLS

/* Whatever has to be fresh for the screen to be live. */
typedef enum
{
  SM_FEED_CHANGES,
  SM_FEED_VEHICLES,
  SM_FEED_STATIONS,
  SM_FEED_PILES,
  SM_FEED_CONNECTORS,
  SM_FEED_LANES,
  SM_FEED_BAYS,
  SM_FEED_BATTERIES,
  SM_FEED_EQUIPMENT,
  SM_FEED_ENGINEERS,
  SM_N_FEEDS
} SmFeed;

/* What has a state of its own beside the feeds: how acts go out, today's figures. */
#define SM_CHANNEL_ACTS SM_N_FEEDS
#define SM_CHANNEL_FIGURES (SM_N_FEEDS + 1)
#define SM_N_CHANNELS (SM_N_FEEDS + 2)

typedef struct
{
  SmSync *sync;
  SmFeed feed;
  const SmNoun *noun;
  gboolean waits; /* until there is a whole copy: the wall is there without it */
} SmLiveFollower;

struct _SmSync
{
  gatomicrefcount ref_count;
  GMainContext *context;
  SmSyncListener listener;
  gpointer listener_data;
  gboolean is_stopped; /* main thread: no more calls of the listener */

  GMutex news_mutex; /* for the three below */
  GQueue news;       /* of what the main context has not been told yet */
  GSource *frame;    /* (nullable): in which it is going to be told */
  gint64 next_frame_at;
  guint64 n_frames;  /* main thread */

  char *server_url;
  char *cache_dir;
  char *outbox_path;
  char *networks_path;
  SmAuth *auth;
  SmClock *network;

  SmWorker *writer; /* owns the SmCache */
  SmWorker *asker;  /* owns a connection to the service, for what pages ask */
  SmWorker *reader; /* owns a reading connection */
  SmWorker *outbox; /* owns the SmOutbox */
  GThread *threads[SM_N_FEEDS + 2];
  guint n_threads;
  SmLiveFollower followers[SM_N_FEEDS];

  GMutex mutex; /* for all below; cond tells of every change */
  GCond cond;
  gboolean stopping;
  gboolean is_ready;  /* checked, signed in, and the cache is that person's */
  guint wakes;        /* raised to end every wait for a retry */
  guint outbox_wakes; /* raised when there may be something to send */
  GCancellable *cancellable; /* of all requests of this session */
  SmServiceInfo *info;
  char *epoch; /* of the network whose cache is open; NULL: none is */
  SmPerson *person;
  gint64 last_contact; /* network time, of an earlier run */
  gint64 person_id; /* of the cache's copy until somebody is signed in */
  gboolean wants_sign_out;
  gboolean keeps_sign_in; /* set before the threads are there */
  gboolean is_password_sign_in; /* not a demo person's: worth keeping */
  SmKept kept;
  SmLock *sign_in_lock;   /* of the thread that signs in */
  gboolean stays_signed_out; /* no demo sign-in: somebody has signed out */
  char *name;
  char *password;
  GTask *sign_in; /* who waits for name and password to be tried */
  gboolean is_open; /* what was there from the last time, if anything */
  char *reader_path;
  guint n_answered;
  gint64 good_at[SM_N_FEEDS]; /* monotonic; -1: this service has no such feed */
  struct
  {
    char *slug;
    gint64 at;
  } troubles[SM_N_CHANNELS]; /* the last of each */
  SmConnectivity connectivity;
  char *problem;
  char *storage_problem;
  char *outbox_problem;
  gint64 tend_at; /* monotonic: when the storage is looked at again; the changes' thread's own */
};

/* sm-sync-news.c: any thread */
typedef void (*SmSyncPostFunc) (SmSync   *self,
                                gpointer  data);

/* Whoever watches the main loop sees by its name what was posted. */
#define sm_sync_post(self, func, data, data_free) \
  sm_sync_post_named (self, "sync " G_STRINGIFY (func), func, data, data_free)
void          sm_sync_post_named      (SmSync         *self,
                                       const char     *name,
                                       SmSyncPostFunc  func,
                                       gpointer        data,
                                       GDestroyNotify  data_free);
void          sm_sync_drop_news       (SmSync         *self);
void          sm_sync_post_changes    (SmSync         *self,
                                       GPtrArray      *changes);

/* sm-sync.c: any thread */
void          sm_sync_post_reload     (SmSync         *self);
void          sm_sync_post_network    (SmSync         *self);
void          sm_sync_note_good       (SmSync         *self,
                                       SmFeed          feed);
void          sm_sync_interrupt_locked (SmSync        *self);
void          sm_sync_note_contact    (SmSync         *self);
void          sm_sync_note_stats      (SmSync         *self);
void          sm_sync_note_error      (SmSync         *self,
                                       const GError   *error);
void          sm_sync_note_storage    (SmSync         *self,
                                       const char     *slug);
void          sm_sync_note_outbox     (SmSync         *self,
                                       const char     *slug);
void          sm_sync_set_refused     (SmSync         *self,
                                       gboolean        refused);
void          sm_sync_set_whole       (SmSync         *self,
                                       gboolean        is_whole);
void          sm_sync_drop_feed       (SmSync         *self,
                                       SmFeed          feed);
gboolean      sm_sync_is_stopping     (SmSync         *self);
gboolean      sm_sync_wait_retry      (SmSync         *self,
                                       guint          *attempt);
guint         sm_sync_get_wait        (SmSync         *self,
                                       SmFeed          feed);
void          sm_sync_pace            (SmSync         *self,
                                       gint64          asked_at);
gboolean      sm_sync_wait_ready      (SmSync         *self);
gboolean      sm_sync_wait_whole      (SmSync         *self);
GCancellable *sm_sync_ref_cancellable (SmSync         *self);

/* sm-acts.c */
void   sm_sync_write_int  (SmJsonWriter *writer, const char *name, gint64 value);
void   sm_sync_write_text (SmJsonWriter *writer, const char *name, const char *value);

/* sm-sync-ask.c */
SmRow *sm_sync_read_row (SmResponse *response, SmNounId noun, GError **error);

/* sm-sync-store.c: the cache; from sync's threads */
typedef struct
{
  SmNounId noun;
  gint64 tick;
  guint copy;
} SmSyncTick;

typedef struct
{
  char *text;
  guint copy;
} SmSyncCursor;

static inline void
sm_sync_cursor_clear (SmSyncCursor *self)
{
  g_clear_pointer (&self->text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmSyncCursor, sm_sync_cursor_clear)

void          sm_sync_store_open      (SmSync         *self);
void          sm_sync_store_close     (SmSync         *self);
gboolean      sm_sync_adopt           (SmSync         *self,
                                       GError        **error);
gboolean      sm_sync_claim           (SmSync         *self,
                                       GError        **error);
void          sm_sync_keep_person     (SmSync         *self);
gboolean      sm_sync_get_cursor      (SmSync         *self,
                                       SmSyncCursor   *out_cursor);
gboolean      sm_sync_write_changes   (SmSync         *self,
                                       guint           copy,
                                       GPtrArray      *changes,
                                       const char     *cursor,
                                       GError        **error);
gboolean      sm_sync_begin_rebuild   (SmSync         *self,
                                       guint          *out_copy,
                                       GError        **error);
gboolean      sm_sync_finish_rebuild  (SmSync         *self,
                                       guint           copy,
                                       const char     *cursor,
                                       GError        **error);
gboolean      sm_sync_clear_cache     (SmSync         *self);
SmSyncTick    sm_sync_get_tick        (SmSync         *self,
                                       const SmNoun   *noun);
gboolean      sm_sync_write_vehicles  (SmSync         *self,
                                       SmSyncTick      from,
                                       SmVehicleBatch *batch,
                                       GError        **error);
gboolean      sm_sync_write_live      (SmSync         *self,
                                       SmSyncTick      from,
                                       GPtrArray      *rows,
                                       gint64          tick,
                                       GError        **error);
gboolean      sm_sync_keep_history    (SmSync         *self,
                                       GPtrArray      *rows,
                                       GError        **error);
gboolean      sm_sync_write_meta      (SmSync         *self,
                                       const char     *name,
                                       const char     *value,
                                       GError        **error);
gint64        sm_sync_get_seq         (SmSync         *self,
                                       const SmNoun   *noun,
                                       gint64          id);

void          sm_sync_recover         (SmSync         *self,
                                       const char     *path,
                                       const GError   *cause);

/* sm-sync-trust.c */
void          sm_sync_tend            (SmSync         *self);
void          sm_sync_restart_session (SmSync         *self);
void          sm_sync_judge           (SmSync         *self,
                                       const char     *path,
                                       gboolean        is_sound);

/* sm-sync-read.c */
SmWorker     *sm_sync_reader_new      (SmSync         *self);

/* sm-sync-ask.c */
SmWorker     *sm_sync_asker_new       (SmSync         *self);
void          sm_sync_asker_close     (SmSync         *self);

/* sm-sync-acts.c: the outbox; from sync's threads */
void          sm_sync_outbox_open     (SmSync         *self);
gboolean      sm_sync_take_act        (SmSync         *self,
                                       SmAct         **out_act);
void          sm_sync_put_back_act    (SmSync         *self,
                                       const char     *key,
                                       const char     *problem);
void          sm_sync_answer_act      (SmSync         *self,
                                       const char     *key,
                                       gint64          seq,
                                       const SmRow    *answer);
void          sm_sync_rebase_act      (SmSync         *self,
                                       SmAct          *act);
void          sm_sync_oppose_act      (SmSync         *self,
                                       SmAct          *act,
                                       const char     *problem);
void          sm_sync_settle_acts     (SmSync         *self);
void          sm_sync_post_acts       (SmSync         *self);

/* sm-sync-diagnose.c: any thread */
void          sm_sync_note_trouble    (SmSync         *self,
                                       guint           channel,
                                       const GError   *error);

/* sm-sync-kept.c: from the thread that signs in */
void          sm_sync_open_kept       (SmSync         *self);
void          sm_sync_close_kept      (SmSync         *self);
char         *sm_sync_dup_kept        (SmSync         *self,
                                       GCancellable   *cancellable);
void          sm_sync_forget_kept     (SmSync         *self);

gboolean      sm_sync_probe_outbox    (SmSync         *self);

/* sm-sync-stats.c */
void          sm_sync_post_stats      (SmSync         *self,
                                       const char     *text);

/* The threads. */
gpointer      sm_sync_changes_main    (gpointer        data);
gpointer      sm_sync_live_main       (gpointer        data);
gpointer      sm_sync_outbox_main     (gpointer        data);
gpointer      sm_sync_stats_main      (gpointer        data);

/* sm-sync-guides.c: what to do about faults */
void          sm_sync_post_guides     (SmSync         *self,
                                       const char     *text);
gboolean      sm_sync_fetch_guides    (SmSync         *self,
                                       SmClient       *client,
                                       GError        **error);

/* sm-sync-ask.c: whatever else there is to ask, or to do at once */
typedef gpointer (*SmSyncAnswerFunc) (SmResponse  *response,
                                      GError     **error);
void          sm_sync_ask_other       (SmSync              *self,
                                       const char          *method,
                                       char                *path,
                                       char                *body,
                                       SmSyncAnswerFunc     func,
                                       GDestroyNotify       answer_free,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
void          sm_sync_ask_change      (SmSync              *self,
                                       char                *path,
                                       char                *body,
                                       gint64               rev,
                                       SmSyncAnswerFunc     func,
                                       GDestroyNotify       answer_free,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
void          sm_sync_ask_photo_async (SmSync              *self,
                                       char                *path,
                                       const char          *sum,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gpointer      sm_sync_ask_other_finish (GAsyncResult       *result,
                                       GError             **error);

G_END_DECLS
