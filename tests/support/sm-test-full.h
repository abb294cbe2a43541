/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * sm_test_times:
 * @full: how often the soak does it
 *
 * How often a test of survival does what it does: @full times in the suite
 * 'soak', which sets SM_TEST_FULL, and a tenth of that with everything else.
 */
static inline guint
sm_test_times (guint full)
{
  return g_getenv ("SM_TEST_FULL") ? full : MAX (1, full / 10);
}
