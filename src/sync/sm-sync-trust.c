/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-private.h"
#include "sm-sync-writer-private.h"

/*
 * Whether what was kept is what was written.  A copy that cannot be proven (the
 * program was killed, the disk is bad) is shown, as what was last known, and
 * loaded anew beside that as soon as the service can be asked.
 */

/**
 * sm_sync_restart_session:
 *
 * The copy has been begun anew under those who follow the feeds.  Each of them
 * would learn it only from the answer that it waits for, which in a quiet
 * network takes as long as a poll may last.
 */
void
sm_sync_restart_session (SmSync *self)
{
  g_mutex_lock (&self->mutex);
  if (self->is_ready)
    sm_sync_interrupt_locked (self);
  g_mutex_unlock (&self->mutex);
}

typedef struct
{
  char *path;
  gboolean is_sound;
} Verdict;

static void
verdict_free (gpointer data)
{
  Verdict *verdict = data;

  g_free (verdict->path);
  g_free (verdict);
}

static gpointer
verdict_job (gpointer       context,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SmSyncWriter *writer = context;
  const Verdict *verdict = data;

  /* It may be another one by now. */
  if (writer->cache == NULL || !sm_cache_is_whole (writer->cache)
      || sm_cache_is_trusted (writer->cache)
      || g_strcmp0 (sm_cache_get_path (writer->cache), verdict->path) != 0)
    return NULL;
  if (verdict->is_sound)
    sm_cache_trust (writer->cache);
  else if (!sm_cache_is_rebuilding (writer->cache))
    {
      /* The session begins it anew, this one again or the one that is being made. */
      writer->is_doubtful = TRUE;
      sm_sync_restart_session (writer->sync);
    }
  return NULL;
}

/* What the reader found out about the copy at @path. */
void
sm_sync_judge (SmSync     *self,
               const char *path,
               gboolean    is_sound)
{
  Verdict *verdict = g_new0 (Verdict, 1);

  *verdict = (Verdict){ g_strdup (path), is_sound };
  sm_worker_run_async (self->writer, verdict_job, verdict, verdict_free, NULL, NULL, NULL, NULL);
}

/* To look costs nothing: a new copy is begun only where it has room twice. */
#define TEND_US G_GINT64_CONSTANT (2000000)

static gboolean
return_job (SmSyncWriter  *writer,
            gpointer       data,
            GError       **error)
{
  g_autoptr (GError) cause = NULL;

  /* Half a copy in memory is finished first. */
  if (writer->cache == NULL || sm_cache_get_problem (writer->cache) == NULL
      || sm_cache_is_rebuilding (writer->cache))
    return TRUE;
  if (sm_cache_return (writer->cache, &cause))
    sm_sync_writer_began_copy (writer);
  else
    g_info ("the cache stays in memory: %s", cause->message);
  return TRUE;
}

/* Now and then, while something cannot be kept on the disk: tries whether it can
 * again.  In the thread that follows the changes. */
void
sm_sync_tend (SmSync *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean cache, outbox;

  g_mutex_lock (&self->mutex);
  cache = self->storage_problem != NULL;
  outbox = self->outbox_problem != NULL;
  g_mutex_unlock (&self->mutex);
  if ((!cache && !outbox) || now < self->tend_at)
    return;
  self->tend_at = now + TEND_US;
  if (outbox)
    sm_sync_probe_outbox (self);
  if (cache)
    sm_sync_write (self, return_job, NULL, NULL);
}
