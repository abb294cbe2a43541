/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-faults.h"

G_BEGIN_DECLS

/**
 * SmSimScenario:
 *
 * What is to go wrong and when, as a file says: for tests and drills.  Times
 * count from the moment the network is opened with it.
 */
typedef struct _SmSimScenario SmSimScenario;

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
                                      gint64                now_us,
                                      SmSimFaults          *faults,
                                      SmSimPeople          *people);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimScenario, sm_sim_scenario_free)

G_END_DECLS
