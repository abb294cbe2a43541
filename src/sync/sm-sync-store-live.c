/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-private.h"
#include "sm-sync-writer-private.h"

/* What is written into the cache beside the record: live values, what was read
 * of histories, and texts of the network. */

typedef struct
{
  SmSyncTick from;
  SmVehicleBatch *batch; /* or */
  GPtrArray *rows;
  gint64 tick;
  gboolean is_sifted; /* batch or rows are what differs, and the page's own */
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

/* Leaves of the page what differs from what is in the cache. */
static void
sift (SmSyncWriter *writer,
      LivePage     *page)
{
  SmLiveMemory **memory = &writer->memories[page->from.noun];

  if (*memory == NULL)
    *memory = sm_live_memory_new ();
  if (page->batch != NULL)
    page->batch = sm_live_memory_sift_vehicles (*memory, page->batch);
  else
    page->rows = sm_live_memory_sift_rows (*memory, page->rows);
  page->is_sifted = TRUE;
}

static gboolean
write_live_job (SmSyncWriter   *writer,
                gpointer  data,
                GError  **error)
{
  LivePage *page = data;

  /* Asked for as what came after the tick of a copy that is no more: the new
   * one needs everything, and gets it with the next question. */
  if (page->from.copy != writer->copy
      || page->tick == sm_cache_get_tick (writer->cache, sm_noun_get (page->from.noun)))
    return TRUE;
  sift (writer, page);
  return sm_cache_begin (writer->cache, error) && write_live (writer, page, error)
         && sm_cache_commit (writer->cache, error);
}

/**
 * sm_sync_write_vehicles:
 *
 * Returns: (transfer full) (nullable): what is news of @batch, which is written
 */
SmVehicleBatch *
sm_sync_write_vehicles (SmSync          *self,
                        SmSyncTick       from,
                        SmVehicleBatch  *batch,
                        GError         **error)
{
  LivePage page = { from, batch, NULL, batch->tick, FALSE };
  gboolean is_written = sm_sync_write (self, write_live_job, &page, error);

  if (!page.is_sifted)
    return is_written ? sm_vehicle_batch_ref (batch) : NULL;
  if (!is_written)
    g_clear_pointer (&page.batch, sm_vehicle_batch_unref);
  return page.batch;
}

/** sm_sync_write_live: Returns: (transfer full) (nullable): likewise of @rows */
GPtrArray *
sm_sync_write_live (SmSync      *self,
                    SmSyncTick   from,
                    GPtrArray   *rows,
                    gint64       tick,
                    GError     **error)
{
  LivePage page = { from, NULL, rows, tick, FALSE };
  gboolean is_written = sm_sync_write (self, write_live_job, &page, error);

  if (!page.is_sifted)
    return is_written ? g_ptr_array_ref (rows) : NULL;
  if (!is_written)
    g_clear_pointer (&page.rows, g_ptr_array_unref);
  return page.rows;
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
