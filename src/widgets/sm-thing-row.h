/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmThingRow:
 *
 * A station, a vehicle, a pile in a list: its name, a line about it, and what
 * there is to say at its end.  All text is taken as it is, never as markup.
 */
#define SM_TYPE_THING_ROW (sm_thing_row_get_type ())
G_DECLARE_FINAL_TYPE (SmThingRow, sm_thing_row, SM, THING_ROW, GtkWidget)

GtkWidget  *sm_thing_row_new       (void);
void        sm_thing_row_set       (SmThingRow *self,
                                    const char *title,
                                    const char *subtitle,
                                    const char *end);
void        sm_thing_row_set_level (SmThingRow *self,
                                    guint       level);
const char *sm_thing_row_get_title (SmThingRow *self);

G_END_DECLS
