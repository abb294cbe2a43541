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

static gboolean
is_ready (SmSync *self)
{
  gboolean ready;

  g_mutex_lock (&self->mutex);
  ready = self->is_ready;
  g_mutex_unlock (&self->mutex);
  return ready;
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
  g_autoptr (GError) cause = NULL;

  /* It may be another one by now. */
  if (writer->cache == NULL || !sm_cache_is_whole (writer->cache)
      || sm_cache_is_trusted (writer->cache)
      || g_strcmp0 (sm_cache_get_path (writer->cache), verdict->path) != 0)
    return NULL;
  if (verdict->is_sound)
    sm_cache_trust (writer->cache);
  else if (is_ready (writer->sync) && !sm_cache_is_rebuilding (writer->cache)
           && !sm_sync_writer_begin_rebuild (writer, &cause))
    g_message ("the cache: %s", cause->message);
  else
    writer->is_doubtful = TRUE;
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
