/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Photos that were looked at, as files beside the caches: each under the sum of what is in it,
 * those that were looked at last, so many as fit. */
#define SM_SYNC_PHOTOS_MAX_BYTES (256 * 1024 * 1024)

gboolean sm_sync_photos_find  (const char  *folder,
                               const char  *sum);
gboolean sm_sync_photos_keep  (const char  *folder,
                               const char  *sum,
                               GBytes      *bytes,
                               gint64       most,
                               GError     **error);
GBytes  *sm_sync_photos_read  (const char  *path,
                               const char **out_type,
                               GError     **error);

G_END_DECLS
