/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmFitBox:
 *
 * A box that never gives a child less than it needs: what does not fit leaves
 * as a whole, in a stated order, instead of being cut or shrunk.  A child has
 * a priority: 0 (the default) always stays, then the child with the highest
 * number leaves first, of equal ones the last.  What left comes back when
 * there is room.  Nothing needs to watch it: it is decided with each layout,
 * from what the children need at the present size of text.
 *
 * In a .ui file the child's type is its priority: <child type="3">.
 *
 * Implements GtkOrientable; properties: spacing (int).  Children that expand
 * share what is left, or all of them when none does.
 */
#define SM_TYPE_FIT_BOX (sm_fit_box_get_type ())
G_DECLARE_FINAL_TYPE (SmFitBox, sm_fit_box, SM, FIT_BOX, GtkWidget)

GtkWidget *sm_fit_box_new          (GtkOrientation  orientation,
                                    int             spacing);
void       sm_fit_box_append       (SmFitBox       *self,
                                    GtkWidget      *child,
                                    guint           priority);
void       sm_fit_box_remove       (SmFitBox       *self,
                                    GtkWidget      *child);
void       sm_fit_box_set_priority (SmFitBox       *self,
                                    GtkWidget      *child,
                                    guint           priority);
gboolean   sm_fit_box_is_shown     (SmFitBox       *self,
                                    GtkWidget      *child);

G_END_DECLS
