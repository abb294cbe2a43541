/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean sm_screenshot_write (GtkWidget   *widget,
                              int          width,
                              int          height,
                              const char  *path,
                              GError     **error);

/** SmScreenshotMissing: Says what is not to be seen yet, in English; NULL: nothing. */
typedef const char *(*SmScreenshotMissing) (gpointer user_data);

void     sm_screenshot_wait_async  (SmScreenshotMissing  missing,
                                    gpointer             missing_data,
                                    guint                timeout_s,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean sm_screenshot_wait_finish (GAsyncResult        *result,
                                    GError             **error);

G_END_DECLS
