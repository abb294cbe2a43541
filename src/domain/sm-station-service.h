/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"

G_BEGIN_DECLS

/** SmStationFacts: all that decides whether a station serves. */
typedef struct
{
  guint kind;       /* as in sm_station_kinds */
  guint state;      /* as in sm_station_states */
  guint connection; /* SmConnectionState or SM_ENUM_UNKNOWN */
  gboolean is_open;
  gboolean is_in_window; /* of maintenance */
  gboolean has_danger;   /* fire, smoke, gas, a person in the lane, fire system off */
  guint n_lanes, n_lanes_down;
  guint n_robots, n_robots_down;
  guint n_bays, n_bays_down;
  guint n_ready; /* packs */
  guint n_connectors, n_connectors_down;
} SmStationFacts;

/* Which trucks will come decides when a pack that is ready later than that will
 * be: people are told no figure. */
#define SM_READY_HORIZON_US (G_GINT64_CONSTANT (3600) * 1000 * 1000)

guint    sm_station_service  (const SmStationFacts *facts);
gboolean sm_station_is_closed (guint                state,
                              const char           *hours,
                              int                   minute);
gboolean sm_hours_are_open   (const char           *hours,
                              int                   minute);

G_END_DECLS
