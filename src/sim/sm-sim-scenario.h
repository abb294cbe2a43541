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

/* What may be expected of who is drilled, each within so many seconds of the event. */
typedef enum
{
  SM_SIM_EXPECT_NOTICED,
  SM_SIM_EXPECT_ACKNOWLEDGED,
  SM_SIM_EXPECT_STEPS,
  SM_SIM_EXPECT_COMMAND,
  SM_SIM_EXPECT_HANDED_OVER,
  SM_SIM_N_EXPECTED
} SmSimExpect;

/** SmSimExpected: An event that came to pass and of which something is expected; ids of the register, 0: none. */
typedef struct
{
  guint number;        /* in the file, from 1 */
  gint64 at_us;
  const char *deed;    /* (static) */
  const char *code;    /* (nullable), of the scenario: of a fault */
  gint64 station_id, vehicle_id, battery_id;
  double expected_s[SM_SIM_N_EXPECTED]; /* NAN: not asked for */
} SmSimExpected;

/** SmSimPlaying: who is played with. */
typedef struct
{
  gint64 now_us;
  const SmSimWorld *world;
  SmSimEngine *engine; /* (nullable): nobody drives, and no pack gets warm */
  SmSimFaults *faults;
  SmSimPeople *people;
  GArray *expected;    /* (nullable): of SmSimExpected: gets what came to pass */
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
