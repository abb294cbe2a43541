/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cache-files.h"

#include "sm-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK "lock"
#define DAMAGED "damaged.db"

struct _SmCacheFiles
{
  char *dir;
  int lock_fd;
  guint next; /* number of the next file */
};

/* SQLite keeps up to two more files beside a database, and we one. */
static const char *const suffixes[] = { "", "-wal", "-shm", SM_CACHE_SEAL };

/* Returns: the number of the copy that a file belongs to, 0 for another file;
 * @out_suffix: (optional): what it is of that copy */
static guint
number_of (const char  *name,
           const char **out_suffix)
{
  char *end = NULL;
  guint64 number;

  if (!g_str_has_prefix (name, "cache-"))
    return 0;
  number = g_ascii_strtoull (name + strlen ("cache-"), &end, 10);
  if (!g_str_has_prefix (end, ".db") || number >= G_MAXUINT)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_equal (end + strlen (".db"), suffixes[i]))
      {
        if (out_suffix != NULL)
          *out_suffix = suffixes[i];
        return (guint) number;
      }
  return 0;
}

static gboolean
files_lock (SmCacheFiles  *self,
            GError       **error)
{
  g_autofree char *path = g_build_filename (self->dir, LOCK, NULL);

  self->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    {
      sm_set_error (error, SM_ERROR_IO, "cache-not-writable", "%s: %s", path, g_strerror (errno));
      return FALSE;
    }
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  sm_set_error (error, SM_ERROR_IO, "cache-in-use", "%s is locked by another program", path);
  return FALSE;
}

/**
 * sm_cache_files_new:
 *
 * Returns: (transfer full) (nullable): the folder, locked; fails with the slug
 *   "cache-not-writable" or "cache-in-use"
 */
SmCacheFiles *
sm_cache_files_new (const char  *dir,
                    GError     **error)
{
  SmCacheFiles *self = g_new0 (SmCacheFiles, 1);

  self->dir = g_strdup (dir);
  self->lock_fd = -1;
  self->next = 1;
  if (g_mkdir_with_parents (dir, 0700) != 0)
    sm_set_error (error, SM_ERROR_IO, "cache-not-writable", "%s: %s", dir, g_strerror (errno));
  else if (files_lock (self, error))
    return self;
  sm_cache_files_free (self);
  return NULL;
}

void
sm_cache_files_free (SmCacheFiles *self)
{
  if (self->lock_fd >= 0)
    close (self->lock_fd); /* and so unlock */
  g_free (self->dir);
  g_free (self);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  g_autofree char *x = g_path_get_basename (*(const char *const *) a);
  g_autofree char *y = g_path_get_basename (*(const char *const *) b);

  return (number_of (x, NULL) < number_of (y, NULL)) - (number_of (x, NULL) > number_of (y, NULL));
}

/* A log that lies there without its database would be taken for the next one's
 * of that name. */
static void
drop_orphan (SmCacheFiles *self,
             const char   *name,
             const char   *suffix)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  g_autofree char *base = g_strndup (path, strlen (path) - strlen (suffix));

  if (!g_file_test (base, G_FILE_TEST_EXISTS))
    g_unlink (path);
}

/** sm_cache_files_list: Returns: (transfer full): paths of what there is, newest first */
GPtrArray *
sm_cache_files_list (SmCacheFiles *self)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      const char *suffix = NULL;
      guint number = number_of (name, &suffix);

      if (number == 0)
        continue;
      self->next = MAX (self->next, number + 1);
      if (*suffix != '\0')
        drop_orphan (self, name, suffix);
      else
        g_ptr_array_add (paths, g_build_filename (self->dir, name, NULL));
    }
  g_ptr_array_sort (paths, compare_newest_first);
  return paths;
}

/** sm_cache_files_make_path: Returns: (transfer full): for the next copy, a name never used */
char *
sm_cache_files_make_path (SmCacheFiles *self)
{
  g_autofree char *name = g_strdup_printf ("cache-%u.db", self->next++);

  return g_build_filename (self->dir, name, NULL);
}

void
sm_cache_files_delete (SmCacheFiles *self,
                       const char   *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

/** sm_cache_files_set_aside: Keeps the last damaged file, for whoever wants to know why. */
void
sm_cache_files_set_aside (SmCacheFiles *self,
                          const char   *path)
{
  g_autofree char *aside = g_build_filename (self->dir, DAMAGED, NULL);

  if (g_rename (path, aside) != 0)
    g_message ("%s cannot be set aside: %s", path, g_strerror (errno));
  sm_cache_files_delete (self, path);
}

/** sm_cache_files_remove_all: Removes the folder of a cache that nobody uses. */
void
sm_cache_files_remove_all (const char *dir)
{
  SmCacheFiles *self = sm_cache_files_new (dir, NULL);
  g_autofree char *lock = g_build_filename (dir, LOCK, NULL);
  g_autofree char *damaged = g_build_filename (dir, DAMAGED, NULL);
  g_autoptr (GPtrArray) paths = NULL;

  if (self == NULL)
    return;
  paths = sm_cache_files_list (self);
  for (guint i = 0; i < paths->len; i++)
    sm_cache_files_delete (self, g_ptr_array_index (paths, i));
  g_unlink (damaged);
  g_unlink (lock);
  sm_cache_files_free (self);
  if (g_rmdir (dir) != 0)
    g_message ("%s stays: %s", dir, g_strerror (errno));
}
