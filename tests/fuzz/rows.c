/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-row-codec.h"

static SmRow *
read_row (const char   *text,
          gsize         length,
          const SmNoun *noun)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, length);
  g_autoptr (GError) error = NULL;
  SmRow *row = sm_row_read (reader, noun, &error);

  g_assert_true ((row == NULL) == (error != NULL));
  return row;
}

static char *
write_row (const SmRow *row)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_row_write (writer, row, SM_ROW_RECORD | SM_ROW_LIVE);
  return sm_json_writer_end (writer);
}

/* What was read and is written is read again as the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  const SmNoun *noun = sm_noun_get (fuzz_take_choice (&data, &size, SM_N_NOUNS));
  g_autoptr (SmRow) row = read_row ((const char *) data, size, noun);
  g_autoptr (SmRow) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  if (row == NULL)
    return 0;
  text = write_row (row);
  again = read_row (text, strlen (text), noun);
  g_assert_nonnull (again);
  text_again = write_row (again);
  g_assert_cmpstr (text_again, ==, text);
  return 0;
}
