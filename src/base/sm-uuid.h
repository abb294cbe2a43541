/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *sm_uuid_new_v7   (gint64      now_us);
gboolean sm_uuid_is_valid (const char *text);
char    *sm_random_token  (void);

G_END_DECLS
