/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sm_text_clean   (const char *text);
char *sm_text_count   (gint64      count);
char *sm_text_measure (double      value,
                       int         digits,
                       const char *unit);
char *sm_text_phone_uri (const char *number);

G_END_DECLS
