/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *sm_connection_preferences_new   (GSettings  *settings);
void       sm_connection_preferences_apply (GSettings  *settings);

G_END_DECLS
