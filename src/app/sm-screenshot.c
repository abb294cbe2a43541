/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-screenshot.h"

/* Nothing may be missing so many times in a row: tiles fade in, panels load,
 * and a frame passes in which nothing changes any more. */
#define QUIET_CHECKS 4
#define CHECK_MS 150

typedef struct
{
  SmScreenshotMissing missing;
  gpointer missing_data;
  gint64 deadline_us;
  guint quiet;
} Wait;

static gboolean
check_cb (gpointer user_data)
{
  GTask *task = user_data;
  Wait *wait = g_task_get_task_data (task);
  const char *missing = wait->missing (wait->missing_data);

  wait->quiet = missing == NULL ? wait->quiet + 1 : 0;
  if (wait->quiet >= QUIET_CHECKS)
    {
      g_task_return_boolean (task, TRUE);
      return G_SOURCE_REMOVE;
    }
  if (g_get_monotonic_time () < wait->deadline_us)
    return G_SOURCE_CONTINUE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no picture: %s was missing",
                           missing != NULL ? missing : "a quiet frame");
  return G_SOURCE_REMOVE;
}

/**
 * sm_screenshot_wait_async:
 * @missing: asked again and again until it says that nothing is missing
 * @timeout_s: after which it fails and says what was missing
 */
void
sm_screenshot_wait_async (SmScreenshotMissing  missing,
                          gpointer             missing_data,
                          guint                timeout_s,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Wait *wait = g_new0 (Wait, 1);

  wait->missing = missing;
  wait->missing_data = missing_data;
  wait->deadline_us = g_get_monotonic_time () + (gint64) timeout_s * G_USEC_PER_SEC;
  g_task_set_source_tag (task, sm_screenshot_wait_async);
  g_task_set_task_data (task, wait, g_free);
  g_timeout_add_full (G_PRIORITY_LOW, CHECK_MS, check_cb, task, g_object_unref);
}

gboolean
sm_screenshot_wait_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sm_screenshot_write:
 * @widget: mapped, and of exactly that size
 * @path: of the PNG
 *
 * Returns: FALSE when the widget could not be had in that size or the file not
 *   be written, and with %G_IO_ERROR_BUSY while it is being laid out anew
 */
gboolean
sm_screenshot_write (GtkWidget   *widget,
                     int          width,
                     int          height,
                     const char  *path,
                     GError     **error)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (gtk_widget_get_width (widget) != width || gtk_widget_get_height (widget) != height)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "no picture: it would be %dx%d and not %dx%d", gtk_widget_get_width (widget),
                   gtk_widget_get_height (widget), width, height);
      return FALSE;
    }
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "no picture: there is nothing in it");
      return FALSE;
    }
  texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
      &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  if (!gdk_texture_save_to_png (texture, path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no picture: %s cannot be written", path);
      return FALSE;
    }
  return TRUE;
}
