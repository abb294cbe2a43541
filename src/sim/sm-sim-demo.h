/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

#define SM_SIM_DEMO_TRUCKS 100

gboolean sm_sim_demo_fill    (SmRules     *rules,
                              SmActor     *actor,
                              guint64      seed,
                              double       rate,
                              const char  *stations_path,
                              GCancellable *cancellable,
                              GError     **error);
gboolean sm_sim_demo_set_periods (SmRules *rules,
                              SmActor     *actor,
                              GPtrArray   *vehicles,
                              double       rate,
                              GError     **error);
SmRow   *sm_sim_demo_vehicle (guint64      seed,
                              guint        index,
                              double       rate);

G_END_DECLS
