/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-key.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sm_map_keys_add  (GtkWidgetClass  *klass,
                       GtkShortcutFunc  move,
                       GtkShortcutFunc  zoom,
                       GtkShortcutFunc  fit,
                       GtkShortcutFunc  open);
void sm_map_keys_list (GArray          *list);

G_END_DECLS
