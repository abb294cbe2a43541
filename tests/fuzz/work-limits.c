/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-work-limits-codec.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  SmWorkLimits limits;

  if (!sm_work_limits_read (reader, &limits, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    {
      g_assert_cmpint (limits.minutes[i], >=, sm_work_limits[i].least);
      g_assert_cmpint (limits.minutes[i], <=, sm_work_limits[i].most);
    }
  return 0;
}
