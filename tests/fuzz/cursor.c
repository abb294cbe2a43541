/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-cursor.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autofree char *epoch = NULL;
  g_autofree char *again = NULL;
  g_autofree char *epoch_again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 access_rev, seq, access_rev_again, seq_again;

  if (!sm_cursor_parse (text, &epoch, &access_rev, &seq, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }
  again = sm_cursor_format (epoch, access_rev, seq);
  g_assert_true (sm_cursor_parse (again, &epoch_again, &access_rev_again, &seq_again, NULL));
  g_assert_cmpstr (epoch_again, ==, epoch);
  g_assert_cmpint (access_rev_again, ==, access_rev);
  g_assert_cmpint (seq_again, ==, seq);
  return 0;
}
