/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *sm_preferences_new  (GSettings *settings);
void       sm_preferences_show (GtkWindow *parent,
                                GSettings *settings);

G_END_DECLS
