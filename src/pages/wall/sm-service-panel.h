/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-stats-now.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmServicePanel:
 *
 * Can we serve: swap stations by what they can do, who lacks packs, who waits,
 * who cannot reach one, how fast swaps go.  Charging sites stand apart.
 */
#define SM_TYPE_SERVICE_PANEL (sm_service_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmServicePanel, sm_service_panel, SM, SERVICE_PANEL, GtkWidget)

void sm_service_panel_set       (SmServicePanel        *self,
                                 const SmServiceValues *values,
                                 const SmStatsNow      *stats,
                                 gint64                 now_us);
void sm_service_panel_set_stale (SmServicePanel        *self,
                                 gboolean               stale);

G_END_DECLS
