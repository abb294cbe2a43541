/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/** SmOpsPlace: where something is, WGS-84 degrees */
typedef struct
{
  double latitude, longitude;
} SmOpsPlace;

gboolean sm_ops_locate_station    (SmOps            *self,
                                   gint64            station_id,
                                   SmOpsPlace       *out_place);
gboolean sm_ops_locate_vehicle    (SmOps            *self,
                                   gint64            vehicle_id,
                                   SmOpsPlace       *out_place);
gboolean sm_ops_locate_engineer   (SmOps            *self,
                                   gint64            engineer_id,
                                   SmOpsPlace       *out_place);
gboolean sm_ops_locate_work_order (SmOps            *self,
                                   const SmRow      *order,
                                   SmOpsPlace       *out_place);
double   sm_ops_place_distance_m  (const SmOpsPlace *a,
                                   const SmOpsPlace *b);

G_END_DECLS
