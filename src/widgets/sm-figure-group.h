/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-state-bar.h"

G_BEGIN_DECLS

/**
 * SmFigureGroup:
 *
 * A whole and its parts: title and total, the bar, and a line for each part
 * with its figure.  What is nothing is not listed, but for the first part.
 * Figures with a link are buttons that open the rows they count.
 *
 * Properties: title, stale (the figures are the last known, not live).
 */
#define SM_TYPE_FIGURE_GROUP (sm_figure_group_get_type ())
G_DECLARE_FINAL_TYPE (SmFigureGroup, sm_figure_group, SM, FIGURE_GROUP, GtkWidget)

GtkWidget  *sm_figure_group_new         (const char        *title);
void        sm_figure_group_set_parts   (SmFigureGroup     *self,
                                         const SmStatePart *parts,
                                         guint              n_parts);
void        sm_figure_group_set_link    (SmFigureGroup     *self,
                                         const char        *link);
void        sm_figure_group_set_loading (SmFigureGroup     *self);
void        sm_figure_group_set_stale   (SmFigureGroup     *self,
                                         gboolean           stale);
gint64      sm_figure_group_get_total   (SmFigureGroup     *self);
const char *sm_figure_group_get_words   (SmFigureGroup     *self);

G_END_DECLS
