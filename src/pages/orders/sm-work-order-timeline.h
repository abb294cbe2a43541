/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmWorkOrderTimeline:
 *
 * Everything that happened to a work order, with who and when, newest first; what somebody
 * did without a network says when it was, too.
 */
#define SM_TYPE_WORK_ORDER_TIMELINE (sm_work_order_timeline_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrderTimeline, sm_work_order_timeline, SM, WORK_ORDER_TIMELINE, GtkWidget)

GtkWidget *sm_work_order_timeline_new  (SmOps               *ops);
void       sm_work_order_timeline_show (SmWorkOrderTimeline *self,
                                        SmRow               *order);

G_END_DECLS
