/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-stats-now.h"

#include <math.h>
#include <string.h>

#include "sm-time.h"

/** sm_stats_now_init: Nothing is known yet. */
void
sm_stats_now_init (SmStatsNow *self)
{
  memset (self, 0, sizeof *self);
  self->as_of = SM_UNKNOWN;
  self->swaps.usual_hour = self->charges.usual_hour = NAN;
  self->swaps.median_s = self->charges.median_s = NAN;
  self->swaps.median_wait_s = self->charges.median_wait_s = NAN;
  for (guint i = 0; i < SM_DAY_QUARTERS; i++)
    self->load_today_kw[i] = self->load_yesterday_kw[i] = NAN;
  for (guint i = 0; i < SM_DAY_HOURS; i++)
    self->swaps_today[i] = self->swaps_yesterday[i] = NAN;
  self->carbon = (SmCarbonFactors) SM_CARBON_DEFAULT;
}

/**
 * sm_carbon_saved_kg:
 * @energy_wh: given to trucks
 *
 * kWh × (diesel_l_per_100km / 100 × diesel_kg_per_l / truck_kwh_per_km − grid_kg_per_kwh)
 *
 * Returns: the CO2 that was saved against diesel, net of what the grid put out;
 *   below 0 on a dirty grid
 */
double
sm_carbon_saved_kg (const SmCarbonFactors *factors,
                    gint64                 energy_wh)
{
  double diesel_kg_per_km = factors->diesel_l_per_100km / 100 * factors->diesel_kg_per_l;

  return (double) energy_wh / 1000
         * (diesel_kg_per_km / factors->truck_kwh_per_km - factors->grid_kg_per_kwh);
}
