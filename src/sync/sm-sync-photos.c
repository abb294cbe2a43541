/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-photos.h"

#include "sm-error.h"
#include "sm-photo-file.h"
#include "sm-work-order-photo.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <utime.h>

typedef struct
{
  char *path;
  gint64 size;
  gint64 used_at;
} Kept;

static void
kept_clear (gpointer data)
{
  g_free (((Kept *) data)->path);
}

/** sm_sync_photos_find: Whether it is there, which is noted as a look at it. */
gboolean
sm_sync_photos_find (const char *folder,
                     const char *sum)
{
  g_autofree char *path = g_build_filename (folder, sum, NULL);
  struct stat info;

  return g_stat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size > 0
         && g_utime (path, NULL) == 0;
}

static int
compare_latest_first (gconstpointer a,
                      gconstpointer b)
{
  const Kept *p = a, *q = b;

  return (p->used_at < q->used_at) - (p->used_at > q->used_at);
}

/* What was not looked at for longest goes when there is too much. */
static void
prune (const char *folder,
       const char *sum,
       gint64      most)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gint64 total = 0;

  g_array_set_clear_func (all, kept_clear);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Kept kept = { g_build_filename (folder, name, NULL), 0, 0 };
      struct stat info;

      if (g_lstat (kept.path, &info) != 0 || !S_ISREG (info.st_mode))
        {
          g_free (kept.path);
          continue;
        }
      kept.size = info.st_size;
      kept.used_at = g_str_equal (name, sum) ? G_MAXINT64 : info.st_mtime;
      g_array_append_val (all, kept);
    }
  g_array_sort (all, compare_latest_first);
  for (guint i = 0; i < all->len; i++)
    {
      const Kept *kept = &g_array_index (all, Kept, i);

      total += kept->size;
      if (i > 0 && total > most)
        g_unlink (kept->path);
    }
}

/**
 * sm_sync_photos_keep:
 * @sum: what it was asked for by
 * @most: so many bytes are kept of all of them
 */
gboolean
sm_sync_photos_keep (const char  *folder,
                     const char  *sum,
                     GBytes      *bytes,
                     gint64       most,
                     GError     **error)
{
  g_autofree char *real = sm_photo_file_sum (bytes);

  if (!g_str_equal (real, sum) || sm_photo_file_type (bytes) == NULL)
    {
      sm_set_error (error, SM_ERROR_PROTOCOL, "unexpected-answer", "The photo is another one");
      return FALSE;
    }
  if (!sm_photo_file_save (folder, sum, bytes, error))
    return FALSE;
  prune (folder, sum, most);
  return TRUE;
}

/** sm_sync_photos_read: Returns: (transfer full) (nullable): a file that a person chose, if the service may take it */
GBytes *
sm_sync_photos_read (const char  *path,
                     const char **out_type,
                     GError     **error)
{
  g_autoptr (GBytes) bytes = NULL;
  struct stat info;
  char *data;
  gsize size;

  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    {
      sm_set_error (error, SM_ERROR_IO, "storage-failed", "There is no such file");
      return NULL;
    }
  if (info.st_size > SM_WORK_ORDER_PHOTO_MAX_BYTES)
    {
      sm_set_error (error, SM_ERROR_TOO_LARGE, "body-too-large", "The file is too large");
      return NULL;
    }
  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  bytes = g_bytes_new_take (data, size);
  *out_type = sm_photo_file_type (bytes);
  if (*out_type != NULL)
    return g_steal_pointer (&bytes);
  sm_set_error (error, SM_ERROR_INVALID, "photo-unknown-format", "Neither a JPEG nor a PNG");
  return NULL;
}
