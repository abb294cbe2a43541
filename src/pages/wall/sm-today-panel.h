/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-stats-now.h"
#include "sm-status.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmTodayPanel:
 *
 * What today has brought so far, against yesterday until the same time of day:
 * orders, energy, money, and the carbon dioxide saved, with how it is reckoned.
 */
#define SM_TYPE_TODAY_PANEL (sm_today_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmTodayPanel, sm_today_panel, SM, TODAY_PANEL, GtkWidget)

void  sm_today_panel_set        (SmTodayPanel          *self,
                                 const SmStatsNow      *stats,
                                 SmStatus              *status);
void  sm_today_panel_set_stale  (SmTodayPanel          *self,
                                 gboolean               stale);
char *sm_today_carbon_formula   (const SmCarbonFactors *factors);

G_END_DECLS
