/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmWorkOrderPanel:
 *
 * All of one work order: how far it is, its clocks, what can be done or why not, what it
 * is about, and everything that happened to it.  Its buttons run the page's actions.
 */
#define SM_TYPE_WORK_ORDER_PANEL (sm_work_order_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrderPanel, sm_work_order_panel, SM, WORK_ORDER_PANEL, GtkWidget)

GtkWidget *sm_work_order_panel_new     (SmOps            *ops);
void       sm_work_order_panel_show    (SmWorkOrderPanel *self,
                                        SmItem           *item);
void       sm_work_order_panel_refresh (SmWorkOrderPanel *self);
void       sm_work_order_panel_focus   (SmWorkOrderPanel *self);
void       sm_work_order_panel_focus_trucks (SmWorkOrderPanel *self);

G_END_DECLS
