/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"
#include "sm-sim-scenario.h"
#include "sm-sim-world.h"

G_BEGIN_DECLS

typedef struct
{
  SmSimNetworkKind network;
  guint64 seed;
  const char *data_dir; /* where the program's data lie */
  double history_days;  /* that a new network has behind it */
  SmSimScenario *scenario; /* (nullable) (transfer full): what is to go wrong */
} SmSimOptions;

/**
 * SmSim:
 *
 * A network that plays itself: what its stations and trucks would report goes
 * through the same verbs of the rules as reports of real ones.  The same seed,
 * start and rate of the network's clock give the same reports.  It lives in a
 * thread of its own; sm_sim_prepare() and sm_sim_step() are what that thread
 * does, for tests to do by hand.
 */
typedef struct _SmSim SmSim;

SmSim    *sm_sim_new     (SmRules            *rules,
                          const SmSimOptions *options);
void      sm_sim_free    (SmSim              *self);
void      sm_sim_start   (SmSim              *self);

gint64    sm_sim_last_time (SmRules          *rules);
gboolean  sm_sim_check_scenario (SmSimScenario *scenario,
                                 SmSimNetworkKind network,
                                 guint64        seed,
                                 const char    *data_dir,
                                 GError       **error);

gboolean  sm_sim_prepare (SmSim              *self,
                          GError            **error);
gboolean  sm_sim_step    (SmSim              *self,
                          gint64              now_us,
                          GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSim, sm_sim_free)

G_END_DECLS
