/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-guide-codec.h"

/* Whatever can be read of what to do can be shown. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  gboolean are_steps = fuzz_take_choice (&data, &size, 2) == 1;
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = are_steps ? sm_guide_steps_read_answer (reader, &error)
                                         : sm_guides_read (reader, &error);

  g_assert_true ((read != NULL) == (error == NULL));
  for (guint i = 0; read != NULL && i < read->len; i++)
    if (are_steps)
      g_assert_nonnull (sm_guide_step_get_text (read->pdata[i]));
    else
      g_assert_nonnull (sm_fault_guide_get_consequence (read->pdata[i]));
  return 0;
}
