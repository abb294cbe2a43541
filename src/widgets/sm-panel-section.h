/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *sm_panel_section_new (const char *title,
                                 GtkWidget  *child);
GtkWidget *sm_panel_line_new    (const char *title,
                                 const char *detail);
void       sm_panel_lines_clear (GtkWidget  *box);

G_END_DECLS
