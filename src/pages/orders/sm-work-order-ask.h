/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops-work-orders.h"

G_BEGIN_DECLS

/* Asks for what an act on a work order needs, and does it. */

void       sm_work_order_send (GtkWidget             *parent,
                               SmOps                 *ops,
                               SmItem                *order,
                               const SmWorkOrderDeed *deed);
GtkWidget *sm_work_order_ask  (GtkWidget             *parent,
                               SmOps                 *ops,
                               SmWorkOrderEvent       event,
                               SmItem                *order);

G_END_DECLS
