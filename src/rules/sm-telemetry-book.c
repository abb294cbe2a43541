/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-telemetry-private.h"

#include "sm-telemetry-file.h"
#include "sm-time.h"

#include <math.h>

/* A sample at least that often while something changes, network time at rate
 * 1; and while nothing does. */
#define PERIOD_S 60
#define STILL_PERIOD_S 900

/* A turn. */
#define TURN_DEG 30.0

/* So many blobs are written with a tick: an hour of everything in two minutes. */
#define WRITES_A_TICK 400

#define HOUR_S 3600
#define QUARTER_S 900

typedef struct
{
  gint32 least, most;
  gint64 sum;
  guint n;
} Extremes;

typedef struct
{
  SmNounId noun;
  gint64 id;
  gint64 hour;        /* that is going on; -1: none */
  GByteArray *packed; /* its samples */
  gboolean has_last;
  SmSample last;      /* that was kept */
  double heading_deg; /* at that moment */
  gint64 quarter_s;
  Extremes extremes[SM_SAMPLE_CHANNELS];
  GByteArray *quarters; /* of the hour, those that are over */
} Item;

typedef struct
{
  SmTelemetryTable table;
  SmNounId noun;
  gint64 id, hour;
  GBytes *data;
} Pending;

struct _SmTelemetryBook
{
  char *path;
  SmConnection *file;
  GMutex mutex;      /* over what follows */
  GHashTable *items; /* &key -> Item */
  GQueue pending;    /* of Pending */
  guint sweep;
  gint64 pruned_hour; /* of the network */
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_byte_array_unref (item->packed);
  g_byte_array_unref (item->quarters);
  g_free (item);
}

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_bytes_unref (pending->data);
  g_free (pending);
}

SmTelemetryBook *
sm_telemetry_book_new (const char  *path,
                       GError     **error)
{
  SmConnection *file = sm_telemetry_file_open (path, error);
  SmTelemetryBook *self;

  if (file == NULL)
    return NULL;
  self = g_new0 (SmTelemetryBook, 1);
  self->path = g_strdup (path);
  self->file = file;
  g_mutex_init (&self->mutex);
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, item_free);
  g_queue_init (&self->pending);
  return self;
}

/** sm_telemetry_book_get_file: Returns: (transfer none): for the writer's thread only */
SmConnection *
sm_telemetry_book_get_file (SmTelemetryBook *self)
{
  return self->file;
}

/** sm_telemetry_book_open_file: Returns: (transfer full) (nullable): to read from, in any thread */
SmConnection *
sm_telemetry_book_open_file (SmTelemetryBook  *self,
                             GError          **error)
{
  return sm_connection_open (self->path, SM_OPEN_READ_ONLY, error);
}

/* --- noting --- */

static Item *
ensure_item (SmTelemetryBook *self,
             SmNounId         noun,
             gint64           id)
{
  gint64 key = id * SM_N_NOUNS + noun;
  Item *item = g_hash_table_lookup (self->items, &key);

  if (item != NULL)
    return item;
  item = g_new0 (Item, 1);
  *item = (Item){ .noun = noun, .id = id, .hour = -1, .packed = g_byte_array_new (),
                  .quarters = g_byte_array_new (), .heading_deg = NAN };
  g_hash_table_insert (self->items, g_memdup2 (&key, sizeof key), item);
  return item;
}

static void
queue_blob (SmTelemetryBook  *self,
            SmTelemetryTable  table,
            const Item       *item,
            gint64            hour,
            GByteArray       *data)
{
  Pending *pending;

  if (data->len == 0)
    return;
  pending = g_new (Pending, 1);
  *pending = (Pending){ table, item->noun, item->id, hour, g_bytes_new (data->data, data->len) };
  g_queue_push_tail (&self->pending, pending);
  g_byte_array_set_size (data, 0);
}

static void
end_quarter (Item *item)
{
  guint8 place = (guint8) (item->quarter_s % HOUR_S / QUARTER_S);

  for (guint i = 0; i < SM_SAMPLE_CHANNELS; i++)
    {
      Extremes *extremes = &item->extremes[i];
      guint8 head = (guint8) (place << 4 | i);
      gint64 mean;

      if (extremes->n == 0)
        continue;
      mean = (gint64) floor ((double) extremes->sum / extremes->n + 0.5);
      g_byte_array_append (item->quarters, &head, 1);
      sm_packed_put (item->quarters, extremes->least);
      sm_packed_put (item->quarters, (gint64) extremes->most - extremes->least);
      sm_packed_put (item->quarters, mean - extremes->least);
      *extremes = (Extremes){ 0 };
    }
}

static void
end_hour (SmTelemetryBook *self,
          Item            *item)
{
  end_quarter (item);
  queue_blob (self, SM_TELEMETRY_SAMPLES, item, item->hour, item->packed);
  queue_blob (self, SM_TELEMETRY_QUARTERS, item, item->hour, item->quarters);
  item->hour = -1;
  item->has_last = FALSE;
}

static void
note_extremes (Item           *item,
               const SmSample *sample)
{
  guint n;
  const SmTelemetryChannel *channels = sm_telemetry_channels (item->noun, &n);
  gint64 quarter_s = sample->at_s - sample->at_s % QUARTER_S;

  if (quarter_s != item->quarter_s)
    end_quarter (item);
  item->quarter_s = quarter_s;
  for (guint i = 0; i < n; i++)
    {
      Extremes *extremes = &item->extremes[i];
      gint32 value = sample->values[i];

      if (!channels[i].has_quarters || value == SM_SAMPLE_UNKNOWN)
        continue;
      extremes->least = extremes->n == 0 ? value : MIN (extremes->least, value);
      extremes->most = extremes->n == 0 ? value : MAX (extremes->most, value);
      extremes->sum += value;
      extremes->n++;
    }
}

static gboolean
is_beyond_band (const Item     *item,
                const SmSample *sample)
{
  guint n;
  const SmTelemetryChannel *channels = sm_telemetry_channels (item->noun, &n);

  for (guint i = 0; i < n; i++)
    {
      gint32 now = sample->values[i], before = item->last.values[i];

      if (now == before || channels[i].band <= 0)
        continue;
      if (now == SM_SAMPLE_UNKNOWN || before == SM_SAMPLE_UNKNOWN
          || fabs ((double) now - before) >= channels[i].band * channels[i].scale)
        return TRUE;
    }
  return FALSE;
}

/* Start, turn, stop, out of the dead band, or long ago. */
static gboolean
is_worth_keeping (const Item     *item,
                  const SmSample *sample,
                  double          heading_deg,
                  double          rate)
{
  double age_s = (double) (sample->at_s - item->last.at_s);
  double turn = fabs (remainder (heading_deg - item->heading_deg, 360));

  if (!item->has_last || turn >= TURN_DEG || is_beyond_band (item, sample))
    return TRUE;
  if (age_s >= STILL_PERIOD_S * rate)
    return TRUE;
  return age_s >= PERIOD_S * rate
         && memcmp (sample->values, item->last.values, sizeof sample->values) != 0;
}

/* What comes late goes where it belongs, behind what stands there. */
static void
note_late (SmTelemetryBook *self,
           Item            *item,
           const SmSample  *sample)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  SmSample late = *sample;

  late.is_late = TRUE;
  sm_samples_append (packed, &late, NULL);
  queue_blob (self, SM_TELEMETRY_SAMPLES, item, sample->at_s / HOUR_S, packed);
}

/**
 * sm_telemetry_note:
 * @heading_deg: NAN: nothing that turns
 * @rate: how much faster than the machine's the network's time goes
 */
void
sm_telemetry_note (SmTelemetryBook *self,
                   SmNounId         noun,
                   gint64           id,
                   const SmSample  *sample,
                   double           heading_deg,
                   double           rate)
{
  gint64 hour = sample->at_s / HOUR_S;
  Item *item;

  g_mutex_lock (&self->mutex);
  item = ensure_item (self, noun, id);
  if (sample->is_late
      || (item->hour >= 0 && (hour < item->hour || (item->has_last && sample->at_s < item->last.at_s))))
    note_late (self, item, sample);
  else
    {
      if (hour != item->hour && item->hour >= 0)
        end_hour (self, item);
      item->hour = hour;
      note_extremes (item, sample);
      if (is_worth_keeping (item, sample, heading_deg, MAX (rate, 1)))
        {
          sm_samples_append (item->packed, sample, item->has_last ? &item->last : NULL);
          item->last = *sample;
          item->heading_deg = heading_deg;
          item->has_last = TRUE;
        }
    }
  g_mutex_unlock (&self->mutex);
}

/* --- writing --- */

/* What waits longest.  Returns: (transfer container): still waiting */
static GPtrArray *
take_some (SmTelemetryBook *self,
           guint            most)
{
  GPtrArray *some = g_ptr_array_new ();

  g_mutex_lock (&self->mutex);
  for (GList *l = self->pending.head; l != NULL && some->len < most; l = l->next)
    g_ptr_array_add (some, l->data);
  g_mutex_unlock (&self->mutex);
  return some;
}

static gboolean
add_some (SmTelemetryBook  *self,
          GPtrArray        *some,
          GError          **error)
{
  for (guint i = 0; i < some->len; i++)
    {
      const Pending *pending = some->pdata[i];
      gsize length;
      gconstpointer data = g_bytes_get_data (pending->data, &length);

      if (!sm_telemetry_file_add (self->file, pending->table, pending->noun, pending->id,
                                  pending->hour, data, length, error))
        return FALSE;
    }
  return TRUE;
}

/* It waits until it is written: a full disk has room again one day. */
static gboolean
write_some (SmTelemetryBook  *self,
            guint             most,
            GError          **error)
{
  g_autoptr (GPtrArray) some = take_some (self, most);

  if (some->len == 0)
    return TRUE;
  if (!sm_connection_begin (self->file, error))
    return FALSE;
  if (!add_some (self, some, error))
    {
      sm_connection_rollback (self->file);
      return FALSE;
    }
  if (!sm_connection_commit (self->file, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < some->len; i++)
    pending_free (g_queue_pop_head (&self->pending));
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/* Who says nothing any more still has an hour to be ended. */
static void
end_old_hours (SmTelemetryBook *self,
               gint64           hour)
{
  GHashTableIter iter;
  gpointer value;

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Item *) value)->hour >= 0 && ((Item *) value)->hour < hour)
      end_hour (self, value);
  g_mutex_unlock (&self->mutex);
}

/* Each hour of the network's, for by that it is kept, however fast it goes. */
static gboolean
prune (SmTelemetryBook  *self,
       gint64            network_now,
       GError          **error)
{
  gint64 hour = network_now / SM_HOUR;

  if (hour == self->pruned_hour)
    return TRUE;
  self->pruned_hour = hour;
  return sm_telemetry_file_prune (self->file, SM_TELEMETRY_SAMPLES,
                                  (network_now - SM_TELEMETRY_KEEP_SAMPLES) / SM_HOUR, error)
         && sm_telemetry_file_prune (self->file, SM_TELEMETRY_QUARTERS,
                                     (network_now - SM_TELEMETRY_KEEP_QUARTERS) / SM_HOUR, error);
}

/** sm_telemetry_tick: Every second of machine time: writes a share of what waits. */
gboolean
sm_telemetry_tick (SmTelemetryBook  *self,
                   gint64            network_now,
                   GError          **error)
{
  self->sweep++;
  if (self->sweep % 60 == 0)
    end_old_hours (self, network_now / SM_HOUR);
  if (!prune (self, network_now, error))
    return FALSE;
  return write_some (self, WRITES_A_TICK, error);
}

/** sm_telemetry_book_free: Writes everything. */
void
sm_telemetry_book_free (SmTelemetryBook *self)
{
  g_autoptr (GError) error = NULL;

  end_old_hours (self, G_MAXINT64);
  if (!write_some (self, G_MAXUINT, &error))
    g_info ("The last telemetry is lost: %s", error->message);
  g_queue_clear_full (&self->pending, pending_free);
  g_hash_table_unref (self->items);
  sm_connection_close (self->file);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

/* --- reading --- */

static void
read_quarters (const guint8 *at,
               gsize         length,
               gint64        hour,
               GArray       *quarters)
{
  const guint8 *end = at + length;

  while (at < end)
    {
      guint8 head = *at++;
      gint64 least, span, rise;
      SmTelemetryQuarter quarter;

      if (!sm_packed_get (&at, end, &least) || !sm_packed_get (&at, end, &span)
          || !sm_packed_get (&at, end, &rise))
        return;
      quarter = (SmTelemetryQuarter){ hour * HOUR_S + (head >> 4) * QUARTER_S, head & 0x0f,
                                      (gint32) least, (gint32) (least + span),
                                      (gint32) (least + rise) };
      g_array_append_val (quarters, quarter);
    }
}

/* What has not been written yet. */
static void
read_memory (SmTelemetryBook *self,
             SmNounId         noun,
             gint64           id,
             GArray          *samples,
             GArray          *quarters)
{
  gint64 key = id * SM_N_NOUNS + noun;
  const Item *item;

  g_mutex_lock (&self->mutex);
  for (GList *l = self->pending.head; l != NULL; l = l->next)
    {
      const Pending *pending = l->data;
      gsize length;
      gconstpointer data;

      if (pending->noun != noun || pending->id != id)
        continue;
      data = g_bytes_get_data (pending->data, &length);
      if (pending->table == SM_TELEMETRY_SAMPLES)
        sm_samples_read (data, length, samples);
      else
        read_quarters (data, length, pending->hour, quarters);
    }
  item = g_hash_table_lookup (self->items, &key);
  if (item != NULL)
    {
      sm_samples_read (item->packed->data, item->packed->len, samples);
      read_quarters (item->quarters->data, item->quarters->len, item->hour, quarters);
    }
  g_mutex_unlock (&self->mutex);
}

static gboolean
read_hours (SmConnection      *file,
            SmTelemetryTable   table,
            SmNounId           noun,
            gint64             id,
            gint64             from_s,
            gint64             to_s,
            GArray            *found,
            GError           **error)
{
  for (gint64 hour = from_s / HOUR_S; hour <= to_s / HOUR_S; hour++)
    {
      g_autoptr (GPtrArray) blobs
          = sm_telemetry_file_read (file, table, noun, id, hour, hour, error);
      gsize length;
      gconstpointer data;

      if (blobs == NULL)
        return FALSE;
      if (blobs->len == 0)
        continue;
      data = g_bytes_get_data (blobs->pdata[0], &length);
      if (table == SM_TELEMETRY_SAMPLES)
        sm_samples_read (data, length, found);
      else
        read_quarters (data, length, hour, found);
    }
  return TRUE;
}

/**
 * sm_telemetry_book_read:
 * @samples: of SmSample, in any order and over the whole of the hours
 * @quarters: of SmTelemetryQuarter, likewise
 *
 * In any thread.
 */
gboolean
sm_telemetry_book_read (SmTelemetryBook  *self,
                        SmNounId          noun,
                        gint64            id,
                        gint64            from_s,
                        gint64            to_s,
                        GArray           *samples,
                        GArray           *quarters,
                        GError          **error)
{
  g_autoptr (SmConnection) file = sm_telemetry_book_open_file (self, error);

  read_memory (self, noun, id, samples, quarters);
  return file != NULL
         && read_hours (file, SM_TELEMETRY_SAMPLES, noun, id, from_s, to_s, samples, error)
         && read_hours (file, SM_TELEMETRY_QUARTERS, noun, id, from_s, to_s, quarters, error);
}

/**
 * sm_telemetry_book_read_parts:
 * @file: of sm_telemetry_book_open_file(), for one thing after the other
 * @samples_from_s: from when on there are samples; quarters of an hour before
 *
 * In any thread, like sm_telemetry_book_read().
 */
gboolean
sm_telemetry_book_read_parts (SmTelemetryBook  *self,
                              SmConnection     *file,
                              SmNounId          noun,
                              gint64            id,
                              gint64            from_s,
                              gint64            samples_from_s,
                              gint64            to_s,
                              GArray           *samples,
                              GArray           *quarters,
                              GError          **error)
{
  read_memory (self, noun, id, samples, quarters);
  return read_hours (file, SM_TELEMETRY_QUARTERS, noun, id, from_s, samples_from_s, quarters,
                     error)
         && read_hours (file, SM_TELEMETRY_SAMPLES, noun, id, samples_from_s, to_s, samples,
                        error);
}
