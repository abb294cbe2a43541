/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-key.h"

G_BEGIN_DECLS

void sm_keys_add       (GtkWidget        *widget,
                        GtkShortcutScope  scope,
                        const SmKey      *keys,
                        guint             n_keys);
void sm_keys_add_class (GtkWidgetClass   *widget_class,
                        const SmKey      *keys,
                        guint             n_keys);
void sm_keys_add_func  (GtkWidgetClass   *widget_class,
                        const SmKey      *key,
                        GtkShortcutFunc   func,
                        GVariant         *argument);

G_END_DECLS
