/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-figure-group.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmFiguresPanel:
 *
 * The figures of the network: can it serve, what do vehicles and piles do, what
 * has today brought.  Each bar sums to its total, and each figure opens its rows.
 */
#define SM_TYPE_FIGURES_PANEL (sm_figures_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmFiguresPanel, sm_figures_panel, SM, FIGURES_PANEL, GtkWidget)

void sm_figures_panel_refresh     (SmFiguresPanel *self,
                                   SmOps          *ops);
void sm_figures_panel_set_stale   (SmFiguresPanel *self,
                                   gboolean        stale,
                                   const char     *words);
void sm_figures_panel_set_is_wall (SmFiguresPanel *self,
                                   gboolean        is_wall);

void sm_figures_panel_set_connectors (SmFigureGroup *group,
                                      const guint    counts[SM_FIGURE_CONNECTOR_STATUSES],
                                      const char    *link);

G_END_DECLS
