/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-backoff.h"
#include "sm-error.h"
#include "sm-paths.h"
#include "sm-sync-private.h"
#include "sm-time.h"

#define POLL_WAS_HELD_US 200000
#define LATELY_US G_GINT64_CONSTANT (3000000)

/* The feeds beside /changes, each followed by a thread. */
static const struct
{
  SmFeed feed;
  SmNounId noun;
  gboolean waits; /* until the first load is over */
} live_feeds[] = {
  { SM_FEED_VEHICLES, SM_NOUN_VEHICLE, FALSE },
  { SM_FEED_STATIONS, SM_NOUN_STATION, FALSE },
  { SM_FEED_PILES, SM_NOUN_PILE, TRUE },
  { SM_FEED_CONNECTORS, SM_NOUN_CONNECTOR, TRUE },
  { SM_FEED_LANES, SM_NOUN_LANE, TRUE },
  { SM_FEED_BAYS, SM_NOUN_BAY, TRUE },
  { SM_FEED_BATTERIES, SM_NOUN_BATTERY, TRUE },
  { SM_FEED_EQUIPMENT, SM_NOUN_EQUIPMENT, TRUE },
  { SM_FEED_ENGINEERS, SM_NOUN_ENGINEER, TRUE },
};

SmSync *
sm_sync_ref (SmSync *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_sync_unref (SmSync *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_assert (self->n_threads == 0);
  sm_sync_drop_news (self);
  g_mutex_clear (&self->news_mutex);
  g_main_context_unref (self->context);
  g_free (self->server_url);
  g_free (self->cache_dir);
  g_free (self->outbox_path);
  g_free (self->networks_path);
  g_free (self->epoch);
  sm_auth_unref (self->auth);
  sm_clock_unref (self->network);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->sign_in);
  g_clear_pointer (&self->info, sm_service_info_free);
  g_clear_pointer (&self->person, sm_person_free);
  g_free (self->name);
  g_free (self->password);
  g_free (self->reader_path);
  for (guint i = 0; i < SM_N_CHANNELS; i++)
    g_free (self->troubles[i].slug);
  g_free (self->problem);
  g_free (self->storage_problem);
  g_free (self->outbox_problem);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

static void
reload_cb (SmSync   *self,
           gpointer  data)
{
  self->listener.reload (self->listener_data);
}

void
sm_sync_post_reload (SmSync *self)
{
  sm_sync_post (self, reload_cb, NULL, NULL);
}

typedef struct
{
  char *epoch;
  char *name;
  char *time_zone;
  gboolean simulated;
  char *drill;
  SmPerson *person;
  gint64 last_contact;
} NetworkNews;

static void
network_news_free (gpointer data)
{
  NetworkNews *news = data;

  g_free (news->epoch);
  g_free (news->name);
  g_free (news->time_zone);
  g_free (news->drill);
  g_clear_pointer (&news->person, sm_person_free);
  g_free (news);
}

static void
network_cb (SmSync   *self,
            gpointer  data)
{
  const NetworkNews *news = data;

  self->listener.network (self->listener_data,
                          &(SmSyncNetwork){ news->epoch, news->name, news->time_zone, news->simulated,
                                            news->drill,
                                            news->person, news->last_contact });
}

void
sm_sync_post_network (SmSync *self)
{
  NetworkNews *news = g_new0 (NetworkNews, 1);

  g_mutex_lock (&self->mutex);
  if (self->info != NULL)
    {
      news->name = g_strdup (self->info->network);
      news->time_zone = g_strdup (self->info->time_zone);
      news->simulated = self->info->simulated;
      news->drill = g_strdup (self->info->drill);
    }
  news->epoch = g_strdup (self->epoch);
  news->last_contact = self->last_contact;
  news->person = self->person != NULL ? sm_person_copy (self->person) : NULL;
  g_mutex_unlock (&self->mutex);
  sm_sync_post (self, network_cb, news, network_news_free);
}

typedef struct
{
  SmConnectivity connectivity;
  char *problem;
  char *storage_problem;
} StatusNews;

static void
status_news_free (gpointer data)
{
  StatusNews *news = data;

  g_free (news->problem);
  g_free (news->storage_problem);
  g_free (news);
}

static void
status_cb (SmSync   *self,
           gpointer  data)
{
  const StatusNews *news = data;

  self->listener.status (self->listener_data, &news->connectivity, news->problem,
                         news->storage_problem);
}

static void
note_channels_locked (SmSync *self)
{
  gint64 live = G_MAXINT64;

  for (guint i = 0; i < SM_N_FEEDS; i++)
    if (i != SM_FEED_CHANGES && self->good_at[i] >= 0)
      live = MIN (live, self->good_at[i]);
  self->connectivity.changes_good_at = self->good_at[SM_FEED_CHANGES];
  self->connectivity.live_good_at = live < G_MAXINT64 ? live : 0;
}

/* With the mutex held. */
static void
post_status_locked (SmSync *self)
{
  StatusNews *news = g_new0 (StatusNews, 1);
  gint64 oldest = G_MAXINT64;

  for (guint i = 0; i < SM_N_FEEDS; i++)
    if (self->good_at[i] >= 0)
      oldest = MIN (oldest, self->good_at[i]);
  self->connectivity.oldest_good_at = oldest;
  note_channels_locked (self);
  news->connectivity = self->connectivity;
  news->problem = g_strdup (self->problem);
  news->storage_problem = g_strdup (self->outbox_problem != NULL ? self->outbox_problem
                                                                 : self->storage_problem);
  sm_sync_post (self, status_cb, news, status_news_free);
}

/* The service answered, as it should or not. */
static void
note_contact_locked (SmSync *self)
{
  self->connectivity.newest_good_at = g_get_monotonic_time ();
  if (self->connectivity.first_good_at == 0)
    self->connectivity.first_good_at = self->connectivity.newest_good_at;
  self->connectivity.failing_since = 0;
  self->connectivity.refused = FALSE;
}

void
sm_sync_note_contact (SmSync *self)
{
  g_mutex_lock (&self->mutex);
  note_contact_locked (self);
  post_status_locked (self);
  g_mutex_unlock (&self->mutex);
}

/* The service said how today goes. */
void
sm_sync_note_stats (SmSync *self)
{
  g_mutex_lock (&self->mutex);
  note_contact_locked (self);
  self->connectivity.stats_good_at = self->connectivity.newest_good_at;
  post_status_locked (self);
  g_mutex_unlock (&self->mutex);
}

/* A feed is up to date as of now. */
void
sm_sync_note_good (SmSync *self,
                   SmFeed  feed)
{
  g_mutex_lock (&self->mutex);
  note_contact_locked (self);
  self->good_at[feed] = self->connectivity.newest_good_at;
  g_clear_pointer (&self->problem, g_free);
  post_status_locked (self);
  g_mutex_unlock (&self->mutex);
}

void
sm_sync_note_error (SmSync       *self,
                    const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_info ("%s", error->message);
  g_mutex_lock (&self->mutex);
  if (error->domain == SM_ERROR && error->code >= 400)
    note_contact_locked (self);
  else if (self->connectivity.failing_since == 0)
    self->connectivity.failing_since = g_get_monotonic_time ();
  g_free (self->problem);
  self->problem = g_strdup (sm_error_get_slug (error));
  post_status_locked (self);
  g_mutex_unlock (&self->mutex);
}

static void
note_problem (SmSync      *self,
              char       **problem,
              const char  *slug)
{
  g_mutex_lock (&self->mutex);
  if (g_strcmp0 (*problem, slug) != 0)
    {
      g_free (*problem);
      *problem = g_strdup (slug);
      post_status_locked (self);
    }
  g_mutex_unlock (&self->mutex);
}

/* Why the cache does not keep what it should; NULL when it does again. */
void
sm_sync_note_storage (SmSync     *self,
                      const char *slug)
{
  note_problem (self, &self->storage_problem, slug);
}

/* The same of the outbox, which is worse. */
void
sm_sync_note_outbox (SmSync     *self,
                     const char *slug)
{
  note_problem (self, &self->outbox_problem, slug);
}

void
sm_sync_set_refused (SmSync   *self,
                     gboolean  refused)
{
  g_mutex_lock (&self->mutex);
  self->connectivity.refused = refused;
  post_status_locked (self);
  g_mutex_unlock (&self->mutex);
}

void
sm_sync_set_whole (SmSync   *self,
                   gboolean  is_whole)
{
  g_mutex_lock (&self->mutex);
  self->connectivity.is_whole = is_whole;
  g_cond_broadcast (&self->cond);
  post_status_locked (self);
  g_mutex_unlock (&self->mutex);
}

/* This service does not have it, so nothing waits for it. */
void
sm_sync_drop_feed (SmSync *self,
                   SmFeed  feed)
{
  g_mutex_lock (&self->mutex);
  self->good_at[feed] = -1;
  post_status_locked (self);
  g_mutex_unlock (&self->mutex);
}

gboolean
sm_sync_is_stopping (SmSync *self)
{
  gboolean stopping;

  g_mutex_lock (&self->mutex);
  stopping = self->stopping;
  g_mutex_unlock (&self->mutex);
  return stopping;
}

/* Waits before another attempt, or until somebody wakes it. */
gboolean
sm_sync_wait_retry (SmSync *self,
                    guint  *attempt)
{
  gint64 until = g_get_monotonic_time ()
                 + sm_backoff_delay_us (++*attempt, g_random_double ());
  gboolean go_on;
  guint wakes;

  g_mutex_lock (&self->mutex);
  wakes = self->wakes;
  while (!self->stopping && self->wakes == wakes
         && g_cond_wait_until (&self->cond, &self->mutex, until))
    ;
  go_on = !self->stopping;
  g_mutex_unlock (&self->mutex);
  return go_on;
}

/* How many seconds a poll may be held open.  A feed that has not answered lately is
 * asked where it is at once: until it has said so, nothing here is live. */
guint
sm_sync_get_wait (SmSync *self,
                  SmFeed  feed)
{
  gint64 good_at;

  g_mutex_lock (&self->mutex);
  good_at = self->good_at[feed];
  g_mutex_unlock (&self->mutex);
  return good_at > 0 && g_get_monotonic_time () - good_at < LATELY_US ? SM_POLL_WAIT_S : 0;
}

/* A service that answers "nothing new" at once does not hold polls open: it is
 * not to be asked without a pause. */
void
sm_sync_pace (SmSync *self,
              gint64  asked_at)
{
  guint attempt = 0;

  if (g_get_monotonic_time () - asked_at < POLL_WAS_HELD_US)
    sm_sync_wait_retry (self, &attempt);
}

/* Waits until somebody is signed in. */
gboolean
sm_sync_wait_ready (SmSync *self)
{
  gboolean go_on;

  g_mutex_lock (&self->mutex);
  while (!self->stopping && !self->is_ready)
    g_cond_wait (&self->cond, &self->mutex);
  go_on = !self->stopping;
  g_mutex_unlock (&self->mutex);
  return go_on;
}

/* Waits until there is a whole copy, for what the wall can do without. */
gboolean
sm_sync_wait_whole (SmSync *self)
{
  gboolean go_on;

  g_mutex_lock (&self->mutex);
  while (!self->stopping && !(self->is_ready && self->connectivity.is_whole))
    g_cond_wait (&self->cond, &self->mutex);
  go_on = !self->stopping;
  g_mutex_unlock (&self->mutex);
  return go_on;
}

/* Returns: (transfer full): what ends the requests of this session */
GCancellable *
sm_sync_ref_cancellable (SmSync *self)
{
  GCancellable *cancellable;

  g_mutex_lock (&self->mutex);
  cancellable = g_object_ref (self->cancellable);
  g_mutex_unlock (&self->mutex);
  return cancellable;
}

/**
 * sm_sync_new:
 * @network: the clock that is to follow the service's
 * @listener: copied
 *
 * Returns: (transfer full): at rest until sm_sync_start()
 */
SmSync *
sm_sync_new (const char           *server_url,
             const char           *cache_dir,
             const char           *state_dir,
             SmClock              *network,
             const SmSyncListener *listener,
             gpointer              user_data)
{
  SmSync *self = g_new0 (SmSync, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->news_mutex);
  g_cond_init (&self->cond);
  self->context = g_main_context_ref_thread_default ();
  self->server_url = g_strdup (server_url);
  self->cache_dir = g_strdup (cache_dir);
  self->outbox_path = g_build_filename (state_dir, "outbox.db", NULL);
  self->networks_path = g_build_filename (state_dir, "networks.ini", NULL);
  self->network = sm_clock_ref (network);
  self->listener = *listener;
  self->listener_data = user_data;
  self->auth = sm_auth_new ();
  self->cancellable = g_cancellable_new ();
  self->person_id = -1;
  self->last_contact = SM_UNKNOWN;
  return self;
}

/** sm_sync_start: Opens cache and outbox and begins to follow the service, in its threads. */
void
sm_sync_start (SmSync *self)
{
  g_return_if_fail (self != NULL && self->n_threads == 0);

  sm_client_prepare ();
  sm_sync_store_open (self);
  self->threads[self->n_threads++] = g_thread_new ("sm-changes", sm_sync_changes_main, self);
  for (guint i = 0; i < G_N_ELEMENTS (live_feeds); i++)
    {
      SmLiveFollower *follower = &self->followers[i];

      *follower = (SmLiveFollower){ self, live_feeds[i].feed, sm_noun_get (live_feeds[i].noun),
                                    live_feeds[i].waits };
      /* What comes later is late only once it has been there. */
      if (live_feeds[i].waits)
        self->good_at[live_feeds[i].feed] = -1;
      self->threads[self->n_threads++] = g_thread_new ("sm-live", sm_sync_live_main, follower);
    }
  self->threads[self->n_threads++] = g_thread_new ("sm-outbox-send", sm_sync_outbox_main, self);
  self->threads[self->n_threads++] = g_thread_new ("sm-stats", sm_sync_stats_main, self);
}

static void
finish_sign_in (SmSync *self,
                GError *error)
{
  g_autoptr (GTask) task = NULL;

  g_mutex_lock (&self->mutex);
  task = g_steal_pointer (&self->sign_in);
  g_mutex_unlock (&self->mutex);
  if (task != NULL)
    g_task_return_error (task, error);
  else
    g_error_free (error);
}

/** sm_sync_stop: Ends all threads; the listener is not called again. */
void
sm_sync_stop (SmSync *self)
{
  g_return_if_fail (self != NULL);

  self->is_stopped = TRUE;
  sm_sync_drop_news (self);
  if (self->n_threads == 0)
    return;
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  while (self->n_threads > 0)
    g_thread_join (self->threads[--self->n_threads]);
  finish_sign_in (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped"));
  sm_sync_store_close (self);
  sm_sync_drop_news (self);
}

/** sm_sync_is_running: Whether it was started and not stopped: only then anything can be asked. */
gboolean
sm_sync_is_running (SmSync *self)
{
  return self->n_threads > 0 && !self->is_stopped;
}

/* Ends what the session is waiting for, so that it looks at its orders. */
void
sm_sync_interrupt_locked (SmSync *self)
{
  self->is_ready = FALSE;
  self->wakes++;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_cond_broadcast (&self->cond);
}

/** sm_sync_sign_in_async: Fails at once with the first answer, or when there is none. */
void
sm_sync_sign_in_async (SmSync              *self,
                       const char          *name,
                       const char          *password,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sm_sync_sign_in_async);
  finish_sign_in (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "tried again"));
  g_mutex_lock (&self->mutex);
  self->sign_in = task;
  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->password);
  self->password = g_strdup (password);
  sm_sync_interrupt_locked (self);
  g_mutex_unlock (&self->mutex);
}

gboolean
sm_sync_sign_in_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sm_sync_sign_in_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/** sm_sync_sign_out: Forgets who was signed in and every row that was theirs to see. */
void
sm_sync_sign_out (SmSync *self)
{
  g_mutex_lock (&self->mutex);
  self->wants_sign_out = TRUE;
  sm_sync_interrupt_locked (self);
  g_mutex_unlock (&self->mutex);
}

/** sm_sync_wake: Tries again at once, as when the network of the machine came back. */
void
sm_sync_wake (SmSync *self)
{
  g_mutex_lock (&self->mutex);
  self->wakes++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}
