/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-kept.h"

G_BEGIN_DECLS

GtkWidget *sm_preferences_new  (GSettings *settings,
                                SmKept     kept);
void       sm_preferences_show (GtkWindow *parent,
                                GSettings *settings,
                                SmKept     kept);

G_END_DECLS
