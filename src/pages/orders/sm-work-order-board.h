/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmWorkOrderBoard:
 *
 * Open work orders as cards, a column for each stage of their life, with how many
 * there are; in a column whose clock ends first stands first.  Arrow keys go from
 * card to card and from column to column.  One card is chosen on the whole board,
 * and stays so when its order goes on to another column.
 *
 * Signals: "chosen" (): another card is chosen, or none; "activated" (): Return, or
 * a double click.
 */
#define SM_TYPE_WORK_ORDER_BOARD (sm_work_order_board_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrderBoard, sm_work_order_board, SM, WORK_ORDER_BOARD, GtkWidget)

GtkWidget *sm_work_order_board_new        (SmOps            *ops);
void       sm_work_order_board_set_model  (SmWorkOrderBoard *self,
                                           GListModel       *model);
SmItem    *sm_work_order_board_get_chosen (SmWorkOrderBoard *self);
void       sm_work_order_board_choose     (SmWorkOrderBoard *self,
                                           gint64            id);
void       sm_work_order_board_refresh    (SmWorkOrderBoard *self);
void       sm_work_order_board_grab       (SmWorkOrderBoard *self);
guint      sm_work_order_board_count      (SmWorkOrderBoard *self,
                                           guint             stage);

G_END_DECLS
