/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmLevelBadge:
 *
 * The sign of an alarm level.  Each level has its own shape and its digit, so
 * that the colour is never the only sign: 1 square, 2 triangle, 3 disc, 4 ring.
 * As large as the text beside it asks for.
 *
 * Properties: level (1 to 4; 0 draws nothing).
 */
#define SM_TYPE_LEVEL_BADGE (sm_level_badge_get_type ())
G_DECLARE_FINAL_TYPE (SmLevelBadge, sm_level_badge, SM, LEVEL_BADGE, GtkWidget)

GtkWidget *sm_level_badge_new       (guint         level);
guint      sm_level_badge_get_level (SmLevelBadge *self);
void       sm_level_badge_set_level (SmLevelBadge *self,
                                     guint         level);
char      *sm_level_badge_words     (guint         level);

G_END_DECLS
