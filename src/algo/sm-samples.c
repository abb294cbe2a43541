/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-samples.h"

/*
 * Samples, packed: of each what changed since the one before, small numbers in
 * few bytes.  A sample that begins anew says everything, so that packed
 * stretches can be put one behind the other as they are.  They need not be in
 * order: what came late says so by a moment before the epoch, which nothing
 * else is of.
 */

/* No moment that anybody means is further away; what is damaged may say so. */
#define LAST_S (G_GINT64_CONSTANT (1) << 40)
#define ANEW 0x80

/** sm_packed_put: Seven bits a byte, the sign in the lowest: small either way. */
void
sm_packed_put (GByteArray *packed,
               gint64      value)
{
  guint64 bits = ((guint64) value << 1) ^ (guint64) (value >> 63);

  do
    {
      guint8 byte = (guint8) ((bits & 0x7f) | (bits > 0x7f ? 0x80 : 0));

      g_byte_array_append (packed, &byte, 1);
      bits >>= 7;
    }
  while (bits != 0);
}

/** sm_packed_get: Returns: FALSE at the end, or when this is no number */
gboolean
sm_packed_get (const guint8 **inout_at,
               const guint8  *end,
               gint64        *out_value)
{
  guint64 bits = 0;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      guint8 byte;

      if (*inout_at >= end)
        return FALSE;
      byte = *(*inout_at)++;
      bits |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        {
          *out_value = (gint64) (bits >> 1) ^ -(gint64) (bits & 1);
          return TRUE;
        }
    }
  return FALSE;
}

static gint64
difference (gint32 value,
            gint32 before)
{
  return (gint64) value - before;
}

/**
 * sm_samples_append:
 * @before: (nullable): the one that was appended last; NULL to begin anew, as what is
 *   late does
 */
void
sm_samples_append (GByteArray     *packed,
                   const SmSample *sample,
                   const SmSample *before)
{
  static const SmSample nothing = { 0 };
  guint8 mask = before == NULL ? ANEW : 0;

  if (before == NULL)
    before = &nothing;
  g_return_if_fail (before == &nothing || !sample->is_late);
  for (guint i = 0; i < SM_SAMPLE_CHANNELS; i++)
    if (sample->values[i] != before->values[i])
      mask |= (guint8) (1 << i);
  g_byte_array_append (packed, &mask, 1);
  sm_packed_put (packed, sample->is_late ? -sample->at_s : sample->at_s - before->at_s);
  for (guint i = 0; i < SM_SAMPLE_CHANNELS; i++)
    if (mask & (1 << i))
      sm_packed_put (packed, difference (sample->values[i], before->values[i]));
}

/**
 * sm_samples_read:
 * @samples: of SmSample; what could be read is appended
 *
 * Returns: FALSE when the rest cannot be read
 */
gboolean
sm_samples_read (const guint8 *packed,
                 gsize         length,
                 GArray       *samples)
{
  const guint8 *at = packed, *end = length > 0 ? packed + length : packed; /* NULL: nothing */
  SmSample sample = { 0 };

  while (at < end)
    {
      guint8 mask = *at++;
      gint64 value;

      if (mask & ANEW)
        sample = (SmSample){ 0 };
      if (!sm_packed_get (&at, end, &value) || __builtin_add_overflow (sample.at_s, value, &sample.at_s)
          || sample.at_s > LAST_S || sample.at_s < ((mask & ANEW) != 0 ? -LAST_S : 0))
        return FALSE;
      for (guint i = 0; i < SM_SAMPLE_CHANNELS; i++)
        if (mask & (1 << i))
          {
            if (!sm_packed_get (&at, end, &value)
                || __builtin_add_overflow (sample.values[i], value, &sample.values[i]))
              return FALSE;
          }
      sample.is_late = (mask & ANEW) != 0 && sample.at_s < 0;
      if (sample.is_late)
        sample.at_s = -sample.at_s;
      g_array_append_val (samples, sample);
    }
  return TRUE;
}
