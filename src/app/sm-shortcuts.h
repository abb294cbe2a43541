/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-window.h"

G_BEGIN_DECLS

void       sm_shortcuts_set_accels      (GtkApplication *application);
void       sm_shortcuts_set_wall_accels (GtkApplication *application);
GPtrArray *sm_shortcuts_list_sections   (void);
GArray    *sm_shortcuts_list_keys       (const char     *section);
GtkWidget *sm_shortcuts_show            (SmWindow       *window);

G_END_DECLS
