/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sm_wall_guard_add (GtkWindow *wall);

G_END_DECLS
