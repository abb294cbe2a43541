/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-checklist-file.h"

#include <string.h>

/* What was taken is written as a file that says the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_checklist_file_read ((const char *) data, size, &error);
  g_autoptr (SmRow) again = NULL;
  g_autofree char *text = NULL;

  g_assert_true ((row == NULL) == (error != NULL));
  if (row == NULL)
    return 0;
  text = sm_checklist_file_write (row);
  again = sm_checklist_file_read (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_true (sm_row_equal (row, again));
  return 0;
}
