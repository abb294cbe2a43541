/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-sites.h"

G_BEGIN_DECLS

/** SmSimSize: how much there is of everything in a network. */
typedef struct
{
  guint n_stations, n_fleets, n_vehicles, n_packs, n_service_points, n_engineers, n_agents;
} SmSimSize;

const SmSimSize *sm_sim_plan_size (SmSimNetworkKind   kind);
SmSimWorld      *sm_sim_plan      (SmSimNetworkKind   kind,
                                   guint64            seed,
                                   double             rate,
                                   const char        *data_dir,
                                   GError           **error);
guint64          sm_sim_plan_lot  (const SmSimWorld  *world,
                                   guint              kind,
                                   guint              index);

G_END_DECLS
