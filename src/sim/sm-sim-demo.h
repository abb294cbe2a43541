/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

gboolean sm_sim_demo_import      (SmRules       *rules,
                                  SmActor       *actor,
                                  gint64         area_id,
                                  const char    *stations_path,
                                  GCancellable  *cancellable,
                                  GError       **error);
gboolean sm_sim_demo_set_periods (SmRules       *rules,
                                  SmActor       *actor,
                                  GPtrArray     *vehicles,
                                  double         rate,
                                  GError       **error);

G_END_DECLS
