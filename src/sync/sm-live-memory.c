/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-live-memory.h"

#include <string.h>

/*
 * A table of ids by open addressing: 16 bytes a thing, half of them in use at
 * most.  That two different states of one thing have the same 64 bits happens
 * once in 10^19 changes, and is over with the next change.
 */

typedef struct
{
  gint64 id;      /* 0: free; ids begin at 1 */
  guint64 digest; /* or one of these */
} Slot;

#define UNKNOWN 0
#define REMOVED 1
#define FIRST_DIGEST 2

struct _SmLiveMemory
{
  Slot *slots;
  guint size; /* a power of two */
  guint n;
};

#define FIRST_SIZE 64

SmLiveMemory *
sm_live_memory_new (void)
{
  SmLiveMemory *self = g_new0 (SmLiveMemory, 1);

  self->size = FIRST_SIZE;
  self->slots = g_new0 (Slot, self->size);
  return self;
}

void
sm_live_memory_free (SmLiveMemory *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->slots);
  g_free (self);
}

/** sm_live_memory_clear: Forgets what was said: whatever comes next is new, of what is not gone. */
void
sm_live_memory_clear (SmLiveMemory *self)
{
  for (guint i = 0; i < self->size; i++)
    if (self->slots[i].digest != REMOVED)
      self->slots[i].digest = UNKNOWN;
}

/* Every bit of @value reaches every bit of what comes out. */
static inline guint64
mix (guint64 digest,
     guint64 value)
{
  digest = (digest ^ value) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  digest ^= digest >> 32;
  digest *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return digest ^ (digest >> 29);
}

static inline guint64
mix_real (guint64 digest,
          double  value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  return mix (digest, bits);
}

static guint64
mix_text (guint64     digest,
          const char *text)
{
  gsize length = strlen (text);
  guint64 word = 0;

  for (; length > sizeof word; text += sizeof word, length -= sizeof word)
    {
      memcpy (&word, text, sizeof word);
      digest = mix (digest, word);
    }
  word = 0;
  memcpy (&word, text, length);
  return mix (mix (digest, word), length);
}

static Slot *
find_slot (Slot   *slots,
           guint   size,
           gint64  id)
{
  guint i = (guint) mix (0, (guint64) id) & (size - 1);

  while (slots[i].id != 0 && slots[i].id != id)
    i = (i + 1) & (size - 1);
  return &slots[i];
}

static void
grow (SmLiveMemory *self)
{
  guint size = self->size * 2;
  Slot *slots = g_new0 (Slot, size);

  for (guint i = 0; i < self->size; i++)
    if (self->slots[i].id != 0)
      *find_slot (slots, size, self->slots[i].id) = self->slots[i];
  g_free (self->slots);
  self->slots = slots;
  self->size = size;
}

static void
put (SmLiveMemory *self,
     gint64        id,
     guint64       digest)
{
  Slot *slot = find_slot (self->slots, self->size, id);

  if (slot->id == 0)
    self->n++;
  *slot = (Slot){ id, digest };
  if (self->n * 2 > self->size)
    grow (self);
}

/** sm_live_memory_forget: Whatever is said next of @id is new. */
void
sm_live_memory_forget (SmLiveMemory *self,
                       gint64        id)
{
  find_slot (self->slots, self->size, id)->digest = UNKNOWN;
}

/**
 * sm_live_memory_remove:
 *
 * There is no @id any more.  What is still said of it was on its way: the feeds
 * come by wires of their own, and one that was asked before may answer after.
 */
void
sm_live_memory_remove (SmLiveMemory *self,
                       gint64        id)
{
  put (self, id, REMOVED);
}

/** sm_live_memory_expect: There is @id, again or still. */
void
sm_live_memory_expect (SmLiveMemory *self,
                       gint64        id)
{
  Slot *slot = find_slot (self->slots, self->size, id);

  if (slot->digest == REMOVED)
    slot->digest = UNKNOWN;
}

/* Whether that is news of @id; it is not, the next time. */
static gboolean
note (SmLiveMemory *self,
      gint64        id,
      guint64       digest)
{
  Slot *slot = find_slot (self->slots, self->size, id);

  digest = MAX (digest, FIRST_DIGEST);
  if (slot->id == id && (slot->digest == digest || slot->digest == REMOVED))
    return FALSE;
  put (self, id, digest);
  return TRUE;
}

static guint64
vehicle_digest (const SmVehicleColumns *c,
                guint                   i)
{
  guint64 digest = mix (0, (guint64) c->at[i].x << 32 | c->at[i].y);

  digest = mix (digest, (guint64) c->heading[i] << 40 | (guint64) c->motion[i] << 32
                            | (guint64) c->energy[i] << 24 | (guint64) c->connection[i] << 16
                            | (guint64) c->queue[i] << 8 | c->reach[i]);
  digest = mix_real (digest, c->speed_kmh[i]);
  digest = mix_real (digest, c->soc[i]);
  digest = mix_real (digest, c->temperature_c[i]);
  digest = mix (digest, (guint64) c->reported_at[i]);
  digest = mix (digest, (guint64) c->battery_id[i]);
  digest = mix (digest, (guint64) c->range_m[i]);
  digest = mix (digest, (guint64) c->station_id[i]);
  digest = mix (digest, (guint64) c->queue_since[i]);
  digest = mix (digest, (guint64) c->eta[i]);
  digest = mix_real (digest, c->insulation_ohm_per_v[i]);
  return mix_real (digest, c->spread_mv[i]);
}

/**
 * sm_live_memory_sift_vehicles:
 *
 * Returns: (transfer full): of @batch what is not known yet: @batch itself when
 *   that is all of it; it is known from now on
 */
SmVehicleBatch *
sm_live_memory_sift_vehicles (SmLiveMemory   *self,
                              SmVehicleBatch *batch)
{
  const SmVehicleColumns *columns = &batch->columns;
  g_autofree guint *news = g_new (guint, MAX (columns->n, 1));
  SmVehicleBatch *sifted;
  guint n = 0;

  for (guint i = 0; i < columns->n; i++)
    if (note (self, columns->id[i], vehicle_digest (columns, i)))
      news[n++] = i;
  if (n == columns->n)
    return sm_vehicle_batch_ref (batch);
  sifted = sm_vehicle_batch_new (n);
  sifted->tick = batch->tick;
  for (guint i = 0; i < n; i++)
    sm_vehicle_columns_copy (&sifted->columns, i, columns, news[i]);
  return sifted;
}

static guint64
row_digest (const SmRow *row)
{
  const SmNoun *noun = sm_row_get_noun (row);
  guint64 digest = 0;

  for (guint i = 0; i < noun->n_fields; i++)
    {
      if (noun->fields[i].klass != SM_LIVE)
        continue;
      if (sm_row_is_null (row, i))
        digest = mix (digest, G_MAXUINT64);
      else if (noun->fields[i].kind == SM_KIND_REAL)
        digest = mix_real (digest, sm_row_get_real (row, i));
      else if (sm_kind_is_text (noun->fields[i].kind))
        digest = mix_text (digest, sm_row_get_text (row, i));
      else
        digest = mix (digest, (guint64) sm_row_get_int (row, i));
    }
  return digest;
}

/** sm_live_memory_sift_rows: Likewise of rows of id and live fields. */
GPtrArray *
sm_live_memory_sift_rows (SmLiveMemory *self,
                          GPtrArray    *rows)
{
  GPtrArray *sifted = g_ptr_array_new_full (rows->len, (GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);

      if (note (self, sm_row_get_id (row), row_digest (row)))
        g_ptr_array_add (sifted, sm_row_ref (row));
    }
  return sifted;
}
