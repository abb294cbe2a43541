/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmTruckList:
 *
 * The trucks on their way to a station that does not serve: where each could go, what it was
 * told, what its driver answered, and what is to be done about it.
 */
#define SM_TYPE_TRUCK_LIST (sm_truck_list_get_type ())
G_DECLARE_FINAL_TYPE (SmTruckList, sm_truck_list, SM, TRUCK_LIST, GtkWidget)

GtkWidget *sm_truck_list_new  (SmOps       *ops);
void       sm_truck_list_show (SmTruckList *self,
                               gint64       station_id);
void       sm_truck_list_set  (SmTruckList *self,
                               GArray      *offers,
                               GPtrArray   *rows);
void       sm_truck_list_list_keys (GArray *list);

G_END_DECLS
