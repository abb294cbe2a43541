/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-stats-now.h"

G_BEGIN_DECLS

/**
 * SmTrendPanel:
 *
 * How many swaps there were in each hour of today, beside those of yesterday:
 * whether this hour is like the last ones.
 */
#define SM_TYPE_TREND_PANEL (sm_trend_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmTrendPanel, sm_trend_panel, SM, TREND_PANEL, GtkWidget)

void        sm_trend_panel_set       (SmTrendPanel     *self,
                                      const SmStatsNow *stats);
void        sm_trend_panel_set_stale (SmTrendPanel     *self,
                                      gboolean          stale);
const char *sm_trend_panel_get_words (SmTrendPanel     *self);

G_END_DECLS
