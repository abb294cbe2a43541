/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cache-seal.h"

#include "sm-cache-files.h"
#include "sm-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define BLOCK (256 * 1024)

static guint64
mix (guint64       hash,
     const guint8 *data,
     gsize         length)
{
  guint64 word = 0;

  for (; length >= sizeof word; data += sizeof word, length -= sizeof word)
    {
      memcpy (&word, data, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
    }
  for (; length > 0; data++, length--)
    hash = (hash ^ *data) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash;
}

/* @connection: (nullable): who has the file open in this program, if anybody has */
static char *
make_seal (SmConnection  *connection,
           const char    *path,
           GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  int fd = connection == NULL ? g_open (path, O_RDONLY | O_CLOEXEC) : -1;
  guint64 hash = 1;
  gint64 size = 0;
  gssize n;

  while ((n = connection != NULL ? sm_connection_read_raw (connection, size, block, BLOCK)
                                 : read (fd, block, BLOCK)) > 0)
    {
      hash = mix (hash, block, (gsize) n);
      size += n;
    }
  if (n < 0)
    sm_set_error (error, SM_ERROR_IO, "storage-failed", "%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return n < 0 ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT " %016" G_GINT64_MODIFIER "x\n", size,
                                         hash);
}

/** sm_cache_seal_write: Seals a file that nobody has open any more. */
gboolean
sm_cache_seal_write (const char  *path,
                     GError     **error)
{
  g_autofree char *seal_path = g_strconcat (path, SM_CACHE_SEAL, NULL);
  g_autofree char *seal = make_seal (NULL, path, error);

  return seal != NULL && g_file_set_contents (seal_path, seal, -1, error);
}

/** sm_cache_seal_check: Whether the file is what was sealed; fails with %SM_ERROR_CORRUPT. */
gboolean
sm_cache_seal_check (SmConnection  *connection,
                     const char    *path,
                     GError       **error)
{
  g_autofree char *seal_path = g_strconcat (path, SM_CACHE_SEAL, NULL);
  g_autofree char *seal = NULL, *now = NULL;

  if (!g_file_get_contents (seal_path, &seal, NULL, NULL))
    {
      sm_set_error (error, SM_ERROR_CORRUPT, "storage-corrupt", "%s has no seal", path);
      return FALSE;
    }
  now = make_seal (connection, path, error);
  if (now == NULL)
    return FALSE;
  if (strcmp (now, seal) == 0)
    return TRUE;
  sm_set_error (error, SM_ERROR_CORRUPT, "storage-corrupt", "%s is not what was sealed", path);
  return FALSE;
}
