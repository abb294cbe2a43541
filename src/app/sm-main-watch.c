/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-main-watch.h"

#include <stdio.h>

#define WRITE_S 5
#define LONG_US 8000 /* a turn that somebody could notice if there were many */

static GPollFunc poll_before;
static gint64 turn_began, longest;
static guint n_turns, n_long;
static char *watch_path;

static int
poll_cb (GPollFD *fds,
         guint    n,
         int      timeout)
{
  gint64 now = g_get_monotonic_time ();
  int result;

  if (turn_began != 0)
    {
      longest = MAX (longest, now - turn_began);
      n_turns++;
      n_long += now - turn_began > LONG_US;
    }
  result = poll_before (fds, n, timeout);
  turn_began = g_get_monotonic_time ();
  return result;
}

/* The last few seconds as one line: a reader may come at any moment. */
static gboolean
write_cb (gpointer user_data)
{
  g_autofree char *line = NULL;
  FILE *file = fopen (watch_path, "a");

  if (file == NULL)
    return G_SOURCE_REMOVE;
  line = g_strdup_printf ("%" G_GINT64_FORMAT " longest_us=%" G_GINT64_FORMAT
                          " turns=%u long=%u\n",
                          g_get_monotonic_time () / G_USEC_PER_SEC, longest, n_turns, n_long);
  fputs (line, file);
  fclose (file);
  longest = 0;
  n_turns = n_long = 0;
  return G_SOURCE_CONTINUE;
}

/**
 * sm_main_watch_start:
 * @path: (nullable): gets a line every five seconds; %NULL writes none
 *
 * Watches the main loop of this thread from now on.
 */
void
sm_main_watch_start (const char *path)
{
  GMainContext *context = g_main_context_default ();

  if (poll_before != NULL)
    return;
  poll_before = g_main_context_get_poll_func (context);
  g_main_context_set_poll_func (context, poll_cb);
  if (path == NULL)
    return;
  watch_path = g_strdup (path);
  g_timeout_add_seconds (WRITE_S, write_cb, NULL);
}

/** sm_main_watch_take_longest: Returns: ms of the longest turn since it was asked last */
double
sm_main_watch_take_longest (void)
{
  double ms = (double) longest / 1000;

  longest = 0;
  return ms;
}
