/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-private.h"
#include "sm-sync-writer-private.h"

/* What is written into the cache beside the record: live values, what was read
 * of histories, and texts of the network. */

typedef struct
{
  const SmNoun *noun;
  GPtrArray *rows;
} LiveNews;

static void
live_news_free (gpointer data)
{
  LiveNews *news = data;

  g_ptr_array_unref (news->rows);
  g_free (news);
}

static void
live_cb (SmSync   *self,
         gpointer  data)
{
  const LiveNews *news = data;

  self->listener.live (self->listener_data, news->noun, news->rows);
}

/* Not all at once: the first answer has every row of the network. */
static void
post_rows (SmSync       *self,
           const SmNoun *noun,
           GPtrArray    *rows)
{
  if ((self->listener.live_nouns & (G_GUINT64_CONSTANT (1) << noun->id)) == 0)
    return;
  for (guint first = 0; first < rows->len; first += SM_SYNC_SLICE)
    {
      LiveNews *news = g_new0 (LiveNews, 1);

      news->noun = noun;
      news->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
      for (guint i = first; i < MIN (first + SM_SYNC_SLICE, rows->len); i++)
        g_ptr_array_add (news->rows, sm_row_ref (g_ptr_array_index (rows, i)));
      sm_sync_post (self, live_cb, news, live_news_free);
    }
}

static void
moved_cb (SmSync   *self,
          gpointer  data)
{
  self->listener.vehicles_moved (self->listener_data, data);
}

static void
batch_unref (gpointer data)
{
  sm_vehicle_batch_unref (data);
}

/* Not all at once either; what one answer says of few stays together. */
static void
post_vehicles (SmSync         *self,
               SmVehicleBatch *batch)
{
  const SmVehicleColumns *columns = &batch->columns;

  if (columns->n <= SM_SYNC_VEHICLES)
    {
      sm_sync_post (self, moved_cb, sm_vehicle_batch_ref (batch), batch_unref);
      return;
    }
  for (guint first = 0; first < columns->n; first += SM_SYNC_VEHICLES)
    {
      guint n = MIN (columns->n - first, SM_SYNC_VEHICLES);
      SmVehicleBatch *part = sm_vehicle_batch_new (n);

      part->tick = batch->tick;
      for (guint i = 0; i < n; i++)
        sm_vehicle_columns_copy (&part->columns, i, columns, first + i);
      sm_sync_post (self, moved_cb, part, batch_unref);
    }
}

typedef struct
{
  SmSyncTick from;
  SmVehicleBatch *batch; /* or */
  GPtrArray *rows;
  gint64 tick;
} LivePage;

/* So that the next start can say how old what it shows is. */
static gboolean
writer_note_contact (SmSyncWriter  *writer,
                     GError **error)
{
  g_autofree char *now
      = g_strdup_printf ("%" G_GINT64_FORMAT, sm_clock_now (writer->sync->network));

  return sm_cache_set_meta (writer->cache, SM_CACHE_CONTACT, now, error);
}

static gboolean
write_live (SmSyncWriter         *writer,
            const LivePage *page,
            GError        **error)
{
  const SmNoun *noun = sm_noun_get (page->from.noun);

  if (page->batch != NULL && !sm_cache_put_vehicles (writer->cache, &page->batch->columns, error))
    return FALSE;
  for (guint i = 0; page->rows != NULL && i < page->rows->len; i++)
    if (!sm_cache_put (writer->cache, g_ptr_array_index (page->rows, i), SM_LIVE, error))
      return FALSE;
  return writer_note_contact (writer, error)
         && sm_cache_set_tick (writer->cache, noun, page->tick, error);
}

/* What of the page differs from what is in the cache. */
static LivePage
sift (SmSyncWriter   *writer,
      const LivePage *page)
{
  SmLiveMemory **memory = &writer->memories[page->from.noun];
  LivePage news = { .from = page->from, .tick = page->tick };

  if (*memory == NULL)
    *memory = sm_live_memory_new ();
  if (page->batch != NULL)
    news.batch = sm_live_memory_sift_vehicles (*memory, page->batch);
  else
    news.rows = sm_live_memory_sift_rows (*memory, page->rows);
  return news;
}

static void
live_page_clear (LivePage *page)
{
  g_clear_pointer (&page->batch, sm_vehicle_batch_unref);
  g_clear_pointer (&page->rows, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LivePage, live_page_clear)

static gboolean
write_live_job (SmSyncWriter   *writer,
                gpointer  data,
                GError  **error)
{
  const LivePage *page = data;
  g_auto (LivePage) news = { 0 };

  /* Asked for as what came after the tick of a copy that is no more: the new
   * one needs everything, and gets it with the next question. */
  if (page->from.copy != writer->copy)
    return TRUE;
  news = sift (writer, page);
  if (!sm_cache_begin (writer->cache, error) || !write_live (writer, &news, error)
      || !sm_cache_commit (writer->cache, error))
    return FALSE;
  /* In this thread, where changes are told, too: what is said of a thing never
   * comes behind that it is gone. */
  if (news.batch != NULL && news.batch->columns.n > 0)
    post_vehicles (writer->sync, news.batch);
  else if (news.rows != NULL)
    post_rows (writer->sync, sm_noun_get (news.from.noun), news.rows);
  return TRUE;
}

/** sm_sync_write_vehicles: Writes and tells what is news of @batch. */
gboolean
sm_sync_write_vehicles (SmSync          *self,
                        SmSyncTick       from,
                        SmVehicleBatch  *batch,
                        GError         **error)
{
  return sm_sync_write (self, write_live_job, &(LivePage){ from, batch, NULL, batch->tick },
                        error);
}

/** sm_sync_write_live: Likewise of @rows. */
gboolean
sm_sync_write_live (SmSync      *self,
                    SmSyncTick   from,
                    GPtrArray   *rows,
                    gint64       tick,
                    GError     **error)
{
  return sm_sync_write (self, write_live_job, &(LivePage){ from, NULL, rows, tick }, error);
}

typedef struct
{
  const char *name;
  const char *value;
} Meta;

static gboolean
write_meta_job (SmSyncWriter   *writer,
                gpointer  data,
                GError  **error)
{
  const Meta *meta = data;

  return sm_cache_set_meta (writer->cache, meta->name, meta->value, error);
}

/* Keeps a text of the network beside its rows. */
gboolean
sm_sync_write_meta (SmSync      *self,
                    const char  *name,
                    const char  *value,
                    GError     **error)
{
  return sm_sync_write (self, write_meta_job, &(Meta){ name, value }, error);
}

static gboolean
keep_history (SmSyncWriter  *writer,
              GPtrArray     *rows,
              GError       **error)
{
  for (guint i = 0; i < rows->len; i++)
    if (!sm_cache_put (writer->cache, g_ptr_array_index (rows, i), SM_RECORD, error))
      return FALSE;
  return sm_cache_trim_history (writer->cache, sm_row_get_noun (g_ptr_array_index (rows, 0)),
                                error);
}

static gboolean
keep_history_job (SmSyncWriter  *writer,
                  gpointer       data,
                  GError       **error)
{
  return sm_cache_begin (writer->cache, error) && keep_history (writer, data, error)
         && sm_cache_commit (writer->cache, error);
}

/* Keeps what was read of a history: rows of one noun. */
gboolean
sm_sync_keep_history (SmSync     *self,
                      GPtrArray  *rows,
                      GError    **error)
{
  return sm_sync_write (self, keep_history_job, rows, error);
}
