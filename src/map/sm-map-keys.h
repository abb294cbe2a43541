/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sm_map_keys_add (GtkWidgetClass  *klass,
                      GtkShortcutFunc  move,
                      GtkShortcutFunc  zoom,
                      GtkShortcutFunc  fit,
                      GtkShortcutFunc  open);

G_END_DECLS
