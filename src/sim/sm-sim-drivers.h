/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-engine.h"
#include "sm-sim-sender.h"

G_BEGIN_DECLS

/**
 * SmSimDrivers:
 *
 * The drivers of the simulated trucks, when they are told to go elsewhere: most accept and
 * drive there, some refuse, some say nothing, as the guidance and the seed have it; who is
 * called and says yes drives, too.  The stations keep what is held.  One thread at a time.
 */
typedef struct _SmSimDrivers SmSimDrivers;

SmSimDrivers *sm_sim_drivers_new  (const SmSimSender *sender,
                                   const SmSimWorld  *world,
                                   SmSimEngine       *engine);
void          sm_sim_drivers_free (SmSimDrivers      *self);
gboolean      sm_sim_drivers_step (SmSimDrivers      *self,
                                   gint64             now_us,
                                   GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimDrivers, sm_sim_drivers_free)

G_END_DECLS
