/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-past-codec.h"

static char *
write_again (const SmPast *past)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_past_write (writer, past);
  return sm_json_writer_end (writer);
}

/* What was read is written, and read again, as the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  const SmNoun *noun = sm_noun_get (size % 2 == 0 ? SM_NOUN_VEHICLE : SM_NOUN_STATION);
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmPast) past = sm_past_read_json (reader, noun, &error);

  g_assert_true ((past != NULL) == (error == NULL));
  if (past != NULL)
    {
      g_autofree char *text = write_again (past);
      g_autoptr (SmJsonReader) again = sm_json_reader_new_for_data (text, strlen (text));
      g_autoptr (SmPast) back = sm_past_read_json (again, noun, &error);
      g_autofree char *text_again = NULL;

      g_assert_no_error (error);
      text_again = write_again (back);
      g_assert_cmpstr (text, ==, text_again);
      for (gint64 at = past->from; at <= past->to; at += MAX (1, (past->to - past->from) / 3))
        {
          g_autoptr (GPtrArray) alarms = sm_past_alarms_at (past, at);
          g_autoptr (GArray) events = sm_past_list_events (past);

          sm_past_value_at (past, 0, at, NULL);
          if (at > G_MAXINT64 / 2)
            break;
        }
    }
  return 0;
}
