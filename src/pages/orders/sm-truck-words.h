/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

char       *sm_truck_way        (SmOps       *ops,
                                 gint64       station_id,
                                 gint64       battery_id,
                                 gint64       seconds);
const char *sm_truck_offer_word (guint        outcome);
SmItem     *sm_truck_rescue     (SmOps       *ops,
                                 const SmRow *row);
char       *sm_truck_why        (SmOps       *ops,
                                 const SmRow *row);
char       *sm_truck_state      (SmOps       *ops,
                                 const SmRow *row,
                                 const char  *act);

G_END_DECLS
