/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-status.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmLoadPanel:
 *
 * What the stations draw together, now and over the last minutes that this
 * screen has watched.
 */
#define SM_TYPE_LOAD_PANEL (sm_load_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmLoadPanel, sm_load_panel, SM, LOAD_PANEL, GtkWidget)

void   sm_load_panel_refresh (SmLoadPanel *self,
                              GListModel  *stations,
                              SmStatus    *status);
double sm_load_panel_sum     (GListModel  *stations,
                              guint       *out_known);

G_END_DECLS
