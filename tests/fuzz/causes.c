/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-causes-codec.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) causes = sm_causes_read (reader, &error);

  g_assert_true ((causes != NULL) == (error == NULL));
  if (causes != NULL)
    {
      g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
      g_autofree char *text = NULL;
      g_autoptr (SmJsonReader) again = NULL;
      g_autoptr (GPtrArray) back = NULL;

      sm_causes_write (writer, 1, causes);
      text = sm_json_writer_end (writer);
      again = sm_json_reader_new_for_data (text, strlen (text));
      back = sm_causes_read (again, NULL);
      g_assert_nonnull (back);
      g_assert_cmpuint (back->len, ==, causes->len);
    }
  return 0;
}
