/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-fault-code.h"
#include "sm-foreign-codec.h"
#include "sm-json-guard.h"

/* Whatever can be read of reports comes under codes of ours, and nothing is lost. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = sm_json_parse_object ((const char *) data, size, &error);
  g_autoptr (SmForeignBatch) batch = body != NULL ? sm_foreign_batch_read (body, &error) : NULL;

  g_assert_true ((batch != NULL) == (error == NULL));
  for (guint i = 0; batch != NULL && i < batch->reports->len; i++)
    {
      g_autoptr (GPtrArray) faults
          = sm_foreign_faults (&g_array_index (batch->reports, SmForeignReport, i));

      for (guint k = 0; k < faults->len; k++)
        g_assert_nonnull (sm_fault_code_find (((SmForeignFault *) faults->pdata[k])->code));
    }
  return 0;
}
