/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-charging.h"
#include "sm-sim-faults.h"
#include "sm-sim-sender.h"

G_BEGIN_DECLS

/**
 * SmSimCommands:
 *
 * The gateways of the simulated network: they fetch commands, take them on, and
 * say a little later what became of them.  One thread at a time.
 */
typedef struct _SmSimCommands SmSimCommands;

SmSimCommands *sm_sim_commands_new  (const SmSimSender *sender,
                                     const SmSimWorld  *world,
                                     SmSimEngine       *engine,
                                     SmSimFaults       *faults,
                                     SmSimCharging     *charging);
void           sm_sim_commands_free (SmSimCommands     *self);
gboolean       sm_sim_commands_step (SmSimCommands     *self,
                                     gint64             now_us,
                                     GError           **error);

G_END_DECLS
