/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-link.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (SmLink) link = sm_link_parse (text);
  g_autoptr (SmLink) again = NULL;
  g_autofree char *formatted = NULL;
  g_autofree char *formatted_again = NULL;

  if (link == NULL)
    return 0;
  g_assert_true (g_utf8_validate (sm_link_get_page (link), -1, NULL));
  formatted = sm_link_format (link);
  again = sm_link_parse (formatted);
  /* Only what escaping makes too long is no link any more. */
  g_assert_true (again != NULL || strlen (formatted) > SM_LINK_MAX_LENGTH);
  if (again == NULL)
    return 0;
  formatted_again = sm_link_format (again);
  g_assert_cmpstr (formatted_again, ==, formatted);
  g_assert_cmpuint (sm_link_get_n_pairs (again), ==, sm_link_get_n_pairs (link));
  return 0;
}
