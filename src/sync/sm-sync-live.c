/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-error.h"
#include "sm-live-codec.h"
#include "sm-paths.h"
#include "sm-sync-private.h"

/* A thread for each live feed. */

static gboolean
take_vehicles (SmLiveFollower  *follower,
               SmJsonReader    *reader,
               SmSyncTick       from,
               gboolean        *out_news,
               GError         **error)
{
  g_autoptr (SmVehicleBatch) batch = sm_live_vehicles_read (reader, error);

  if (batch == NULL)
    {
      sm_client_blame_answer (error);
      return FALSE;
    }
  /* As it was: the cache need not even be asked. */
  if (batch->columns.n == 0 && batch->tick == from.tick)
    return TRUE;
  *out_news = batch->columns.n > 0;
  return sm_sync_write_vehicles (follower->sync, from, batch, error);
}

static gboolean
take_rows (SmLiveFollower  *follower,
           SmJsonReader    *reader,
           SmSyncTick       from,
           gboolean        *out_news,
           GError         **error)
{
  gint64 tick;
  g_autoptr (GPtrArray) rows = sm_live_rows_read (reader, follower->noun, &tick, error);

  if (rows == NULL)
    {
      sm_client_blame_answer (error);
      return FALSE;
    }
  if (rows->len == 0 && tick == from.tick)
    return TRUE;
  *out_news = rows->len > 0;
  return sm_sync_write_live (follower->sync, from, rows, tick, error);
}

static gboolean
follow_once (SmLiveFollower  *follower,
             SmClient        *client,
             GError         **error)
{
  SmSync *self = follower->sync;
  g_autoptr (GCancellable) cancellable = sm_sync_ref_cancellable (self);
  SmSyncTick from = sm_sync_get_tick (self, follower->noun);
  guint wait_s = sm_sync_get_wait (self, follower->feed);
  g_autofree char *path = g_strdup_printf (SM_PATH_LIVE "/%s?" SM_QUERY_SINCE "=%" G_GINT64_FORMAT
                                           "&" SM_QUERY_WAIT "=%u",
                                           follower->noun->plural, from.tick, wait_s);
  SmRequest request = { .method = "GET", .path = path };
  gint64 asked_at = g_get_monotonic_time ();
  gboolean news = FALSE;
  g_autoptr (SmResponse) response = sm_client_send (client, &request, cancellable, error);
  g_autoptr (SmJsonReader) reader = NULL;

  if (response == NULL)
    return FALSE;
  reader = sm_response_read_feed (response);
  if (follower->feed == SM_FEED_VEHICLES ? !take_vehicles (follower, reader, from, &news, error)
                                         : !take_rows (follower, reader, from, &news, error))
    return FALSE;
  sm_sync_note_good (self, follower->feed);
  if (!news && wait_s > 0)
    sm_sync_pace (self, asked_at);
  return TRUE;
}

gpointer
sm_sync_live_main (gpointer data)
{
  SmLiveFollower *follower = data;
  SmSync *self = follower->sync;
  g_autoptr (SmClient) client = sm_client_new (self->server_url, self->auth, self->network,
                                               SM_POLL_TIMEOUT_S, NULL);
  guint attempt = 0;

  while (client != NULL
         && (follower->waits ? sm_sync_wait_whole (self) : sm_sync_wait_ready (self)))
    {
      g_autoptr (GError) error = NULL;

      if (follow_once (follower, client, &error))
        {
          attempt = 0;
          continue;
        }
      if (g_error_matches (error, SM_ERROR, SM_ERROR_NOT_FOUND))
        {
          sm_sync_drop_feed (self, follower->feed);
          return NULL;
        }
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        continue;
      sm_sync_note_trouble (self, follower->feed, error);
      sm_sync_note_error (self, error);
      sm_sync_wait_retry (self, &attempt);
    }
  return NULL;
}
