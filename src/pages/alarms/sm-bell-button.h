/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-bell.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmBellButton:
 *
 * Whether alarms are heard, for how long they are not, and everything that can be
 * set about it: silence for a time, which levels, and a test of each.
 */
#define SM_TYPE_BELL_BUTTON (sm_bell_button_get_type ())
G_DECLARE_FINAL_TYPE (SmBellButton, sm_bell_button, SM, BELL_BUTTON, GtkWidget)

GtkWidget  *sm_bell_button_new       (SmBell       *bell);
void        sm_bell_button_refresh   (SmBellButton *self);
const char *sm_bell_button_get_words (SmBellButton *self);

G_END_DECLS
