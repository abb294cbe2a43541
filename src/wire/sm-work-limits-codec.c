/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-limits-codec.h"

#include "sm-json-guard.h"
#include "sm-time.h"

/** sm_work_limits_write: As an object; those that are SM_UNKNOWN are not said. */
void
sm_work_limits_write (SmJsonWriter       *writer,
                      const SmWorkLimits *limits)
{
  sm_json_writer_begin_object (writer);
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    {
      if (limits->minutes[i] == SM_UNKNOWN)
        continue;
      sm_json_writer_name (writer, sm_work_limits[i].name);
      sm_json_writer_int (writer, limits->minutes[i]);
    }
  if (limits->rev != SM_UNKNOWN)
    {
      sm_json_writer_name (writer, "rev");
      sm_json_writer_int (writer, limits->rev);
    }
  sm_json_writer_end_object (writer);
}

/** sm_work_limits_read: What is not said is as it is until somebody sets it. */
gboolean
sm_work_limits_read (SmJsonReader  *reader,
                     SmWorkLimits  *limits,
                     GError       **error)
{
  const char *name;

  sm_work_limits_init (limits);
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      guint i = 0;

      while (i < SM_WORK_N_LIMITS && !g_str_equal (sm_work_limits[i].name, name))
        i++;
      if (i < SM_WORK_N_LIMITS)
        limits->minutes[i] = sm_json_reader_read_int (reader, sm_work_limits[i].least,
                                                      sm_work_limits[i].most);
      else if (g_str_equal (name, "rev"))
        limits->rev = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
      else
        sm_json_reader_skip_value (reader);
    }
  return sm_json_reader_finish (reader, error);
}
