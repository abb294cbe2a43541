/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmFindPopover:
 *
 * The list beside the map: what is drawn there cannot be reached by keyboard
 * or read by a screen reader, what stands in a list can.  Filters by any part
 * of a name, number or address.
 *
 * Signal "activated" (SmNounId noun, gint64 id).
 */
#define SM_TYPE_FIND_POPOVER (sm_find_popover_get_type ())
G_DECLARE_FINAL_TYPE (SmFindPopover, sm_find_popover, SM, FIND_POPOVER, GtkPopover)

GtkWidget *sm_find_popover_new     (void);
void       sm_find_popover_set_ops (SmFindPopover *self,
                                    SmOps         *ops);
void       sm_find_popover_search  (SmFindPopover *self,
                                    const char    *text);
guint      sm_find_popover_get_n   (SmFindPopover *self);

G_END_DECLS
