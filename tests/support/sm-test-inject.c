/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-inject.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

struct _SmTestInject
{
  GSubprocess *strace;
};

static GSubprocess *
run_strace (const char *call,
            const char *rule,
            const char *pid)
{
  g_autofree char *trace = g_strdup_printf ("trace=%s", call);
  g_autofree char *inject = g_strdup_printf ("inject=%s:%s", call, rule);
  g_autoptr (GError) error = NULL;
  GSubprocess *strace = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, "strace", "-f", "-o",
                                          "/dev/null", "-e", trace, "-e", inject, "-p", pid, NULL);

  g_assert_no_error (error);
  return strace;
}

/* Returns: (transfer full) (nullable): the first line that it says */
static char *
read_line (GSubprocess *strace)
{
  g_autoptr (GDataInputStream) said =
      g_data_input_stream_new (g_subprocess_get_stderr_pipe (strace));

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (said), FALSE);
  return g_data_input_stream_read_line_utf8 (said, NULL, NULL, NULL);
}

static void
end (GSubprocess *strace)
{
  /* It lets go of whom it holds. */
  g_subprocess_send_signal (strace, SIGTERM);
  g_subprocess_wait (strace, NULL, NULL);
}

/**
 * sm_test_inject_why_not:
 *
 * Returns: (transfer none) (nullable): why system calls of others cannot be made to fail here;
 *   NULL: they can
 */
const char *
sm_test_inject_why_not (void)
{
  g_autofree char *program = g_find_program_in_path ("strace");
  g_autoptr (GSubprocess) victim = NULL;
  g_autoptr (GSubprocess) strace = NULL;
  g_autofree char *line = NULL;
  gboolean attached;

  if (program == NULL)
    return "there is no strace here";
  victim = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL,
                             "cat", NULL);
  g_assert_nonnull (victim);
  strace = run_strace ("fdatasync", "error=EIO", g_subprocess_get_identifier (victim));
  line = read_line (strace);
  attached = line != NULL && strstr (line, "attached") != NULL;
  end (strace);
  g_subprocess_force_exit (victim);
  g_subprocess_wait (victim, NULL, NULL);
  return attached ? NULL : "this system does not let one process trace another";
}

/**
 * sm_test_inject_begin:
 * @call: a system call, as "fdatasync"
 * @rule: "error=EIO:when=2+3": the second, the fifth ... of each thread
 */
SmTestInject *
sm_test_inject_begin (GPid        pid,
                      const char *call,
                      const char *rule)
{
  SmTestInject *self = g_new0 (SmTestInject, 1);
  g_autofree char *number = g_strdup_printf ("%d", pid);
  g_autofree char *line = NULL;

  self->strace = run_strace (call, rule, number);
  line = read_line (self->strace);
  if (line == NULL || strstr (line, "attached") == NULL)
    g_error ("strace said: %s", line);
  return self;
}

/** sm_test_inject_end: From now on they succeed again. */
void
sm_test_inject_end (SmTestInject *self)
{
  end (self->strace);
  g_object_unref (self->strace);
  g_free (self);
}
