/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-session.h"

#include <math.h>

#include "sm-noun.h"
#include "sm-time.h"

/* What is missing of the peak at the end; it falls with the square of the time. */
#define TAPER 0.6

#define MAINS_BELOW_KW 10.0 /* such a connector gives alternating current */

/** sm_sim_session_begin: A car comes as empty, and wants as much, as its chance has it. */
void
sm_sim_session_begin (SmSimSession *self,
                      SmRandom     *random,
                      double        pile_kw,
                      gint64        now_us)
{
  double to_soc = sm_random_range (random, 78.0, 98.0);
  double hours;

  self->pile_kw = pile_kw;
  self->peak_kw = pile_kw * sm_random_range (random, 0.55, 0.97);
  self->capacity_wh = sm_random_range (random, 42000.0, 82000.0);
  self->from_soc = sm_random_range (random, 12.0, 55.0);
  self->warmth_c = sm_random_range (random, -3.0, 5.0);
  self->neutral_v = sm_random_range (random, 0.2, 2.4);
  /* Who finds only a slow one does not stay until it is full. */
  if (pile_kw < MAINS_BELOW_KW)
    to_soc = MIN (to_soc, self->from_soc + sm_random_range (random, 15.0, 45.0));
  hours = self->capacity_wh * (to_soc - self->from_soc) / 100.0
          / (self->peak_kw * 1000.0 * (1.0 - TAPER / 3.0));
  self->started_us = now_us;
  self->full_us = self->until_us = now_us + (gint64) (hours * 3600.0 * (double) SM_SECOND);
}

static double
part_of (const SmSimSession *self,
         gint64              at_us)
{
  gint64 to_us = CLAMP (at_us, self->started_us, self->until_us);

  return (double) (to_us - self->started_us) / (double) MAX (self->full_us - self->started_us, 1);
}

float
sm_sim_session_power_kw (const SmSimSession *self,
                         gint64              at_us)
{
  double part = part_of (self, at_us);

  return (float) (self->peak_kw * (1.0 - TAPER * part * part));
}

gint64
sm_sim_session_energy_wh (const SmSimSession *self,
                          gint64              at_us)
{
  double part = part_of (self, at_us);
  double hours = (double) (self->full_us - self->started_us) / 3600.0 / (double) SM_SECOND;

  return (gint64) (self->peak_kw * 1000.0 * hours * (part - TAPER * part * part * part / 3.0));
}

double
sm_sim_session_soc (const SmSimSession *self,
                    gint64              at_us)
{
  return self->from_soc
         + 100.0 * (double) sm_sim_session_energy_wh (self, at_us) / self->capacity_wh;
}

/**
 * sm_sim_session_look:
 * @air_c: the temperature there
 * @row: a connector's: what its meter and its probes say is set
 */
void
sm_sim_session_look (const SmSimSession *self,
                     gint64              at_us,
                     double              air_c,
                     SmRow              *row)
{
  double power_kw = sm_sim_session_power_kw (self, at_us);
  double soc = sm_sim_session_soc (self, at_us);
  /* A pack stands higher the fuller it is; the mains do not care. */
  double voltage_v = self->pile_kw < MAINS_BELOW_KW ? 228.0 + self->warmth_c : 325.0 + soc * 0.85;
  double load = power_kw / self->pile_kw;
  double minutes = (double) (at_us - self->started_us) / 60.0 / (double) SM_SECOND;
  double rise_c = 26.0 * load * load * (1.0 - exp (-minutes / 9.0));

  sm_row_set_real (row, SM_CONNECTOR_VOLTAGE_V, round (voltage_v * 10.0) / 10.0);
  sm_row_set_real (row, SM_CONNECTOR_CURRENT_A, round (power_kw * 10000.0 / voltage_v) / 10.0);
  sm_row_set_real (row, SM_CONNECTOR_TEMPERATURE_C,
                   round ((MAX (air_c, -15.0) + rise_c + self->warmth_c) * 10.0) / 10.0);
  if (self->pile_kw >= MAINS_BELOW_KW)
    sm_row_set_real (row, SM_CONNECTOR_SOC, round (soc * 10.0) / 10.0);
  sm_row_set_real (row, SM_CONNECTOR_NEUTRAL_EARTH_V, round (self->neutral_v * 10.0) / 10.0);
  sm_row_set_int (row, SM_CONNECTOR_SESSION_STARTED_AT, self->started_us);
  sm_row_set_int (row, SM_CONNECTOR_SESSION_ENERGY_WH, sm_sim_session_energy_wh (self, at_us));
}
