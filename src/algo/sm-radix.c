/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-radix.h"

#include <math.h>
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
