/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-engine.h"

G_BEGIN_DECLS

/* What the engine put out, as rows of the register's nouns. */
char  *sm_sim_order_number         (const SmSimWorld        *world,
                                    guint                    vehicle,
                                    gint64                   created_us);
SmRow *sm_sim_swap_to_row          (const SmSimWorld        *world,
                                    const SmSimSwap         *swap);
SmRow *sm_sim_movement_to_row      (const SmSimWorld        *world,
                                    const SmSimMovement     *movement,
                                    gint64                   order_id);
SmRow *sm_sim_driving_event_to_row (const SmSimWorld        *world,
                                    const SmSimDrivingEvent *event);

G_END_DECLS
