/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmWorkOrderClocks:
 *
 * The clocks of a work order: which, what is left of it or how long it took, and how
 * much of it has gone by.
 */
#define SM_TYPE_WORK_ORDER_CLOCKS (sm_work_order_clocks_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrderClocks, sm_work_order_clocks, SM, WORK_ORDER_CLOCKS, GtkWidget)

GtkWidget *sm_work_order_clocks_new  (SmOps             *ops);
void       sm_work_order_clocks_show (SmWorkOrderClocks *self,
                                      const SmRow       *order);

G_END_DECLS
