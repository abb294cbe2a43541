/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-report.h"

#include "sm-time.h"

#include <math.h>

/** sm_vehicle_report_init: A report that says nothing. */
void
sm_vehicle_report_init (SmVehicleReport *self)
{
  *self = (SmVehicleReport){
    .at_us = SM_UNKNOWN, .latitude = NAN, .longitude = NAN, .heading_deg = NAN, .speed_kmh = NAN,
    .soc = NAN, .pack_temperature_c = NAN, .odometer_m = SM_UNKNOWN, .motion = SM_ENUM_UNKNOWN,
    .energy = SM_ENUM_UNKNOWN, .queue = SM_ENUM_UNKNOWN, .range_m = SM_UNKNOWN,
    .queue_since = SM_UNKNOWN, .eta = SM_UNKNOWN,
    .pack = { .soh = NAN, .cycle_count = NAN, .charged_wh = SM_UNKNOWN,
              .throughput_wh = SM_UNKNOWN, .voltage_v = NAN, .current_a = NAN,
              .temperature_max_c = NAN, .temperature_max_probe = SM_UNKNOWN,
              .temperature_min_c = NAN, .temperature_min_probe = SM_UNKNOWN, .cell_max_mv = NAN,
              .cell_max_number = SM_UNKNOWN, .cell_min_mv = NAN, .cell_min_number = SM_UNKNOWN,
              .insulation_ohm_per_v = NAN },
  };
}
