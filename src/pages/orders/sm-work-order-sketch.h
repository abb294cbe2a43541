/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-job-layer.h"
#include "sm-ops-work-orders.h"

G_BEGIN_DECLS

/** SmWorkOrderSketch: what is to be drawn on a map */
typedef struct
{
  SmOps *ops;
  GListModel *orders;        /* (nullable): of SmItem: open ones, who presses most first */
  gint64 order_id;           /* the chosen one, 0: none */
  gint64 engineer_id;        /* the chosen one, 0: none */
  const GPtrArray *could;    /* (nullable): of SmWorkOrderCandidate: for the chosen one, the best first */
  const GPtrArray *guidances; /* (nullable): of SmRow: of its station */
} SmWorkOrderSketch;

void        sm_work_order_sketch_draw (const SmWorkOrderSketch *self,
                                       GArray                  *spots,
                                       GArray                  *lines);
gboolean    sm_work_order_is_there    (const SmRow             *order);
SmPlaceLook sm_work_order_duty_look   (const SmRow             *engineer);

G_END_DECLS
