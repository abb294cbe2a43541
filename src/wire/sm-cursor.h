/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *sm_cursor_format (const char  *epoch,
                           gint64       access_rev,
                           gint64       seq);
gboolean sm_cursor_parse  (const char  *text,
                           char       **out_epoch,
                           gint64      *out_access_rev,
                           gint64      *out_seq,
                           GError     **error);

G_END_DECLS
