/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-json-guard.h"
#include "sm-json-reader.h"

/* The reader of pieces and the reader of the whole say the same. */
static void
read_in_pieces (const guint8 *data,
                size_t        size,
                gboolean      is_good)
{
  FuzzPieces pieces = { data, size };
  g_autoptr (SmJsonReader) reader = sm_json_reader_new (fuzz_fill, &pieces, SM_JSON_MAX_BYTES);

  sm_json_reader_skip_value (reader);
  g_assert_true (sm_json_reader_finish (reader, NULL) == is_good);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  const char *text = (const char *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, size);
  g_autofree char *raw = sm_json_reader_read_raw (reader);
  gboolean is_good = sm_json_guard_check (text, size, &error);
  g_autoptr (JsonNode) node = NULL;

  /* All agree, and what is refused is refused with a reason. */
  g_assert_true (is_good == sm_json_reader_finish (reader, NULL));
  g_assert_true (is_good == (error == NULL));
  g_assert_true (!is_good || raw != NULL);
  node = sm_json_parse (text, size, NULL);
  g_assert_true (is_good || node == NULL);
  if (is_good)
    g_assert_true (sm_json_guard_check (raw, strlen (raw), NULL));
  read_in_pieces (data, size, is_good);
  return 0;
}
