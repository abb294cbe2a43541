/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-changes-codec.h"
#include "sm-error.h"
#include "sm-networks.h"
#include "sm-sync-private.h"
#include "sm-sync-writer-private.h"
#include "sm-time.h"

/*
 * What sync's threads ask of the thread that owns the cache.  A job that fails
 * leaves a cache that can be written to again, so that the next attempt loads
 * anew instead of failing for ever.
 */
static char *
number_text (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

/* What is in the cache is not what was written last. */
void
sm_sync_writer_forget (SmSyncWriter *writer)
{
  for (guint i = 0; i < SM_N_NOUNS; i++)
    if (writer->memories[i] != NULL)
      sm_live_memory_clear (writer->memories[i]);
}

static void
writer_begin_copy (SmSyncWriter *writer)
{
  writer->copy++;
  writer->is_doubtful = FALSE;
  /* Who is gone from it, too: it may be another network's, or another person's. */
  for (guint i = 0; i < SM_N_NOUNS; i++)
    g_clear_pointer (&writer->memories[i], sm_live_memory_free);
}

/* Tells readers and the status what the cache is like now. */
static void
writer_publish (SmSyncWriter *writer)
{
  SmSync *self = writer->sync;

  g_mutex_lock (&self->mutex);
  g_free (self->reader_path);
  self->reader_path = g_strdup (sm_cache_get_path (writer->cache));
  g_mutex_unlock (&self->mutex);
  sm_sync_note_storage (self, sm_cache_get_problem (writer->cache));
  sm_sync_set_whole (self, sm_cache_is_whole (writer->cache)
                               && !sm_cache_is_rebuilding (writer->cache));
}

static void
writer_recover (SmSyncWriter       *writer,
                const GError *cause)
{
  g_autoptr (GError) error = NULL;

  if (cause->domain != SM_ERROR)
    return;
  if (!sm_cache_recover (writer->cache, cause, &error))
    g_error ("not even memory for a cache: %s", error->message);
  writer_begin_copy (writer);
  writer_publish (writer);
  sm_sync_restart_session (writer->sync);
}

typedef struct
{
  SmSyncWriteFunc func;
  gpointer data;
} Write;

static gpointer
write_job (gpointer       context,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SmSyncWriter *writer = context;
  Write *write = data;
  GError *cause = NULL;

  if (write->func (writer, write->data, &cause))
    return NULL;
  if (writer->cache == NULL)
    {
      g_propagate_error (error, cause);
      return NULL;
    }
  sm_cache_rollback (writer->cache);
  sm_sync_writer_forget (writer);
  writer_recover (writer, cause);
  g_propagate_error (error, cause);
  return NULL;
}

gboolean
sm_sync_write (SmSync         *self,
               SmSyncWriteFunc  func,
               gpointer         data,
               GError         **error)
{
  GError *cause = NULL;

  sm_worker_run_sync (self->writer, write_job, &(Write){ func, data }, NULL, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}

static gboolean
set_meta (SmSyncWriter      *writer,
          const char  *name,
          const char  *value,
          GError     **error)
{
  return value == NULL || sm_cache_set_meta (writer->cache, name, value, error);
}

/* Writes down whose copy it is. */
static gboolean
writer_stamp (SmSyncWriter  *writer,
              GError **error)
{
  SmSync *self = writer->sync;
  g_autofree char *epoch = NULL, *network = NULL, *time_zone = NULL, *person = NULL, *rev = NULL;
  g_autofree char *drill = NULL;
  gboolean simulated = FALSE;

  g_mutex_lock (&self->mutex);
  if (self->info != NULL)
    {
      epoch = g_strdup (self->info->epoch);
      network = g_strdup (self->info->network);
      time_zone = g_strdup (self->info->time_zone);
      simulated = self->info->simulated;
      drill = g_strdup (self->info->drill);
    }
  if (self->person != NULL)
    {
      person = number_text (self->person->id);
      rev = number_text (self->person->access_rev);
    }
  g_mutex_unlock (&self->mutex);
  return set_meta (writer, SM_CACHE_EPOCH, epoch, error)
         && set_meta (writer, SM_CACHE_NETWORK, network, error)
         && set_meta (writer, SM_CACHE_TIME_ZONE, time_zone, error)
         && set_meta (writer, SM_CACHE_SIMULATED, simulated ? "1" : "0", error)
         && set_meta (writer, SM_CACHE_DRILL, drill != NULL ? drill : "", error)
         && set_meta (writer, SM_CACHE_PERSON, person, error)
         && set_meta (writer, SM_CACHE_ACCESS_REV, rev, error);
}

/* The cache has begun another copy of itself. */
void
sm_sync_writer_began_copy (SmSyncWriter *writer)
{
  writer_begin_copy (writer);
  writer_publish (writer);
}

gboolean
sm_sync_writer_begin_rebuild (SmSyncWriter  *writer,
                              GError       **error)
{
  g_autofree char *guides = sm_sync_writer_dup_guides (writer);

  if (!sm_cache_begin_rebuild (writer->cache, error))
    return FALSE;
  sm_sync_writer_began_copy (writer);
  return writer_stamp (writer, error) && set_meta (writer, SM_CACHE_GUIDES, guides, error);
}

static gboolean
begin_rebuild_job (SmSyncWriter  *writer,
                   gpointer       data,
                   GError       **error)
{
  guint *out_copy = data;

  if (!sm_sync_writer_begin_rebuild (writer, error))
    return FALSE;
  if (out_copy != NULL)
    *out_copy = writer->copy;
  return TRUE;
}

/* @out_copy: (optional): the number of the copy that is to be filled */
gboolean
sm_sync_begin_rebuild (SmSync  *self,
                       guint   *out_copy,
                       GError **error)
{
  return sm_sync_write (self, begin_rebuild_job, out_copy, error);
}

/* What was fetched for a copy. */
typedef struct
{
  GPtrArray *changes;
  const char *cursor;
  guint copy;
  gboolean is_late; /* that copy is no more */
} Page;

/* A copy that was found damaged is begun anew in the middle of its loading: what
 * is missing from it then nobody would ever ask for. */
static gboolean
page_is_late (const SmSyncWriter *writer,
              Page               *page)
{
  page->is_late = page->copy != writer->copy;
  return page->is_late;
}

static gboolean
write_for_copy (SmSync           *self,
                SmSyncWriteFunc   func,
                Page             *page,
                GError          **error)
{
  if (!sm_sync_write (self, func, page, error))
    return FALSE;
  if (page->is_late)
    sm_set_error (error, SM_ERROR_GONE, "storage-failed", "the copy was begun anew meanwhile");
  return !page->is_late;
}

static gboolean
finish_rebuild_job (SmSyncWriter   *writer,
                    gpointer  data,
                    GError  **error)
{
  Page *page = data;

  if (page_is_late (writer, page))
    return TRUE;
  if (!sm_cache_finish_rebuild (writer->cache, page->cursor, error))
    return FALSE;
  writer_publish (writer);
  sm_sync_post_reload (writer->sync);
  return TRUE;
}

gboolean
sm_sync_finish_rebuild (SmSync      *self,
                        guint        copy,
                        const char  *cursor,
                        GError     **error)
{
  return write_for_copy (self, finish_rebuild_job, &(Page){ NULL, cursor, copy, FALSE }, error);
}

static gboolean
clear_job (SmSyncWriter   *writer,
           gpointer  data,
           GError  **error)
{
  if (writer->cache == NULL)
    return TRUE;
  if (!sm_cache_clear (writer->cache, error))
    return FALSE;
  writer_begin_copy (writer);
  writer_publish (writer);
  sm_sync_post_stats (writer->sync, NULL);
  sm_sync_post_reload (writer->sync);
  return TRUE;
}

gboolean
sm_sync_clear_cache (SmSync *self)
{
  return sm_sync_write (self, clear_job, NULL, NULL);
}

static gboolean
meta_is (SmSyncWriter     *writer,
         const char *name,
         const char *value)
{
  g_autofree char *now = sm_cache_dup_meta (writer->cache, name);

  return g_strcmp0 (now, value) == 0;
}

/* Makes sure that the cache is a copy of this network as this person sees it. */
static gboolean
claim_job (SmSyncWriter   *writer,
           gpointer  data,
           GError  **error)
{
  SmSync *self = writer->sync;
  g_autofree char *person = number_text (self->person->id);
  g_autofree char *rev = number_text (self->person->access_rev);

  if (!sm_cache_is_whole (writer->cache))
    return TRUE; /* it is loaded from the beginning in any case */
  /* Somebody else's rows, or such as they may not see any more, are not kept a moment. */
  if (!meta_is (writer, SM_CACHE_PERSON, person)
      || (meta_is (writer, SM_CACHE_EPOCH, self->info->epoch)
          && !meta_is (writer, SM_CACHE_ACCESS_REV, rev)))
    return clear_job (writer, NULL, error);
  if (!writer->is_doubtful && meta_is (writer, SM_CACHE_EPOCH, self->info->epoch))
    return TRUE;
  return sm_sync_writer_begin_rebuild (writer, error);
}

/* Keeps who is signed in, so that they are known when the service is away. */
static gboolean
keep_person_job (SmSyncWriter   *writer,
                 gpointer  data,
                 GError  **error)
{
  SmSync *self = writer->sync;
  g_autoptr (SmPerson) person = NULL;
  g_autoptr (GError) cause = NULL;

  if (self->epoch == NULL)
    return TRUE;
  g_mutex_lock (&self->mutex);
  person = self->person != NULL ? sm_person_copy (self->person) : NULL;
  g_mutex_unlock (&self->mutex);
  if (!sm_networks_set_person (self->networks_path, self->epoch, person, &cause))
    g_message ("%s", cause->message);
  return TRUE;
}

void
sm_sync_keep_person (SmSync *self)
{
  sm_sync_write (self, keep_person_job, NULL, NULL);
}

gboolean
sm_sync_claim (SmSync  *self,
               GError **error)
{
  return sm_sync_write (self, claim_job, NULL, error);
}

static gboolean
get_cursor_job (SmSyncWriter   *writer,
                gpointer  data,
                GError  **error)
{
  SmSyncCursor *cursor = data;

  cursor->copy = writer->copy;
  if (!sm_cache_is_rebuilding (writer->cache) && !writer->is_doubtful)
    cursor->text = sm_cache_dup_meta (writer->cache, SM_CACHE_CURSOR);
  return TRUE;
}

/* Returns: FALSE when everything has to be loaded first */
gboolean
sm_sync_get_cursor (SmSync       *self,
                    SmSyncCursor *out_cursor)
{
  return sm_sync_write (self, get_cursor_job, out_cursor, NULL) && out_cursor->text != NULL;
}

/* What feeds of live values may say of such a thing from now on. */
static void
note_presence (SmSyncWriter   *writer,
               const SmChange *change)
{
  SmLiveMemory **memory = &writer->memories[change->noun->id];

  if (change->deleted && *memory == NULL)
    *memory = sm_live_memory_new ();
  if (change->deleted)
    sm_live_memory_remove (*memory, change->id);
  else if (*memory != NULL)
    sm_live_memory_expect (*memory, sm_row_get_id (change->row));
}

static gboolean
write_page (SmSyncWriter      *writer,
            const Page  *page,
            GError     **error)
{
  for (guint i = 0; i < page->changes->len; i++)
    {
      const SmChange *change = g_ptr_array_index (page->changes, i);

      note_presence (writer, change);
      if (change->deleted
              ? !sm_cache_remove (writer->cache, change->noun, change->id, error)
              : !sm_cache_put (writer->cache, change->row, SM_RECORD, error))
        return FALSE;
    }
  return page->cursor == NULL
         || sm_cache_set_meta (writer->cache, SM_CACHE_CURSOR, page->cursor, error);
}

static gboolean
write_page_job (SmSyncWriter   *writer,
                gpointer  data,
                GError  **error)
{
  Page *page = data;

  if (page_is_late (writer, page))
    return TRUE;
  if (!sm_cache_begin (writer->cache, error) || !write_page (writer, page, error)
      || !sm_cache_commit (writer->cache, error))
    return FALSE;
  /* Beside an old whole copy, the new one is shown when it is whole too. */
  if (page->changes->len > 0
      && !(sm_cache_is_whole (writer->cache) && sm_cache_is_rebuilding (writer->cache)))
    sm_sync_post_changes (writer->sync, page->changes);
  return TRUE;
}

/* Rows and cursor are there together or not at all; %SM_ERROR_GONE when it is
 * another copy by now that is written to. */
gboolean
sm_sync_write_changes (SmSync      *self,
                       guint        copy,
                       GPtrArray   *changes,
                       const char  *cursor,
                       GError     **error)
{
  return write_for_copy (self, write_page_job, &(Page){ changes, cursor, copy, FALSE }, error);
}

static gboolean
get_tick_job (SmSyncWriter   *writer,
              gpointer  data,
              GError  **error)
{
  SmSyncTick *tick = data;

  tick->copy = writer->copy;
  tick->tick = sm_cache_get_tick (writer->cache, sm_noun_get (tick->noun));
  return TRUE;
}

SmSyncTick
sm_sync_get_tick (SmSync       *self,
                  const SmNoun *noun)
{
  SmSyncTick tick = { .noun = noun->id };

  sm_sync_write (self, get_tick_job, &tick, NULL);
  return tick;
}

/* What the copy says of its network and of the time when it was up to date,
 * unless the service was faster. */
static void
writer_recall (SmSyncWriter *writer)
{
  SmSync *self = writer->sync;
  g_autofree char *contact = sm_cache_dup_meta (writer->cache, SM_CACHE_CONTACT);
  g_autofree char *simulated = sm_cache_dup_meta (writer->cache, SM_CACHE_SIMULATED);
  g_autofree char *drill = sm_cache_dup_meta (writer->cache, SM_CACHE_DRILL);

  g_mutex_lock (&self->mutex);
  if (self->info == NULL)
    {
      /* Our own wall clock is not to be believed: network time goes on from
       * where it was last known. */
      if (contact != NULL)
        {
          self->last_contact = g_ascii_strtoll (contact, NULL, 10);
          sm_clock_set (self->network, self->last_contact, 1.0);
        }
      self->info = g_new0 (SmServiceInfo, 1);
      self->info->network = sm_cache_dup_meta (writer->cache, SM_CACHE_NETWORK);
      self->info->time_zone = sm_cache_dup_meta (writer->cache, SM_CACHE_TIME_ZONE);
      self->info->simulated = g_strcmp0 (simulated, "1") == 0;
      if (drill != NULL && *drill != '\0')
        self->info->drill = g_steal_pointer (&drill);
    }
  g_mutex_unlock (&self->mutex);
}

/* Opens the cache of a network, and recalls who was signed in to it. */
static void
writer_open (SmSyncWriter     *writer,
             const char *epoch)
{
  SmSync *self = writer->sync;
  g_autofree char *dir = sm_networks_make_dir (self->cache_dir, epoch);
  SmPerson *person = sm_networks_dup_person (self->networks_path, epoch);
  g_autofree char *stats = NULL;
  g_autofree char *guides = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&writer->cache, sm_cache_close);
  /* To look at all of it takes longer than to read what is seen first. */
  writer->cache = sm_cache_open_unchecked (dir, epoch, &error);
  if (writer->cache == NULL)
    g_error ("not even memory for a cache: %s", error->message);
  writer_begin_copy (writer);
  writer_recall (writer);
  stats = sm_cache_dup_meta (writer->cache, SM_CACHE_STATS);
  guides = sm_cache_dup_meta (writer->cache, SM_CACHE_GUIDES);
  g_mutex_lock (&self->mutex);
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  g_clear_pointer (&self->person, sm_person_free);
  self->person = person;
  self->person_id = person != NULL ? person->id : -1;
  g_mutex_unlock (&self->mutex);
  writer_publish (writer);
  sm_sync_post_network (self);
  sm_sync_post_acts (self);
  sm_sync_post_stats (self, stats);
  sm_sync_post_guides (self, guides);
}

/* Makes the cache that of the network which answers. */
static gboolean
adopt_job (SmSyncWriter   *writer,
           gpointer  data,
           GError  **error)
{
  SmSync *self = writer->sync;
  const char *epoch = data;
  gboolean is_other = g_strcmp0 (self->epoch, epoch) != 0;
  g_autoptr (GError) cause = NULL;

  if (is_other && writer->cache != NULL)
    {
      /* Whatever was meant for the network that was there before must not go
       * to this one: its requests, its tokens. */
      g_mutex_lock (&self->mutex);
      sm_sync_interrupt_locked (self);
      g_mutex_unlock (&self->mutex);
      sm_auth_clear (self->auth);
    }
  if (is_other)
    {
      writer_open (writer, epoch);
      sm_sync_check (self);
      sm_sync_post_reload (self);
    }
  if (!sm_networks_note (self->networks_path, self->server_url, epoch, &cause))
    g_message ("%s", cause->message);
  sm_networks_prune (self->networks_path, self->cache_dir);
  return TRUE;
}

gboolean
sm_sync_adopt (SmSync  *self,
               GError **error)
{
  g_autofree char *epoch = NULL;

  g_mutex_lock (&self->mutex);
  epoch = g_strdup (self->info->epoch);
  g_mutex_unlock (&self->mutex);
  return sm_sync_write (self, adopt_job, epoch, error);
}

static void
writer_free (gpointer data)
{
  SmSyncWriter *writer = data;

  g_clear_pointer (&writer->cache, sm_cache_close);
  for (guint i = 0; i < SM_N_NOUNS; i++)
    g_clear_pointer (&writer->memories[i], sm_live_memory_free);
  g_free (writer);
}

/* What was there the last time is shown until the service answers. */
static gpointer
open_worker_job (gpointer       context,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SmSyncWriter *writer = context;
  SmSync *self = writer->sync;
  g_autofree char *epoch = sm_networks_find (self->networks_path, self->server_url);

  if (epoch != NULL)
    writer_open (writer, epoch);
  else
    sm_sync_post_acts (self);
  g_mutex_lock (&self->mutex);
  self->is_open = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

typedef struct
{
  char *path;
  GError *cause;
} Damage;

static void
damage_free (gpointer data)
{
  Damage *damage = data;

  g_free (damage->path);
  g_error_free (damage->cause);
  g_free (damage);
}

static gpointer
recover_job (gpointer       context,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SmSyncWriter *writer = context;
  const Damage *damage = data;

  /* It may have been found twice, and be another one by now. */
  if (writer->cache != NULL && g_strcmp0 (sm_cache_get_path (writer->cache), damage->path) == 0)
    writer_recover (writer, damage->cause);
  return NULL;
}

/* The reader found the copy at @path damaged. */
void
sm_sync_recover (SmSync       *self,
                 const char   *path,
                 const GError *cause)
{
  Damage *damage = g_new0 (Damage, 1);

  *damage = (Damage){ g_strdup (path), g_error_copy (cause) };
  sm_worker_run_async (self->writer, recover_job, damage, damage_free, NULL, NULL, NULL, NULL);
}

typedef struct
{
  const SmNoun *noun;
  gint64 id;
  gint64 seq;
} SeqQuery;

static gboolean
get_seq_job (SmSyncWriter   *writer,
             gpointer  data,
             GError  **error)
{
  SeqQuery *query = data;

  if (!sm_cache_is_rebuilding (writer->cache))
    query->seq = sm_cache_get_seq (writer->cache, query->noun, query->id);
  return TRUE;
}

/* Returns: the seq of a thing in the cache; G_MAXINT64 when it is not there any
 * more; %SM_UNKNOWN when the cache cannot say yet */
gint64
sm_sync_get_seq (SmSync       *self,
                 const SmNoun *noun,
                 gint64        id)
{
  SeqQuery query = { noun, id, SM_UNKNOWN };

  sm_sync_write (self, get_seq_job, &query, NULL);
  return query.seq;
}

void
sm_sync_store_open (SmSync *self)
{
  SmSyncWriter *writer = g_new0 (SmSyncWriter, 1);

  writer->sync = self;
  self->writer = sm_worker_new ("sm-cache", writer, writer_free);
  self->reader = sm_sync_reader_new (self);
  self->asker = sm_sync_asker_new (self);
  sm_sync_outbox_open (self);
  sm_worker_run_async (self->writer, open_worker_job, NULL, NULL, NULL, NULL, NULL, NULL);
}

/* The reader may still hand a job to the writer, and that one to the outbox. */
void
sm_sync_store_close (SmSync *self)
{
  sm_sync_asker_close (self);
  g_clear_pointer (&self->reader, sm_worker_free);
  g_clear_pointer (&self->writer, sm_worker_free);
  g_clear_pointer (&self->outbox, sm_worker_free);
}
