/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmWorkOrderCard:
 *
 * A work order in a column of the board: how bad, what, where, who goes, and
 * the clock that ends next.
 */
#define SM_TYPE_WORK_ORDER_CARD (sm_work_order_card_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrderCard, sm_work_order_card, SM, WORK_ORDER_CARD, GtkWidget)

GtkWidget *sm_work_order_card_new     (SmOps           *ops);
void       sm_work_order_card_bind    (SmWorkOrderCard *self,
                                       SmItem          *item);
void       sm_work_order_card_refresh (SmWorkOrderCard *self);

G_END_DECLS
