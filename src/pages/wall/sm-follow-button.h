/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-view.h"

G_BEGIN_DECLS

/**
 * SmFollowButton:
 *
 * Is down while the map goes after its vehicle, which ends when a person moves
 * the map or looks at something else.
 */
#define SM_TYPE_FOLLOW_BUTTON (sm_follow_button_get_type ())
G_DECLARE_FINAL_TYPE (SmFollowButton, sm_follow_button, SM, FOLLOW_BUTTON, GtkWidget)

GtkWidget *sm_follow_button_new         (SmMapView      *map);
void       sm_follow_button_set_vehicle (SmFollowButton *self,
                                         gint64          id);

G_END_DECLS
