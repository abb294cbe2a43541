/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-cache-reader.h"
#include "sm-cache-seal.h"
#include "sm-error.h"
#include "sm-sync-private.h"

/* The thread that reads the cache for the pages. */

/* A reading connection of its own, to the copy that is whole. */
typedef struct
{
  SmSync *sync;
  SmConnection *connection;
  char *path;
} Reader;

static void
reader_free (gpointer data)
{
  Reader *reader = data;

  g_clear_pointer (&reader->connection, sm_connection_close);
  g_free (reader->path);
  g_free (reader);
}

static gboolean
reader_open (Reader  *reader,
             GError **error)
{
  SmSync *self = reader->sync;
  g_autofree char *path = NULL;

  g_mutex_lock (&self->mutex);
  while (!self->is_open && !self->stopping)
    g_cond_wait (&self->cond, &self->mutex);
  path = g_strdup (self->reader_path);
  g_mutex_unlock (&self->mutex);
  if (path == NULL)
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "the cache is not open yet");
      return FALSE;
    }
  if (reader->connection != NULL && g_str_equal (path, reader->path))
    return TRUE;
  g_clear_pointer (&reader->connection, sm_connection_close);
  g_free (reader->path);
  reader->path = g_steal_pointer (&path);
  reader->connection = sm_connection_open (reader->path, SM_OPEN_READ_ONLY, error);
  return reader->connection != NULL;
}

typedef struct
{
  SmSyncReadFunc func;
  gpointer data;
  GDestroyNotify data_free;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  if (read->data_free != NULL)
    read->data_free (read->data);
  g_free (read);
}

static gpointer
read_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Reader *reader = context;
  Read *read = data;
  GError *cause = NULL;
  gpointer result = NULL;

  if (reader_open (reader, &cause))
    result = read->func (reader->connection, read->data, &cause);
  if (cause == NULL)
    return result;
  if (g_error_matches (cause, SM_ERROR, SM_ERROR_CORRUPT))
    sm_sync_recover (reader->sync, reader->path, cause);
  g_propagate_error (error, cause);
  return NULL;
}

/**
 * sm_sync_read_async:
 * @func: what to read, in the reader's thread
 * @data: (transfer full): handed to @func
 * @result_free: (nullable): frees a result that nobody takes
 */
void
sm_sync_read_async (SmSync              *self,
                    SmSyncReadFunc       func,
                    gpointer             data,
                    GDestroyNotify       data_free,
                    GDestroyNotify       result_free,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  Read *read = g_new0 (Read, 1);

  g_return_if_fail (self != NULL && self->reader != NULL);

  *read = (Read){ func, data, data_free };
  sm_worker_run_async (self->reader, read_job, read, read_free, result_free, cancellable, callback,
                       user_data);
}

gpointer
sm_sync_read_finish (GAsyncResult  *result,
                     GError       **error)
{
  return sm_worker_run_finish (result, error);
}

static gpointer
check_job (gpointer       context,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Reader *reader = context;
  g_autoptr (GError) cause = NULL;
  gboolean is_sealed;

  if (!reader_open (reader, &cause))
    return NULL;
  is_sealed = sm_cache_seal_check (reader->connection, reader->path, NULL);
  /* Killed, it has no seal and may be sound: then it is shown until it is loaded anew. */
  if (is_sealed || sm_cache_check (reader->connection, &cause))
    sm_sync_judge (reader->sync, reader->path, is_sealed);
  else if (g_error_matches (cause, SM_ERROR, SM_ERROR_CORRUPT))
    sm_sync_recover (reader->sync, reader->path, cause);
  return NULL;
}

/** sm_sync_check: Looks whether the copy is sound, when all is read that was asked for before. */
void
sm_sync_check (SmSync *self)
{
  sm_worker_run_async (self->reader, check_job, NULL, NULL, NULL, NULL, NULL, NULL);
}

SmWorker *
sm_sync_reader_new (SmSync *self)
{
  Reader *reader = g_new0 (Reader, 1);

  reader->sync = self;
  return sm_worker_new ("sm-reader", reader, reader_free);
}
