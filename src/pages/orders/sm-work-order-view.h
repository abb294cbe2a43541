/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-filter-bar.h"
#include "sm-ops.h"
#include "sm-table.h"
#include "sm-work-order-board.h"
#include "sm-work-order-calendar.h"
#include "sm-work-order-map.h"

G_BEGIN_DECLS

/** SmWorkOrderViewSpec: one of the ways to look at work orders. */
typedef struct
{
  const char *name;  /* in links: "work_orders" */
  const char *title; /* of its tab, marked with context "work orders" */
  gboolean is_board;
  gboolean is_history;
  gboolean is_map;
  gboolean is_calendar;
} SmWorkOrderViewSpec;

extern const SmWorkOrderViewSpec sm_work_order_views[];
extern const guint sm_n_work_order_views;

/**
 * SmWorkOrderView:
 *
 * Work orders that match some filters, as a board, as a table, or those that were, newest
 * first.  What it shows is a link: stationmaster:work_orders?state=on_hold.
 *
 * Signals: "chosen" (): another one is chosen, or none; "activated" ().
 */
#define SM_TYPE_WORK_ORDER_VIEW (sm_work_order_view_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrderView, sm_work_order_view, SM, WORK_ORDER_VIEW, GtkWidget)

GtkWidget        *sm_work_order_view_new              (SmOps                     *ops,
                                                       SmViewState               *state,
                                                       const SmWorkOrderViewSpec *spec);
SmItem           *sm_work_order_view_get_chosen       (SmWorkOrderView           *self);
gboolean          sm_work_order_view_choose           (SmWorkOrderView           *self,
                                                       gint64                     id);
SmTable          *sm_work_order_view_get_table        (SmWorkOrderView           *self);
SmWorkOrderBoard *sm_work_order_view_get_board        (SmWorkOrderView           *self);
SmWorkOrderMap   *sm_work_order_view_get_map          (SmWorkOrderView           *self);
SmWorkOrderCalendar *sm_work_order_view_get_calendar  (SmWorkOrderView           *self);
void              sm_work_order_view_show_link        (SmWorkOrderView           *self,
                                                       const SmLink              *link);
char             *sm_work_order_view_dup_link         (SmWorkOrderView           *self);
void              sm_work_order_view_refresh          (SmWorkOrderView           *self);
void              sm_work_order_view_find             (SmWorkOrderView           *self);
void              sm_work_order_view_grab             (SmWorkOrderView           *self);
const char       *sm_work_order_view_describe_missing (SmWorkOrderView           *self);

G_END_DECLS
