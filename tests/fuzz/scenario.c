/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-sim-scenario.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmSimScenario) scenario = sm_sim_scenario_read (text, strlen (text), "fuzz", &error);

  g_assert_true ((scenario == NULL) == (error != NULL));
  return 0;
}
