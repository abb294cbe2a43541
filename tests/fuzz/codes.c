/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-scan-codes.h"

/* What a label says, or a link to a report: only what this network has sealed is one. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  char secret[] = "secret";
  SmRules rules = { .scan_secret = secret };
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autofree char *upper = g_ascii_strup (text, -1);
  g_autofree char *again = NULL;
  SmNounId noun = SM_NOUN_STATION;
  gint64 id = 0;

  if (sm_scan_code_parse (&rules, text, &noun, &id, NULL))
    {
      again = sm_scan_code_new (&rules, noun, id);
      g_assert_cmpstr (again, ==, upper);
    }
  else if (sm_scan_token_parse (&rules, text, &id, NULL))
    {
      again = sm_scan_token_new (&rules, id);
      g_assert_cmpstr (again, ==, text);
    }
  return 0;
}
