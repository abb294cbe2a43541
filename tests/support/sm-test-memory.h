/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

/*
 * The most resident memory that a process came to, counted from a beginning.
 * The sanitizers keep what was freed, so nothing is told under them.
 */

#if defined(__SANITIZE_ADDRESS__)
#define SM_TEST_MEMORY_TELLS FALSE
#else
#define SM_TEST_MEMORY_TELLS TRUE
#endif

/* A line of /proc/PID/status, in KiB. */
static inline gint64
sm_test_memory_read (pid_t       pid,
                     const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int) pid);
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, name);
  g_assert_nonnull (line);
  return g_ascii_strtoll (line + strlen (name), NULL, 10);
}

/** sm_test_memory_begin: Counts the peak anew; Returns: what @pid holds now, in KiB */
static inline gint64
sm_test_memory_begin (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/clear_refs", (int) pid);
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs ("5", file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
  return sm_test_memory_read (pid, "VmRSS:");
}

/** sm_test_memory_peak: Returns: the most that @pid held since then, in KiB */
static inline gint64
sm_test_memory_peak (pid_t pid)
{
  return sm_test_memory_read (pid, "VmHWM:");
}
