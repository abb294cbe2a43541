/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-filter.h"
#include "sm-map-view.h"
#include "sm-ops.h"
#include "sm-page.h"

G_BEGIN_DECLS

/**
 * SmWallPage:
 *
 * What an operator looks at all day: figures, the map, live faults, and what
 * is selected.  Actions: wall.acknowledge (alarm id), wall.acknowledge-selected,
 * wall.decide, wall.find, wall.fit, wall.clear-filter, wall.back.
 */
#define SM_TYPE_WALL_PAGE (sm_wall_page_get_type ())
G_DECLARE_FINAL_TYPE (SmWallPage, sm_wall_page, SM, WALL_PAGE, SmPage)

GtkWidget  *sm_wall_page_new              (SmOps      *ops);
SmMapView  *sm_wall_page_get_map          (SmWallPage *self);
SmMapFilter *sm_wall_page_get_filter      (SmWallPage *self);
void        sm_wall_page_set_is_wall      (SmWallPage *self,
                                           gboolean    is_wall);
void        sm_wall_page_keep_position    (SmWallPage *self);
gboolean    sm_wall_page_jump             (SmWallPage *self,
                                           gint64      alarm_id);
void        sm_wall_page_jump_back        (SmWallPage *self);
gboolean    sm_wall_page_open_named       (SmWallPage *self,
                                           const char *kind,
                                           const char *name);
void        sm_wall_page_list_keys        (GArray     *list);

G_END_DECLS
