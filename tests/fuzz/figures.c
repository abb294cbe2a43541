/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-alarm-figures-codec.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmAlarmFigures) figures = sm_alarm_figures_read (reader, &error);
  guint bad;

  g_assert_true ((figures != NULL) == (error == NULL));
  if (figures != NULL)
    {
      g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
      g_autofree char *text = NULL;

      g_assert_true (sm_alarm_targets_is_valid (&figures->targets, &bad));
      sm_alarm_figures_write (writer, figures);
      text = sm_json_writer_end (writer);
      g_assert_nonnull (text);
    }
  return 0;
}
