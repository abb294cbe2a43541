/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-small-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

struct _SmTestSmallDisk
{
  char *folder;
  char *ballast;
};

static char *place; /* of temporary files, the next time, too: GLib remembers $TMPDIR */

/* Procfs refuses what is written by a rename. */
static gboolean
put (const char *path,
     const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);
  return ok;
}

/* As root of a namespace of its own, when it is not root already. */
static gboolean
enter_namespace (void)
{
  g_autofree char *uid = g_strdup_printf ("0 %u 1", getuid ());
  g_autofree char *gid = g_strdup_printf ("0 %u 1", getgid ());

  if (unshare (CLONE_NEWNS) == 0)
    return TRUE;
  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && put ("/proc/self/setgroups", "deny")
         && put ("/proc/self/uid_map", uid) && put ("/proc/self/gid_map", gid);
}

static void
remove_place (void)
{
  g_rmdir (place);
}

/**
 * sm_test_small_disk_enter:
 * @takes_tmp: whether temporary files are on the small disk from then on
 *
 * To be called first in main(), while there is one thread.
 *
 * Returns: (nullable): why there can be no small disk here; NULL: there can
 */
const char *
sm_test_small_disk_enter (gboolean takes_tmp)
{
  if (!enter_namespace () || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    return "this system gives no namespace in which a disk could be mounted";
  if (takes_tmp)
    {
      place = g_mkdtemp (g_strdup ("/tmp/sm-small-XXXXXX"));
      g_assert_nonnull (place);
      atexit (remove_place);
      g_setenv ("TMPDIR", place, TRUE);
    }
  return NULL;
}

/**
 * sm_test_small_disk_new:
 * @folder: (nullable): which becomes it; NULL: that of temporary files
 * @size: as "3m"
 */
SmTestSmallDisk *
sm_test_small_disk_new (const char *folder,
                        const char *size)
{
  SmTestSmallDisk *self = g_new0 (SmTestSmallDisk, 1);
  g_autofree char *options = g_strdup_printf ("size=%s,mode=0700", size);

  self->folder = g_strdup (folder != NULL ? folder : place);
  self->ballast = g_build_filename (self->folder, "ballast", NULL);
  if (mount ("none", self->folder, "tmpfs", 0, options) != 0)
    g_error ("mounting a tmpfs: %s", g_strerror (errno));
  return self;
}

void
sm_test_small_disk_free (SmTestSmallDisk *self)
{
  umount2 (self->folder, MNT_DETACH);
  g_free (self->folder);
  g_free (self->ballast);
  g_free (self);
}

/** sm_test_small_disk_fill: To the last byte, but for @leave_kb KiB. */
void
sm_test_small_disk_fill (SmTestSmallDisk *self,
                         guint            leave_kb)
{
  static const char zeros[4096];
  int fd = open (self->ballast, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  off_t end;

  g_assert_cmpint (fd, >=, 0);
  while (write (fd, zeros, sizeof zeros) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  end = lseek (fd, 0, SEEK_END);
  g_assert_cmpint (end, >=, (off_t) leave_kb * 1024);
  g_assert_cmpint (ftruncate (fd, end - (off_t) leave_kb * 1024), ==, 0);
  close (fd);
}

/** sm_test_small_disk_empty: There is room again. */
void
sm_test_small_disk_empty (SmTestSmallDisk *self)
{
  g_unlink (self->ballast);
}
