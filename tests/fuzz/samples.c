/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-samples.h"

/* An hour of telemetry as it lies in a file that may be damaged. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (SmSample));
  g_autoptr (GArray) again = g_array_new (FALSE, FALSE, sizeof (SmSample));
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  if (!sm_samples_read (data, size, samples))
    return 0;
  for (guint i = 0; i < samples->len; i++)
    sm_samples_append (packed, &g_array_index (samples, SmSample, i),
                       i > 0 && !g_array_index (samples, SmSample, i).is_late
                           ? &g_array_index (samples, SmSample, i - 1)
                           : NULL);
  g_assert_true (sm_samples_read (packed->data, packed->len, again));
  g_assert_cmpuint (again->len, ==, samples->len);
  for (guint i = 0; i < samples->len; i++)
    g_assert_cmpmem (&g_array_index (again, SmSample, i), sizeof (SmSample),
                     &g_array_index (samples, SmSample, i), sizeof (SmSample));
  return 0;
}
