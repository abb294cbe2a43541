/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SM_SECOND G_GINT64_CONSTANT (1000000)
#define SM_MINUTE (60 * SM_SECOND)
#define SM_HOUR (60 * SM_MINUTE)
#define SM_DAY (24 * SM_HOUR)

/* An unknown moment or whole number; SQL NULL and JSON null. */
#define SM_UNKNOWN G_MININT64

char    *sm_time_to_rfc3339   (gint64       time_us);
gboolean sm_time_from_rfc3339 (const char  *text,
                               gint64      *out_time_us,
                               GError     **error);
char    *sm_time_age          (gint64       age_us);

G_END_DECLS
