/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-view.h"
#include "sm-ops.h"

G_BEGIN_DECLS

#define SM_MAP_LIST_MOST 200

/**
 * SmMapList:
 *
 * What the map shows as a list, worst first: for the keyboard, and for those
 * who do not see the picture.  It is of the moment in which it was opened, so
 * that nothing moves under the hand.  A row opens what it names; several as
 * one, and what has no panel, are shown nearer or in the middle of the map.
 */
#define SM_TYPE_MAP_LIST (sm_map_list_get_type ())
G_DECLARE_FINAL_TYPE (SmMapList, sm_map_list, SM, MAP_LIST, GtkPopover)

GtkWidget *sm_map_list_new        (SmMapView *map,
                                   SmOps     *ops);
GtkWidget *sm_map_list_new_button (SmMapView *map,
                                   SmOps     *ops);
void       sm_map_list_refresh    (SmMapList *self);
guint      sm_map_list_get_n      (SmMapList *self);

G_END_DECLS
