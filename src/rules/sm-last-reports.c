/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-last-reports.h"

#include "sm-rules-private.h"

/**
 * sm_last_reports:
 *
 * What every vehicle said last, also in an earlier run of the service; for the
 * simulator, which goes on from there.
 *
 * Returns: (transfer full) (element-type SmVehicleReport): of those vehicles
 *   that ever reported; without vin
 */
GArray *
sm_last_reports (SmRules *rules)
{
  GArray *reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport));

  sm_live_lock (rules->live);
  for (guint slot = 0; slot < sm_live_n_vehicles (rules->live); slot++)
    {
      const SmLiveVehicle *vehicle = sm_live_get_vehicle (rules->live, slot);
      SmVehicleReport report = {
        .vehicle_id = vehicle->id,
        .at_us = vehicle->reported_at,
        .latitude = vehicle->latitude,
        .longitude = vehicle->longitude,
        .heading_deg = vehicle->heading_deg,
        .speed_kmh = vehicle->speed_kmh,
        .soc = vehicle->soc,
        .pack_temperature_c = vehicle->pack_temperature_c,
        .odometer_m = vehicle->odometer_m,
        .motion = vehicle->motion,
        .energy = vehicle->energy,
        .queue = vehicle->queue,
        .battery_id = vehicle->battery_id,
        .range_m = vehicle->range_m,
        .station_id = vehicle->station_id,
        .queue_since = vehicle->queue_since,
        .eta = vehicle->eta,
      };

      if (vehicle->id != 0 && vehicle->reported_at != SM_UNKNOWN)
        g_array_append_val (reports, report);
    }
  sm_live_unlock (rules->live);
  return reports;
}

/**
 * sm_last_rows:
 *
 * What everything of @noun said last, also in an earlier run of the service;
 * for the simulator.
 *
 * Returns: (transfer full) (element-type SmRow): with their live fields
 */
GPtrArray *
sm_last_rows (SmRules      *rules,
              const SmNoun *noun)
{
  return sm_live_list_rows (rules->live, noun);
}

/** sm_last_save: Saves the live values now, for who will write what builds upon them. */
gboolean
sm_last_save (SmRules  *rules,
              GError  **error)
{
  return sm_live_save (rules->live, rules->live_file, error);
}
