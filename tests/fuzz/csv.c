/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-csv.h"

static void
look_at (const SmCsvRow *row)
{
  g_assert_cmpuint (row->line, >, 0);
  g_assert_cmpuint (row->n_fields, <=, SM_CSV_MAX_FIELDS);
  if (row->problem == NULL)
    for (guint i = 0; i < row->n_fields; i++)
      g_assert_true (g_utf8_validate (row->fields[i], -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  FuzzPieces pieces = { data, size };
  g_autoptr (SmCsvReader) reader = sm_csv_reader_new (fuzz_fill, &pieces);
  g_autoptr (GError) error = NULL;
  const SmCsvRow *row = NULL;
  gsize n = 0;

  while (sm_csv_reader_next (reader, &row, &error) && row != NULL)
    {
      look_at (row);
      g_assert_cmpuint (++n, <=, size);
    }
  return 0;
}
