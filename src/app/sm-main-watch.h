/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the main loop is held up: the time from one poll to the next, so
 * that whatever ran in between counts, GTK's own drawing included.  What has
 * to be quick is below that. */

void   sm_main_watch_start        (const char *path);
double sm_main_watch_take_longest (void);

G_END_DECLS
