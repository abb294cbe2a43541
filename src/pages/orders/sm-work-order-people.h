/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops-work-orders.h"
#include "sm-work-order-taker.h"

G_BEGIN_DECLS

/** SmWorkOrderChoice: a part that can be used. */
typedef struct
{
  gint64 id;
  char *words;
} SmWorkOrderChoice;

GListStore *sm_work_order_list_people (SmOps          *ops);
GListStore *sm_work_order_rank_people (SmOps          *ops,
                                       const GPtrArray *candidates);
GArray    *sm_work_order_list_parts  (SmOps        *ops,
                                      const SmRow  *order);
GtkWidget *sm_work_order_choice_new  (const char   *title,
                                      const GArray *choices);
const SmWorkOrderChoice *sm_work_order_get_choice (GtkWidget    *row,
                                                   const GArray *choices);

G_END_DECLS
