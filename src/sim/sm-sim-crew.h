/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-engine.h"
#include "sm-sim-faults.h"
#include "sm-sim-people.h"
#include "sm-sim-sender.h"

G_BEGIN_DECLS

/**
 * SmSimCrew:
 *
 * The simulated engineers as they live by work orders: they accept, refuse or say nothing, drive
 * there, mend it and say so, some of it later because they had no network.  What nobody gives out
 * is given out by a simulated desk.  Who has an account is a person, and decides for themselves.
 * All but where somebody drives follows from the orders and the seed, so that it goes on after a
 * restart.  One thread at a time.
 */
typedef struct _SmSimCrew SmSimCrew;

SmSimCrew *sm_sim_crew_new  (const SmSimSender *sender,
                             const SmSimWorld  *world,
                             SmSimEngine       *engine,
                             SmSimFaults       *faults,
                             SmSimPeople       *people);
void       sm_sim_crew_free (SmSimCrew         *self);
gboolean   sm_sim_crew_step (SmSimCrew         *self,
                             gint64             now_us,
                             GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimCrew, sm_sim_crew_free)

G_END_DECLS
