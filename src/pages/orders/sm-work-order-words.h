/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-work-orders.h"

G_BEGIN_DECLS

/** SmWorkOrderStage: what the states of an order are to who looks at all of them. */
typedef enum
{
  SM_WORK_ORDER_STAGE_TO_ASSIGN,
  SM_WORK_ORDER_STAGE_ASSIGNED,
  SM_WORK_ORDER_STAGE_ON_THE_WAY,
  SM_WORK_ORDER_STAGE_AT_WORK,
  SM_WORK_ORDER_STAGE_ON_HOLD,
  SM_WORK_ORDER_STAGE_TO_CONFIRM,
  SM_N_WORK_ORDER_STAGES,
  SM_WORK_ORDER_STAGE_OVER = SM_N_WORK_ORDER_STAGES,
} SmWorkOrderStage;

SmWorkOrderStage sm_work_order_stage          (const SmRow *order);
const char      *sm_work_order_stage_title    (SmWorkOrderStage stage);
const char      *sm_work_order_clock_title          (SmWorkOrderClock  clock);

guint            sm_work_order_level          (const SmRow *order);
char            *sm_work_order_title          (const SmRow *order);
char            *sm_work_order_place          (SmOps       *ops,
                                               const SmRow *order);
char            *sm_work_order_who            (SmOps       *ops,
                                               const SmRow *order);
char            *sm_work_order_event_words    (const char  *event);
char            *sm_work_order_moment         (SmOps       *ops,
                                               gint64       at_us);
char            *sm_work_order_label          (SmOps       *ops,
                                               SmNounId     noun,
                                               gint64       id);
char            *sm_work_order_clock_state          (SmOps       *ops,
                                               const SmRow *order,
                                               SmWorkOrderClock  clock,
                                               gboolean    *out_is_late);
char            *sm_work_order_clock_text     (SmOps       *ops,
                                               const SmRow *order,
                                               SmWorkOrderClock *out_clock,
                                               gint64      *out_left_us);
char            *sm_work_order_clock_sentence (SmOps       *ops,
                                               const SmRow *order);

G_END_DECLS
