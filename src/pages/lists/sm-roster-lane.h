/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmRosterLane:
 *
 * Widgets along a stretch of time: each lies where its share of the width begins and ends.
 */
#define SM_TYPE_ROSTER_LANE (sm_roster_lane_get_type ())
G_DECLARE_FINAL_TYPE (SmRosterLane, sm_roster_lane, SM, ROSTER_LANE, GtkWidget)

GtkWidget *sm_roster_lane_new (void);
void       sm_roster_lane_add (SmRosterLane *self,
                               GtkWidget    *child,
                               double        from,
                               double        to);

G_END_DECLS
