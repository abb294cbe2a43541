/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-radix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BITS 11
#define BUCKETS (1u << BITS)
#define PASSES 3

/** sm_key_of_real: Returns: a key in the order of @value as a float; NAN is not known */
guint32
sm_key_of_real (double   value,
                gboolean descending)
{
  float narrow = (float) value;
  guint32 bits;

  if (isnan (narrow))
    return SM_KEY_UNKNOWN;
  memcpy (&bits, &narrow, sizeof bits);
  bits ^= (bits & 0x80000000u) != 0 ? 0xffffffffu : 0x80000000u;
  return MIN (descending ? ~bits : bits, SM_KEY_UNKNOWN - 1);
}

/** sm_key_of_int: Returns: a key in the order of @value, which is cut to 0 ... 2^32 - 2 */
guint32
sm_key_of_int (gint64   value,
               gboolean descending)
{
  guint32 key = (guint32) CLAMP (value, 0, (gint64) SM_KEY_UNKNOWN - 1);

  return descending ? SM_KEY_UNKNOWN - 1 - key : key;
}

static void
sort_pass (const SmKeyed *from,
           SmKeyed       *to,
           guint          n,
           guint          shift)
{
  guint starts[BUCKETS] = { 0 };
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    starts[(from[i].key >> shift) & (BUCKETS - 1)]++;
  for (guint i = 0; i < BUCKETS; i++)
    {
      guint count = starts[i];

      starts[i] = sum;
      sum += count;
    }
  for (guint i = 0; i < n; i++)
    to[starts[(from[i].key >> shift) & (BUCKETS - 1)]++] = from[i];
}

/** sm_radix_sort: Sorts by key; what has equal keys keeps its order. */
void
sm_radix_sort (SmKeyed *items,
               guint    n)
{
  g_autofree SmKeyed *other = g_new (SmKeyed, MAX (n, 1));
  SmKeyed *from = items, *to = other;

  for (guint pass = 0; pass < PASSES; pass++)
    {
      SmKeyed *swap = from;

      sort_pass (from, to, n, pass * BITS);
      from = to;
      to = swap;
    }
  memcpy (items, from, n * sizeof *items);
}

/* The first so many bytes of texts are sorted by, eight at a time; plates and
 * serial numbers have fewer. */
#define TEXT_CHUNK 8
#define TEXT_CHUNKS 3

typedef struct
{
  guint64 key;
  guint32 index;
} Chunk;

/* The bytes from @at on, the first the highest; zeros behind the end. */
static guint64
chunk_of (const char *text,
          gsize       length,
          gsize       at)
{
  guint64 bytes = 0;

  if (at < length)
    memcpy (&bytes, text + at, MIN (length - at, TEXT_CHUNK));
  return GUINT64_FROM_BE (bytes);
}

static void
sort_byte (const Chunk *from,
           Chunk       *to,
           guint        n,
           guint        shift)
{
  guint starts[256] = { 0 };
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    starts[(from[i].key >> shift) & 0xff]++;
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      guint count = starts[i];

      starts[i] = sum;
      sum += count;
    }
  for (guint i = 0; i < n; i++)
    to[starts[(from[i].key >> shift) & 0xff]++] = from[i];
}

/* Returns: the one of both that holds the sorted chunks.  A byte that all have
 * in common is left out. */
static Chunk *
sort_chunks (Chunk *chunks,
             Chunk *other,
             guint  n)
{
  guint64 varies = 0;

  for (guint i = 1; i < n; i++)
    varies |= chunks[i].key ^ chunks[0].key;
  for (guint shift = 0; shift < 64; shift += 8)
    {
      Chunk *swap = chunks;

      if (((varies >> shift) & 0xff) == 0)
        continue;
      sort_byte (chunks, other, n, shift);
      chunks = other;
      other = swap;
    }
  return chunks;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const char *const *texts = user_data;
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  int order = strcmp (texts[x], texts[y]);

  return order != 0 ? order : (x > y) - (x < y);
}

/* Of those that begin alike, by what is behind. */
static void
sort_long_texts (const char *const *texts,
                 guint              n,
                 guint32           *order)
{
  const gsize begin = TEXT_CHUNK * TEXT_CHUNKS;

  for (guint first = 0, end; first < n; first = end)
    {
      for (end = first + 1; end < n && texts[order[first]] != NULL && texts[order[end]] != NULL
                            && strncmp (texts[order[first]], texts[order[end]], begin) == 0;)
        end++;
      if (end - first > 1 && strnlen (texts[order[first]], begin) == begin)
        g_qsort_with_data (order + first, (int) (end - first), sizeof *order, compare_texts,
                           (gpointer) texts);
    }
}

/**
 * sm_radix_sort_texts:
 * @texts: (array length=n): a text each, or %NULL
 * @order: (out caller-allocates) (array length=n): the places in @texts
 *
 * Sorts as strcmp() does; equal texts keep their order, and none comes last.
 */
void
sm_radix_sort_texts (const char *const *texts,
                     guint              n,
                     guint32           *order)
{
  g_autofree Chunk *chunks = g_new (Chunk, MAX (n, 1));
  g_autofree Chunk *other = g_new (Chunk, MAX (n, 1));
  g_autofree guint8 *lengths = g_new (guint8, MAX (n, 1));
  guint n_texts = 0;

  for (guint i = 0; i < n; i++)
    if (texts[i] != NULL)
      {
        lengths[i] = (guint8) strnlen (texts[i], TEXT_CHUNK * TEXT_CHUNKS);
        chunks[n_texts++].index = i;
      }
  for (guint chunk = TEXT_CHUNKS; chunk-- > 0;)
    {
      Chunk *sorted;

      for (guint i = 0; i < n_texts; i++)
        chunks[i].key = chunk_of (texts[chunks[i].index], lengths[chunks[i].index],
                                  chunk * TEXT_CHUNK);
      sorted = sort_chunks (chunks, other, n_texts);
      if (sorted != chunks)
        memcpy (chunks, sorted, n_texts * sizeof *chunks);
    }
  for (guint i = 0; i < n_texts; i++)
    order[i] = chunks[i].index;
  sort_long_texts (texts, n_texts, order);
  for (guint i = 0, last = n_texts; i < n; i++)
    if (texts[i] == NULL)
      order[last++] = i;
}
