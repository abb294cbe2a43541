/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-status.h"

G_BEGIN_DECLS

/**
 * SmWallChannels:
 *
 * How fresh each of the ways is by which data come: the records, what moves,
 * and the figures of today, each with its age.
 */
#define SM_TYPE_WALL_CHANNELS (sm_wall_channels_get_type ())
G_DECLARE_FINAL_TYPE (SmWallChannels, sm_wall_channels, SM, WALL_CHANNELS, GtkWidget)

void sm_wall_channels_show (SmWallChannels *self,
                            SmStatus       *status);

G_END_DECLS
