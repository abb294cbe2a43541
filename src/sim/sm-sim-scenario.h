/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-drills.h"
#include "sm-sim-faults.h"

G_BEGIN_DECLS

/**
 * SmSimScenario:
 *
 * What is to go wrong and when, as a file says: for tests and drills.  Times
 * count from the moment the network is opened with it.
 */
typedef struct _SmSimScenario SmSimScenario;

/** SmSimPlaying: who is played with. */
typedef struct
{
  gint64 now_us;
  const SmSimWorld *world;
  SmSimEngine *engine; /* (nullable): nobody drives, and no pack gets warm */
  SmSimFaults *faults;
  SmSimPeople *people;
  GArray *expected;    /* (nullable): of SmDrillStep: gets what came to pass and is to be seen to;
                          * its texts are the scenario's */
} SmSimPlaying;

SmSimScenario *sm_sim_scenario_load  (const char           *path,
                                      GError              **error);
SmSimScenario *sm_sim_scenario_read  (const char           *text,
                                      gsize                 length,
                                      const char           *name,
                                      GError              **error);
void           sm_sim_scenario_free  (SmSimScenario        *self);
gboolean       sm_sim_scenario_bind  (SmSimScenario        *self,
                                      const SmSimWorld     *world,
                                      const SmSimFaults    *faults,
                                      gint64                start_us,
                                      GError              **error);
guint          sm_sim_scenario_play  (SmSimScenario        *self,
                                      const SmSimPlaying   *playing);
const char    *sm_sim_scenario_get_title (const SmSimScenario *self);
gint64         sm_sim_scenario_get_start (const SmSimScenario *self);
gboolean       sm_sim_expects        (const double         *expected_s);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimScenario, sm_sim_scenario_free)

G_END_DECLS
