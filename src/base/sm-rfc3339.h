/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Long enough for every moment that can be written, and its end. */
#define SM_RFC3339_SIZE 32

gboolean sm_rfc3339_parse  (const char *text,
                            gsize       length,
                            gint64     *out_time_us);
guint    sm_rfc3339_format (gint64      time_us,
                            char       *out_text);

G_END_DECLS
