/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-work-orders.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

const char *sm_work_order_wish_refusal (SmOps     *ops);
GtkWidget  *sm_work_order_wish_ask     (GtkWidget *parent,
                                        SmOps     *ops,
                                        SmNounId   noun,
                                        gint64     id);

G_END_DECLS
