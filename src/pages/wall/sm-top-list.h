/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SmTopList:
 *
 * The first so many items of another list, for a list view.  What goes leaves at
 * once, and so does what moved; of what is new only a few items come in one turn
 * of the main loop, for a row takes a list view a millisecond to make.  All of
 * them come before the next frame.
 */
#define SM_TYPE_TOP_LIST (sm_top_list_get_type ())
G_DECLARE_FINAL_TYPE (SmTopList, sm_top_list, SM, TOP_LIST, GObject)

SmTopList *sm_top_list_new      (GListModel *model,
                                 guint       a_turn,
                                 guint       rows_made);
guint      sm_top_list_get_size (SmTopList  *self);
void       sm_top_list_set_size (SmTopList  *self,
                                 guint       size);
gboolean   sm_top_list_is_whole (SmTopList  *self);
void       sm_top_list_settle   (SmTopList  *self);

G_END_DECLS
