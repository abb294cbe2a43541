/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "sm-error.h"

struct _SmLock
{
  int fd;
};

/**
 * sm_lock_take:
 * @path: made when it is not there, and left there
 *
 * Returns: (transfer full) (nullable): the lock, or NULL with "database-in-use"
 *   when another process has it
 */
SmLock *
sm_lock_take (const char  *path,
              GError     **error)
{
  g_autoptr (SmLock) self = g_new0 (SmLock, 1);

  self->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      sm_set_error (error, SM_ERROR_IO, "storage-failed", "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  if (flock (self->fd, LOCK_EX | LOCK_NB) == 0)
    return g_steal_pointer (&self);
  if (errno == EWOULDBLOCK)
    sm_set_error (error, SM_ERROR_CONFLICT, "database-in-use", "another service works on it");
  else
    sm_set_error (error, SM_ERROR_IO, "storage-failed", "%s: %s", path, g_strerror (errno));
  return NULL;
}

void
sm_lock_drop (SmLock *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
