/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

gboolean sm_test_timed_out_cb (gpointer out_timed_out);

/* Runs the main context until the condition holds; at most a minute. */
#define run_until(condition)                                                    \
  G_STMT_START                                                                  \
  {                                                                             \
    gboolean timed_out_ = FALSE;                                                \
    guint id_ = g_timeout_add_seconds (60, sm_test_timed_out_cb, &timed_out_);  \
    while (!(condition) && !timed_out_)                                         \
      g_main_context_iteration (NULL, TRUE);                                    \
    g_assert_true (condition);                                                  \
    if (!timed_out_)                                                            \
      g_source_remove (id_);                                                    \
  }                                                                             \
  G_STMT_END
