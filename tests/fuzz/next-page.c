/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-client.h"

/* The Link header: whatever stands there, only a path of that service is followed. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *header = fuzz_dup_text (data, size);
  g_autofree char *next = sm_client_parse_next (header);

  if (next != NULL)
    g_assert_true (next[0] == '/' && next[1] != '/' && next[1] != '\\');
  return 0;
}
