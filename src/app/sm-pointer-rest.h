/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SM_POINTER_REST_MS 3000

void sm_pointer_rest (GtkWidget *widget,
                      guint      after_ms);

G_END_DECLS
