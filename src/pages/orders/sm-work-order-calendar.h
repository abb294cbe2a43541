/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmWorkOrderCalendar:
 *
 * A week, or a day, of all engineers: their orders as they were done, run and are planned,
 * over the roster.  Up and Down go from one engineer to another, Left and Right from one of
 * their orders to the next, Page Up and Page Down to another week, Home to the present one.
 *
 * Signals: "chosen" (): another order is chosen, or none; "activated" ().
 */
#define SM_TYPE_WORK_ORDER_CALENDAR (sm_work_order_calendar_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrderCalendar, sm_work_order_calendar, SM, WORK_ORDER_CALENDAR, GtkWidget)

GtkWidget  *sm_work_order_calendar_new        (SmOps               *ops);
SmItem     *sm_work_order_calendar_get_chosen (SmWorkOrderCalendar *self);
gboolean    sm_work_order_calendar_choose     (SmWorkOrderCalendar *self,
                                               gint64               order_id);
void        sm_work_order_calendar_refresh    (SmWorkOrderCalendar *self);
void        sm_work_order_calendar_grab       (SmWorkOrderCalendar *self);
gboolean    sm_work_order_calendar_is_loading (SmWorkOrderCalendar *self);
GListModel *sm_work_order_calendar_get_lines  (SmWorkOrderCalendar *self);
void        sm_work_order_calendar_list_keys  (GArray              *list);

G_END_DECLS
