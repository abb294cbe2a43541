/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-work-clock.h"

G_BEGIN_DECLS

/* Work orders. */

GListModel *sm_ops_get_work_orders (SmOps *self);
SmItem     *sm_ops_find_work_order (SmOps      *self,
                                    const char *number);

G_END_DECLS
