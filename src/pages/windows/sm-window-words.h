/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-windows.h"

G_BEGIN_DECLS

char     *sm_window_words_scope    (SmOps       *ops,
                                    const SmRow *window);
char     *sm_window_words_moment   (SmOps       *ops,
                                    gint64       at_us);
char     *sm_window_words_span     (SmOps       *ops,
                                    gint64       from_us,
                                    gint64       to_us);
char     *sm_window_words_approval (const SmRow *window);
gboolean  sm_window_parse_moment   (SmOps       *ops,
                                    const char  *text,
                                    gint64      *out_us);

G_END_DECLS
