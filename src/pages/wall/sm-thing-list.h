/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmThingList:
 *
 * A few things under each other: what, about it, what there is to say at its
 * end, the level of what is wrong with it, and where a click leads.  Begin,
 * add, end: a row that is the same as before is left alone.
 */
#define SM_TYPE_THING_LIST (sm_thing_list_get_type ())
G_DECLARE_FINAL_TYPE (SmThingList, sm_thing_list, SM, THING_LIST, GtkWidget)

GtkWidget *sm_thing_list_new   (const char  *empty);
void       sm_thing_list_begin (SmThingList *self);
void       sm_thing_list_add   (SmThingList *self,
                                const char  *title,
                                const char  *subtitle,
                                const char  *end,
                                guint        level,
                                const char  *link);
void       sm_thing_list_tell  (SmThingList *self,
                                const char  *words);
guint      sm_thing_list_end   (SmThingList *self);

G_END_DECLS
