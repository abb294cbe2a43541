/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-photo-texture.h"

#include "sm-error.h"

/* Photos are unpacked in a thread, upright, and never larger than somebody looks at them: a small
 * file can be of a picture that fills the memory. */

#define MOST_PIXELS (24.0 * 1000 * 1000)
/* Of which not even the header is believed. */
#define MOST_SIDE 30000

typedef struct
{
  char *path;
  int side; /* 0: as large as it is */
} Wanted;

static void
wanted_free (gpointer data)
{
  g_free (((Wanted *) data)->path);
  g_free (data);
}

static GError *
make_refusal (void)
{
  GError *error = NULL;

  sm_set_error (&error, SM_ERROR_INVALID, "photo-unknown-format", "It is no picture of a size");
  return error;
}

static GdkPixbuf *
unpack (const Wanted  *wanted,
        GError       **error)
{
  int width = 0, height = 0;

  if (gdk_pixbuf_get_file_info (wanted->path, &width, &height) == NULL || width <= 0 || height <= 0
      || width > MOST_SIDE || height > MOST_SIDE || (double) width * height > 4 * MOST_PIXELS)
    {
      g_propagate_error (error, make_refusal ());
      return NULL;
    }
  if (wanted->side > 0 && (width > wanted->side || height > wanted->side))
    return gdk_pixbuf_new_from_file_at_scale (wanted->path, wanted->side, wanted->side, TRUE, error);
  if ((double) width * height > MOST_PIXELS)
    return gdk_pixbuf_new_from_file_at_scale (wanted->path, width / 2, height / 2, TRUE, error);
  return gdk_pixbuf_new_from_file (wanted->path, error);
}

static void
load (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = unpack (data, &error);
  g_autoptr (GdkPixbuf) upright
      = pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;

  if (upright != NULL)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (upright), g_object_unref);
  else
    g_task_return_error (task, error != NULL ? error : make_refusal ());
}

/**
 * sm_photo_texture_load_async:
 * @path: of a JPEG or PNG
 * @side: neither wider nor higher than that; 0: as large as it is
 */
void
sm_photo_texture_load_async (const char          *path,
                             int                  side,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wanted *wanted = g_new (Wanted, 1);

  *wanted = (Wanted){ g_strdup (path), side };
  g_task_set_source_tag (task, sm_photo_texture_load_async);
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, load);
}

/** sm_photo_texture_load_finish: Returns: (transfer full) (nullable) */
GdkTexture *
sm_photo_texture_load_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
