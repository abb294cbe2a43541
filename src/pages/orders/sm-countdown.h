/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sm_countdown_text  (gint64 left_us);
char *sm_countdown_words (gint64 left_us);

G_END_DECLS
