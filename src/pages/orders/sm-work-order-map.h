/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-view.h"
#include "sm-ops.h"
#include "sm-table.h"

G_BEGIN_DECLS

/**
 * SmWorkOrderMap:
 *
 * Open work orders and engineers on a map, with a line from each to what they have; and the
 * same as two tables beside it.  Whoever is chosen in a table is ringed on the map, and the
 * map is fitted to what belongs to a chosen order: who has it, who could, and the trucks that
 * are told to go elsewhere.
 */
#define SM_TYPE_WORK_ORDER_MAP (sm_work_order_map_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrderMap, sm_work_order_map, SM, WORK_ORDER_MAP, GtkWidget)

GtkWidget  *sm_work_order_map_new           (SmOps          *ops,
                                             SmTable        *orders);
void        sm_work_order_map_set_model     (SmWorkOrderMap *self,
                                             GListModel     *orders);
void        sm_work_order_map_refresh       (SmWorkOrderMap *self);
SmMapView  *sm_work_order_map_get_map       (SmWorkOrderMap *self);
SmTable    *sm_work_order_map_get_engineers (SmWorkOrderMap *self);
gboolean    sm_work_order_map_is_settled    (SmWorkOrderMap *self);

G_END_DECLS
