/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-fleet.h"

/* Vehicles and stations that nobody has, for tests and benchmarks: seeded,
 * around the places where people live, with a few faults. */

SmVehicleBatch *synthetic_batch_new    (guint           n,
                                        guint32         seed);
SmVehicleBatch *synthetic_batch_moved  (SmVehicleBatch *batch,
                                        guint32         by);
void            synthetic_add_faults   (SmFleet        *fleet,
                                        guint32         seed);
GListModel     *synthetic_stations_new (guint           n,
                                        guint32         seed);
