/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-places.h"
#include "sm-table.h"

G_BEGIN_DECLS

/** SmEngineerColumnsData: what the columns of engineers are shown with */
typedef struct
{
  SmOps *ops;
  gboolean has_place;
  SmOpsPlace place; /* of the chosen order: how far each is from there */
} SmEngineerColumnsData;

/* What stands beside the map; the data of the first table is the SmOps. */
extern const SmTableColumn sm_work_order_map_columns[];
extern const guint sm_n_work_order_map_columns;
extern const SmTableColumn sm_work_order_engineer_columns[];
extern const guint sm_n_work_order_engineer_columns;

G_END_DECLS
