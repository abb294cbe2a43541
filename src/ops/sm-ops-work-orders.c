/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-work-orders.h"

#include "sm-ops-private.h"

/** sm_ops_get_work_orders: Returns: (transfer none): of SmItem, the open ones; whose clock ends first is first */
GListModel *
sm_ops_get_work_orders (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return G_LIST_MODEL (sm_work_order_book_get_set (self->work_orders));
}

/** sm_ops_find_work_order: Returns: (transfer none) (nullable): the open one with that number */
SmItem *
sm_ops_find_work_order (SmOps      *self,
                        const char *number)
{
  GListModel *orders = sm_ops_get_work_orders (self);

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);

      if (g_strcmp0 (sm_row_get_text (sm_item_get_row (item), SM_WORK_ORDER_NUMBER), number) == 0)
        return item;
    }
  return NULL;
}
