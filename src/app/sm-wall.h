/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-window.h"

G_BEGIN_DECLS

/* While somebody did something so short ago, nothing on the wall moves by itself. */
#define SM_WALL_REST_US (30 * G_USEC_PER_SEC)
/* So long each of several alarms is in the banner. */
#define SM_WALL_BANNER_US (10 * G_USEC_PER_SEC)

/**
 * SmWall:
 *
 * A wall: a window for each monitor, each with its own page or playlist, which
 * goes when its monitor is unplugged and comes back with it as it was; and what
 * is done on all of them by the clock: the next page, the banner of the worst
 * alarms, dim hours, the slow shift of the picture.  The clock is who calls
 * sm_wall_tick(), once a second.
 */
#define SM_TYPE_WALL (sm_wall_get_type ())
G_DECLARE_FINAL_TYPE (SmWall, sm_wall, SM, WALL, GObject)

typedef SmWindow *(*SmWallMakeWindow) (gpointer user_data);

SmWall     *sm_wall_new         (GSettings        *settings,
                                 GListModel       *monitors,
                                 SmWallMakeWindow  make,
                                 gpointer          user_data);
void        sm_wall_set_ops     (SmWall           *self,
                                 SmOps            *ops,
                                 const char       *server);
void        sm_wall_set_link    (SmWall           *self,
                                 const char       *link);
void        sm_wall_tick        (SmWall           *self,
                                 gint64            now_us,
                                 int               minute);
void        sm_wall_note_act    (SmWall           *self,
                                 gint64            now_us);
void        sm_wall_pause       (SmWall           *self);
void        sm_wall_step        (SmWall           *self,
                                 int               by);
guint       sm_wall_get_n       (SmWall           *self);
SmWindow   *sm_wall_get_window  (SmWall           *self,
                                 guint             index);
const char *sm_wall_get_key     (SmWall           *self,
                                 guint             index);
GdkMonitor *sm_wall_get_monitor (SmWall           *self,
                                 guint             index);
gboolean    sm_wall_is_plugged  (SmWall           *self,
                                 guint             index);

G_END_DECLS
