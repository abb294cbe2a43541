/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-json-guard.h"
#include "sm-problem.h"

/* Whatever is read as a problem can be told on as one. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static const guint statuses[] = { 400, 401, 409, 422, 429, 500, 503, 0, 999 };
  guint status = statuses[fuzz_take_choice (&data, &size, G_N_ELEMENTS (statuses))];
  g_autoptr (GError) problem = sm_problem_from_json (status, (const char *) data, size);
  g_autofree char *text = sm_problem_to_json (problem, &status);

  g_assert_true (sm_json_guard_check (text, strlen (text), NULL));
  g_assert_nonnull (sm_error_get_slug (problem));
  return 0;
}
