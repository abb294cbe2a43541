/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-directory.h"
#include "sm-fleet.h"

G_BEGIN_DECLS

/* A vehicle out of the arrays: as a row, and as what it is sorted by. */

SmRow   *sm_vehicle_row_new       (gint64                  id,
                                   const SmVehicleRecord  *record,
                                   const SmVehicleColumns *columns,
                                   int                     slot);
gboolean sm_vehicle_field_is_text (guint                   field);
guint32  sm_vehicle_sort_key      (const SmVehicleColumns *columns,
                                   guint                   slot,
                                   guint                   field,
                                   gboolean                descending);

G_END_DECLS
