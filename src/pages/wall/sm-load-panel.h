/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-stats-now.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmLoadPanel:
 *
 * What the network draws: now, as the sum of its stations, and by quarters of
 * an hour today and yesterday, from the meters.  The line of today ends where
 * data end.
 */
#define SM_TYPE_LOAD_PANEL (sm_load_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmLoadPanel, sm_load_panel, SM, LOAD_PANEL, GtkWidget)

GtkWidget *sm_load_panel_new     (void);
void       sm_load_panel_refresh (SmLoadPanel      *self,
                                  GListModel       *stations,
                                  const SmStatsNow *stats,
                                  GTimeZone        *zone,
                                  gboolean          is_live);
double     sm_load_panel_sum     (GListModel       *stations,
                                  guint            *out_known);

G_END_DECLS
