/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmWallAlarms:
 *
 * The alarms of level 1 that nobody has acknowledged, the oldest first: what
 * every monitor of a wall says until somebody does.
 *
 * Signals: changed (), raised (gint64 id: the newest that was not there before).
 */
#define SM_TYPE_WALL_ALARMS (sm_wall_alarms_get_type ())
G_DECLARE_FINAL_TYPE (SmWallAlarms, sm_wall_alarms, SM, WALL_ALARMS, GObject)

SmWallAlarms *sm_wall_alarms_new     (void);
void          sm_wall_alarms_set_ops (SmWallAlarms *self,
                                      SmOps        *ops);
guint         sm_wall_alarms_get_n   (SmWallAlarms *self);
SmItem       *sm_wall_alarms_get     (SmWallAlarms *self,
                                      guint         index);
void          sm_wall_alarms_look    (SmWallAlarms *self);

G_END_DECLS
