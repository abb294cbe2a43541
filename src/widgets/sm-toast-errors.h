/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char       *sm_error_sentence    (const GError *error);
char       *sm_slug_sentence     (const char   *slug);
const char *sm_slug_what         (const char   *slug);
const char *sm_slug_next_step    (const char   *slug);
gboolean    sm_slug_is_worded    (const char   *slug);

G_END_DECLS
