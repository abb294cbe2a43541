/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sm-random.h"

G_BEGIN_DECLS

/** SmSimPlace: somewhere to drive to. */
typedef struct
{
  double latitude, longitude;
  guint weight; /* how often; 0: only to pass through */
} SmSimPlace;

/** SmSimRoad: joins two places, both ways. */
typedef struct
{
  guint16 a, b;
} SmSimRoad;

/** SmSimStop: where a truck can stand: a charging station, or a yard. */
typedef struct
{
  double latitude, longitude;
} SmSimStop;

/** SmSimLeg: one piece of a way: slightly bent, so that roads do not look ruled. */
typedef struct
{
  double from_latitude, from_longitude;
  double to_latitude, to_longitude;
  double bow;      /* how far it bends to the left, in parts of its length */
  double length_m;
} SmSimLeg;

/**
 * SmSimRoads:
 *
 * The map that the simulated trucks have: places, the shortest way from each
 * to each, and where to stand there.  Immutable once made; any thread.
 */
typedef struct _SmSimRoads SmSimRoads;

SmSimRoads       *sm_sim_roads_new      (guint64             seed,
                                         const SmSimPlace   *places,
                                         guint               n_places,
                                         const SmSimRoad    *roads,
                                         guint               n_roads,
                                         const SmSimStop    *stations,
                                         guint               n_stations);
void              sm_sim_roads_free     (SmSimRoads         *self);

guint             sm_sim_roads_n_places (const SmSimRoads   *self);
const SmSimPlace *sm_sim_roads_place    (const SmSimRoads   *self,
                                         guint               place);
guint             sm_sim_roads_next     (const SmSimRoads   *self,
                                         guint               from,
                                         guint               to);
double            sm_sim_roads_distance_m (const SmSimRoads *self,
                                         guint               from,
                                         guint               to);
guint             sm_sim_roads_pick     (const SmSimRoads   *self,
                                         guint               from,
                                         SmRandom           *random);
guint             sm_sim_roads_nearest  (const SmSimRoads   *self,
                                         double              latitude,
                                         double              longitude);
SmSimStop         sm_sim_roads_pick_stop (const SmSimRoads  *self,
                                         guint               place,
                                         SmRandom           *random);
SmSimLeg          sm_sim_roads_leg      (const SmSimRoads   *self,
                                         guint               from,
                                         guint               to);

SmSimLeg          sm_sim_leg_new        (double              from_latitude,
                                         double              from_longitude,
                                         double              to_latitude,
                                         double              to_longitude,
                                         double              bow);
void              sm_sim_leg_at         (const SmSimLeg     *leg,
                                         double              along_m,
                                         double             *out_latitude,
                                         double             *out_longitude,
                                         double             *out_heading_deg);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimRoads, sm_sim_roads_free)

G_END_DECLS
