/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-report-codec.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmReportBatch) batch = sm_reports_read (reader, &error);

  g_assert_true ((batch == NULL) == (error != NULL));
  if (batch != NULL)
    g_assert_cmpuint (batch->reports->len, ==, batch->indices->len);
  return 0;
}
