/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-work-orders.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *sm_work_order_assign_all      (GtkWidget       *parent,
                                          SmOps           *ops);
void       sm_work_order_assign_all_show (GtkWidget       *dialog,
                                          const GPtrArray *proposals);

G_END_DECLS
