/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-random.h"
#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmSimSession:
 *
 * A car that charges, from its beginning to its planned end, in closed form:
 * it takes less the fuller it is.  A plain struct.
 */
typedef struct
{
  gint64 started_us, until_us;
  gint64 full_us;       /* when it would end by itself; until_us may come before */
  double peak_kw;
  double pile_kw;       /* what the connector could give */
  double capacity_wh;
  double from_soc;      /* % */
  double warmth_c;      /* this plug's own, above others */
  double neutral_v;
} SmSimSession;

void   sm_sim_session_begin     (SmSimSession       *self,
                                 SmRandom           *random,
                                 double              pile_kw,
                                 gint64              now_us);
float  sm_sim_session_power_kw  (const SmSimSession *self,
                                 gint64              at_us);
gint64 sm_sim_session_energy_wh (const SmSimSession *self,
                                 gint64              at_us);
double sm_sim_session_soc       (const SmSimSession *self,
                                 gint64              at_us);
void   sm_sim_session_look      (const SmSimSession *self,
                                 gint64              at_us,
                                 double              air_c,
                                 SmRow              *row);

G_END_DECLS
