/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-changes-codec.h"

static GPtrArray *
read_changes (const char  *text,
              gsize        length,
              char       **out_cursor,
              gboolean    *out_more)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, length);
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = sm_changes_read (reader, out_cursor, out_more, &error);

  g_assert_true ((changes == NULL) == (error != NULL));
  return changes;
}

/* What was read and is written is read again as the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *cursor = NULL;
  g_autofree char *text = NULL;
  g_autofree char *cursor_again = NULL;
  gboolean more, more_again;
  g_autoptr (GPtrArray) changes = read_changes ((const char *) data, size, &cursor, &more);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  if (changes == NULL)
    return 0;
  sm_changes_write (writer, changes, cursor, more);
  text = sm_json_writer_end (writer);
  again = read_changes (text, strlen (text), &cursor_again, &more_again);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->len, ==, changes->len);
  g_assert_cmpstr (cursor_again, ==, cursor);
  g_assert_cmpint (more_again, ==, more);
  return 0;
}
