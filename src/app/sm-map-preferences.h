/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-map-view.h"

G_BEGIN_DECLS

GtkWidget *sm_map_preferences_new    (GSettings *settings);
void       sm_map_preferences_follow (GSettings *settings,
                                      SmMapView *map);

G_END_DECLS
