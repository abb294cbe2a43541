/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-stats-codec.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  gboolean is_day = fuzz_take_choice (&data, &size, 2) == 1;
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  SmStatsNow stats;
  SmStationDay day;
  gboolean is_good = is_day ? sm_station_day_read (reader, 20261121, &day, &error)
                            : sm_stats_now_read (reader, &stats, &error);

  g_assert_true (is_good == (error == NULL));
  if (is_good && !is_day)
    {
      g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
      g_autofree char *text = NULL;

      sm_stats_now_write (writer, &stats);
      text = sm_json_writer_end (writer);
      g_assert_nonnull (text);
    }
  return 0;
}
