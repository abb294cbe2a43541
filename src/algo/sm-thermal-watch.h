/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-diagnose.h"

G_BEGIN_DECLS

/* K/h that a load of one full charge an hour usually warms a pack by: see the .c. */
#define SM_THERMAL_LOAD_USUAL 18.0

/**
 * SmThermalWatch:
 *
 * One pack, watched from report to report: how much of its warming neither load
 * nor surroundings explain, and how far its probes went apart.  A plain struct
 * of some hundred bytes and a step of some dozen operations, so that each pack
 * of a country can have one.  Zeroed it has seen nothing yet.
 */
typedef struct
{
  gint64 at_us, begun_us;
  double hot[3], gap[3]; /* the last readings: their median is believed */
  guint n;
  double max_c;          /* the median of hot */
  double expected_c;     /* what a cooled pack would have */
  double surroundings_c, c_rate; /* last known */
  double excess_c;       /* that nothing explains, forgotten slowly */
  double usual_gap_c, apart_c;
  gboolean is_warned;
} SmThermalWatch;

gboolean sm_thermal_watch_step (SmThermalWatch     *self,
                                const SmPackMoment *moment);

G_END_DECLS
