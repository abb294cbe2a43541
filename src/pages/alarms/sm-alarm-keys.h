/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sm_alarm_keys_add (GtkWidget *page);

G_END_DECLS
