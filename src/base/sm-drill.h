/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether what this program shows, says and writes is a drill and not the network
 * that people depend on.  One answer for all of the program: whatever leaves it, on
 * a screen, in a file or on paper, asks here and bears the mark.  Any thread. */
void        sm_drill_set       (const char *title);
const char *sm_drill_get_title (void);
gboolean    sm_drill_is_on     (void);
const char *sm_drill_mark      (void);
char       *sm_drill_dup_file_name (const char *name);

G_END_DECLS
