/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-photo-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include "sm-error.h"

static const char jpeg[] = { '\xff', '\xd8', '\xff' };
static const char png[] = { '\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n' };

static gboolean
begins_with (GBytes     *bytes,
             const char *magic,
             gsize       length)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size > length && memcmp (data, magic, length) == 0;
}

/**
 * sm_photo_file_type:
 *
 * What @bytes say that they are; what they were called does not count.
 *
 * Returns: (transfer none) (nullable): a media type; NULL: nothing that is kept
 */
const char *
sm_photo_file_type (GBytes *bytes)
{
  if (begins_with (bytes, jpeg, sizeof jpeg))
    return "image/jpeg";
  if (begins_with (bytes, png, sizeof png))
    return "image/png";
  return NULL;
}

/** sm_photo_file_sum: Returns: (transfer full): under which @bytes are kept */
char *
sm_photo_file_sum (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static gboolean
fail (int       code,
      GError  **error)
{
  gboolean is_full = code == ENOSPC || code == EDQUOT;

  sm_set_error (error, is_full ? SM_ERROR_FULL : SM_ERROR_IO,
                is_full ? "storage-full" : "storage-failed", "A photo: %s", g_strerror (code));
  return FALSE;
}

static gboolean
is_kept (const char *path,
         gsize       size)
{
  struct stat info;

  return g_stat (path, &info) == 0 && S_ISREG (info.st_mode) && (gsize) info.st_size == size;
}

/* Between who finds that a photo lies there already, and who takes it away. */
static GMutex mutex;

/* It is as if it had been written now: nobody takes it away behind who relies on it. */
static gboolean
touch (const char *path,
       gsize       size)
{
  gboolean is_there;

  g_mutex_lock (&mutex);
  is_there = is_kept (path, size) && g_utime (path, NULL) == 0;
  g_mutex_unlock (&mutex);
  return is_there;
}

/** sm_photo_file_save: Under its name whole and on the disk, or not at all. */
gboolean
sm_photo_file_save (const char  *folder,
                    const char  *sum,
                    GBytes      *bytes,
                    GError     **error)
{
  g_autofree char *path = g_build_filename (folder, sum, NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GError) problem = NULL;

  if (touch (path, size))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (errno, error);
  if (g_file_set_contents_full (path, data, (gssize) size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &problem))
    return TRUE;
  return fail (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? ENOSPC : EIO, error);
}

/** sm_photo_file_load: Returns: (transfer full) (nullable): NULL with %SM_ERROR_NOT_FOUND: it is gone */
GBytes *
sm_photo_file_load (const char  *folder,
                    const char  *sum,
                    GError     **error)
{
  g_autofree char *path = g_build_filename (folder, sum, NULL);
  g_autoptr (GError) problem = NULL;
  char *data;
  gsize size;

  if (g_file_get_contents (path, &data, &size, &problem))
    return g_bytes_new_take (data, size);
  if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    sm_set_error (error, SM_ERROR_NOT_FOUND, "photo-lost", "The file of the photo is not there");
  else
    fail (EIO, error);
  return NULL;
}

/** sm_photo_file_is_sum: Whether a file of that name can be a photo. */
gboolean
sm_photo_file_is_sum (const char *name)
{
  return strlen (name) == 64 && strspn (name, "0123456789abcdef") == 64;
}

/**
 * sm_photo_file_remove:
 * @from_us: by the clock of this machine
 * @before_us: the same
 *
 * Returns: whether it was taken away: only when it was written, or found again, for the last
 *   time between the two
 */
gboolean
sm_photo_file_remove (const char *folder,
                      const char *sum,
                      gint64      from_us,
                      gint64      before_us)
{
  g_autofree char *path = g_build_filename (folder, sum, NULL);
  struct stat info;
  gint64 written_us;
  gboolean is_gone = FALSE;

  g_mutex_lock (&mutex);
  if (g_stat (path, &info) == 0 && S_ISREG (info.st_mode))
    {
      written_us = (gint64) info.st_mtime * G_USEC_PER_SEC;
      is_gone = written_us >= from_us && written_us < before_us && g_unlink (path) == 0;
    }
  g_mutex_unlock (&mutex);
  return is_gone;
}
