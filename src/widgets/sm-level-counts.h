/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmLevelCounts:
 *
 * How many of each alarm level: the sign of the level with a neutral count
 * beside it, because a count inside a sign reads like a level.  With a link
 * each is a button that opens the rows it counts.
 */
#define SM_TYPE_LEVEL_COUNTS (sm_level_counts_get_type ())
G_DECLARE_FINAL_TYPE (SmLevelCounts, sm_level_counts, SM, LEVEL_COUNTS, GtkWidget)

GtkWidget *sm_level_counts_new (void);
void       sm_level_counts_set_link (SmLevelCounts *self,
                                     const char    *prefix);
void       sm_level_counts_set (SmLevelCounts *self,
                                const guint    by_level[5]);

G_END_DECLS
