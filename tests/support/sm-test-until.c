/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-until.h"

/* What run_until() sets after its time: said once. */
gboolean
sm_test_timed_out_cb (gpointer out_timed_out)
{
  *(gboolean *) out_timed_out = TRUE;
  return G_SOURCE_REMOVE;
}
