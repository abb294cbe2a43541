/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-cells.h"

#include "sm-work-order-words.h"

/** sm_work_order_title_text: Returns: (transfer full): what is the matter */
char *
sm_work_order_title_text (const SmTableColumn *column,
                          SmItem              *item,
                          gpointer             ops)
{
  return sm_work_order_title (sm_item_get_row (item));
}

/** sm_work_order_place_text: Returns: (transfer full): where it is */
char *
sm_work_order_place_text (const SmTableColumn *column,
                          SmItem              *item,
                          gpointer             ops)
{
  return sm_work_order_place (ops, sm_item_get_row (item));
}

/** sm_work_order_who_text: Returns: (transfer full): who has it */
char *
sm_work_order_who_text (const SmTableColumn *column,
                        SmItem              *item,
                        gpointer             ops)
{
  return sm_work_order_who (ops, sm_item_get_row (item));
}
