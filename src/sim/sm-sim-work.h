/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-report.h"
#include "sm-row.h"
#include "sm-sim-sender.h"
#include "sm-sim-world.h"

G_BEGIN_DECLS

/* Work orders of before the network spoke, and those that were begun by then. */

/** SmSimDeed: why something broke, and what was done. */
typedef struct
{
  const char *cause, *action;
} SmSimDeed;

#define SM_SIM_N_DEEDS 5
extern const SmSimDeed sm_sim_deeds[SM_SIM_N_DEEDS];

SmRow    *sm_sim_work_of_fault (const SmSimWorld    *world,
                                const SmFaultReport *raised,
                                const SmRow         *alarm,
                                gint64               to_us);
gboolean  sm_sim_work_begin    (const SmSimSender   *sender,
                                const SmSimWorld    *world,
                                gint64               now_us,
                                GError             **error);

G_END_DECLS
