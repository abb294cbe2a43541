/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops-work-orders.h"
#include "sm-work-order-taker.h"

G_BEGIN_DECLS

/**
 * SmWorkOrderTakers:
 *
 * Who could go to a work order, best first, as the service ranks them; where it cannot be
 * asked, by name, and it says so.  "changed": another one is chosen; "activated": that one goes.
 */
#define SM_TYPE_WORK_ORDER_TAKERS (sm_work_order_takers_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrderTakers, sm_work_order_takers, SM, WORK_ORDER_TAKERS, GtkWidget)

GtkWidget              *sm_work_order_takers_new        (SmOps             *ops,
                                                         gint64             order_id);
void                    sm_work_order_takers_rank       (SmWorkOrderTakers *self,
                                                         const GPtrArray   *candidates);
void                    sm_work_order_takers_find       (SmWorkOrderTakers *self,
                                                         const char        *text);
const SmWorkOrderTaker *sm_work_order_takers_get_chosen (SmWorkOrderTakers *self);

G_END_DECLS
