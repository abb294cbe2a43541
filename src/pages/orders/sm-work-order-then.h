/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-facts.h"
#include "sm-ops-work-orders.h"

G_BEGIN_DECLS

gboolean sm_work_order_then_show (SmFacts     *facts,
                                  SmOps       *ops,
                                  const SmRow *order);

G_END_DECLS
