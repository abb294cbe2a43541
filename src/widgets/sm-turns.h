/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmTurns:
 *
 * What span is looked at, between the buttons to the one before and after it, and back to the
 * present one.  Emits "turned" when it is another, or the present one anew.
 */
#define SM_TYPE_TURNS (sm_turns_get_type ())
G_DECLARE_FINAL_TYPE (SmTurns, sm_turns, SM, TURNS, GtkWidget)

GtkWidget *sm_turns_new        (const char *before,
                                const char *after,
                                const char *present);
void       sm_turns_set_title  (SmTurns    *self,
                                const char *title);
int        sm_turns_get_offset (SmTurns    *self);
void       sm_turns_go         (SmTurns    *self,
                                int         offset);

G_END_DECLS
