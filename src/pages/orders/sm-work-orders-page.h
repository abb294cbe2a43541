/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-page.h"
#include "sm-work-order-panel.h"
#include "sm-work-order-view.h"

G_BEGIN_DECLS

/**
 * SmWorkOrdersPage:
 *
 * Work orders as a board and as a list, those that were, and beside them the one that is
 * chosen, with what a person may do to it, or why not.
 */
#define SM_TYPE_WORK_ORDERS_PAGE (sm_work_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrdersPage, sm_work_orders_page, SM, WORK_ORDERS_PAGE, SmPage)

#define SM_WORK_ORDERS_PAGE_NAME "work_orders"
#define SM_WORK_ORDER_LINK "work_order" /* and its number */

GtkWidget        *sm_work_orders_page_new       (SmOps            *ops,
                                                 SmViewState      *state,
                                                 const char       *title);
gboolean          sm_work_orders_page_has_view  (const char       *name);
SmWorkOrderView  *sm_work_orders_page_get_view  (SmWorkOrdersPage *self);
SmWorkOrderPanel *sm_work_orders_page_get_panel (SmWorkOrdersPage *self);
void              sm_work_orders_page_list_keys (GArray           *list);

G_END_DECLS
