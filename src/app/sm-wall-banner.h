/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-clock.h"
#include "sm-item.h"

G_BEGIN_DECLS

/**
 * SmWallBanner:
 *
 * One alarm of level 1, over the whole width of a monitor, with how many there
 * are.  Its button runs the action "win.acknowledge-worst" with the alarm's id,
 * where the person may.
 */
#define SM_TYPE_WALL_BANNER (sm_wall_banner_get_type ())
G_DECLARE_FINAL_TYPE (SmWallBanner, sm_wall_banner, SM, WALL_BANNER, GtkWidget)

void   sm_wall_banner_show   (SmWallBanner *self,
                              SmItem       *alarm,
                              const char   *place,
                              guint         index,
                              guint         n,
                              SmClock      *clock,
                              gboolean      may_acknowledge);
gint64 sm_wall_banner_get_id (SmWallBanner *self);

G_END_DECLS
