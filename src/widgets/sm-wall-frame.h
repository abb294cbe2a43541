/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmWallFrame:
 *
 * What a window holds.  On a desk it is not there to be seen.  On a wall it
 * takes the size of the monitor whatever its child would like, moves all by
 * whole pixels against burn-in (by where the child is, so that nothing blurs
 * and what is pressed is what is seen), and dims the child, but not the banner
 * above it.
 *
 * Properties: banner, child (GtkWidget).
 */
#define SM_TYPE_WALL_FRAME (sm_wall_frame_get_type ())
G_DECLARE_FINAL_TYPE (SmWallFrame, sm_wall_frame, SM, WALL_FRAME, GtkWidget)

GtkWidget *sm_wall_frame_new         (void);
void       sm_wall_frame_set_is_wall (SmWallFrame *self,
                                      gboolean     is_wall);
void       sm_wall_frame_set_shift   (SmWallFrame *self,
                                      int          most,
                                      int          x,
                                      int          y);
void       sm_wall_frame_set_dim     (SmWallFrame *self,
                                      double       dim);
double     sm_wall_frame_get_dim     (SmWallFrame *self);

G_END_DECLS
