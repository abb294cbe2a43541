/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-list-view.h"

G_BEGIN_DECLS

extern const SmListSpec sm_vehicle_list;
extern const SmListSpec sm_station_list;
extern const SmListSpec sm_pile_list;
extern const SmListSpec sm_battery_list;
extern const SmListSpec sm_drill_list;
extern const SmListSpec sm_order_list;
extern const SmListSpec sm_movement_list;
extern const SmListSpec sm_driving_event_list;
extern const SmListSpec sm_notification_list;

G_END_DECLS
