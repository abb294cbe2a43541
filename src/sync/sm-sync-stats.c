/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-error.h"
#include "sm-paths.h"
#include "sm-stats-codec.h"
#include "sm-sync-private.h"

#include <malloc.h>
#include <string.h>

/*
 * The thread that asks how the network does today.  The answer is kept as the
 * service gave it, so that a wall without a service shows the last one.
 */

#define INTERVAL_US G_GINT64_CONSTANT (5000000)
#define TRIM_US     G_GINT64_CONSTANT (60000000)
/* The catalogue of faults changes when somebody sits down to it. */
#define GUIDES_US   G_GINT64_CONSTANT (600000000)

typedef struct
{
  SmStatsNow stats;
  gboolean is_known;
  gboolean is_cached;
} StatsNews;

static void
stats_cb (SmSync   *self,
          gpointer  data)
{
  const StatsNews *news = data;

  self->listener.stats (self->listener_data, news->is_known ? &news->stats : NULL,
                        news->is_cached);
}

static gboolean
parse (const char  *text,
       gsize        length,
       SmStatsNow  *out_stats,
       GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, length);

  return sm_stats_now_read (reader, out_stats, error);
}

/**
 * sm_sync_post_stats:
 * @text: (nullable): what the service answered when it was last asked; NULL: nothing is known
 *
 * Tells the listener of what was kept from an earlier run.
 */
void
sm_sync_post_stats (SmSync     *self,
                    const char *text)
{
  StatsNews *news = g_new0 (StatsNews, 1);

  news->is_cached = TRUE;
  news->is_known = text != NULL && parse (text, strlen (text), &news->stats, NULL);
  sm_sync_post (self, stats_cb, news, g_free);
}

static gboolean
ask_once (SmSync    *self,
          SmClient  *client,
          GError   **error)
{
  g_autoptr (GCancellable) cancellable = sm_sync_ref_cancellable (self);
  SmRequest request = { .method = "GET", .path = SM_PATH_STATS_NOW };
  g_autoptr (SmResponse) response = sm_client_send (client, &request, cancellable, error);
  g_autofree char *text = NULL;
  gsize length = 0;
  StatsNews *news;

  if (response == NULL)
    return FALSE;
  text = sm_response_read_document (response, &length, error);
  if (text == NULL)
    return FALSE;
  news = g_new0 (StatsNews, 1);
  if (!parse (text, length, &news->stats, error))
    {
      g_free (news);
      sm_client_blame_answer (error);
      return FALSE;
    }
  news->is_known = TRUE;
  sm_sync_note_stats (self);
  sm_sync_post (self, stats_cb, news, g_free);
  return sm_sync_write_meta (self, SM_CACHE_STATS, text, error);
}

/* Until the next question is due, or somebody wakes everybody. */
static void
rest (SmSync *self)
{
  gint64 until = g_get_monotonic_time () + INTERVAL_US;
  guint wakes;

  malloc_trim (0);
  g_mutex_lock (&self->mutex);
  wakes = self->wakes;
  while (!self->stopping && self->wakes == wakes
         && g_cond_wait_until (&self->cond, &self->mutex, until))
    ;
  g_mutex_unlock (&self->mutex);
}

/* Who may not read it, or has a service without it, is not told each time. */
static void
look_at_guides (SmSync    *self,
                SmClient  *client,
                gint64    *looked_at)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (*looked_at != 0 && now - *looked_at < GUIDES_US)
    return;
  if (sm_sync_fetch_guides (self, client, &error) || error->domain == SM_ERROR)
    *looked_at = now;
}

gpointer
sm_sync_stats_main (gpointer data)
{
  SmSync *self = data;
  g_autoptr (SmClient) client = sm_client_new (self->server_url, self->auth, self->network,
                                               SM_POLL_TIMEOUT_S, NULL);
  gint64 trimmed_at = 0, looked_at = 0;
  guint attempt = 0;

  while (client != NULL && sm_sync_wait_ready (self))
    {
      g_autoptr (GError) error = NULL;

      if (ask_once (self, client, &error))
        attempt = 0;
      /* A service without it, or a person who may not: asked again some time. */
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
               && !(error->domain == SM_ERROR && error->code >= 400 && error->code < 500))
        {
          sm_sync_note_trouble (self, SM_CHANNEL_FIGURES, error);
          sm_sync_note_error (self, error);
          sm_sync_wait_retry (self, &attempt);
          continue;
        }
      look_at_guides (self, client, &looked_at);
      rest (self);
      /* What the feeds were read into, is given back now and then. */
      if (g_get_monotonic_time () > trimmed_at + TRIM_US)
        {
          malloc_trim (0);
          trimmed_at = g_get_monotonic_time ();
        }
    }
  return NULL;
}
