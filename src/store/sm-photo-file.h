/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Photos as files in a folder beside the database, each under the sum of what is in it: the
 * same photo lies there once, and none ever changes.  Any thread. */
const char *sm_photo_file_type (GBytes      *bytes);
char       *sm_photo_file_sum  (GBytes      *bytes);
gboolean    sm_photo_file_save (const char  *folder,
                                const char  *sum,
                                GBytes      *bytes,
                                GError     **error);
GBytes     *sm_photo_file_load (const char  *folder,
                                const char  *sum,
                                GError     **error);
gboolean    sm_photo_file_is_sum (const char  *name);
gboolean    sm_photo_file_remove (const char  *folder,
                                  const char  *sum,
                                  gint64       from_us,
                                  gint64       before_us);

G_END_DECLS
