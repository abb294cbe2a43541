/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <dlfcn.h>
#include <glib.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Preloaded into every process of a test (make test-slow), it makes a machine of the one that now
 * and then stands still: a test that holds only where what is begun first is done first, or where
 * nothing takes a second, fails there long before it fails elsewhere. */

#define TURN_IN 1000      /* one turn of a main loop in so many comes late, */
#define TURN_MS 1000      /* by up to so long */
#define JOB_IN 100        /* likewise what another thread was handed */
#define JOB_MS 1000
#define SYNC_IN 2         /* likewise what is written to the disk */
#define SYNC_MS 50

static void
rest (gint32 in,
      gint32 ms)
{
  if (g_random_int_range (0, in) == 0)
    g_usleep ((gulong) g_random_int_range (0, ms) * 1000);
}

int
poll (struct pollfd *fds,
      nfds_t         n,
      int            timeout)
{
  static int (*next) (struct pollfd *, nfds_t, int);

  if (next == NULL)
    next = dlsym (RTLD_NEXT, "poll");
  if (gettid () == getpid ())
    rest (TURN_IN, TURN_MS);
  return next (fds, n, timeout);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  static gpointer (*next) (GAsyncQueue *);
  gpointer job;

  if (next == NULL)
    next = dlsym (RTLD_NEXT, "g_async_queue_pop");
  job = next (queue);
  rest (JOB_IN, JOB_MS);
  return job;
}

int
fsync (int fd)
{
  rest (SYNC_IN, SYNC_MS);
  return (int) syscall (SYS_fsync, fd);
}

int
fdatasync (int fd)
{
  rest (SYNC_IN, SYNC_MS);
  return (int) syscall (SYS_fdatasync, fd);
}
