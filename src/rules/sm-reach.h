/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-reachable.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* In the writer's thread. */
GArray *sm_reach_find (SmRules  *rules,
                       SmActor  *actor,
                       gint64    vehicle_id,
                       guint     most,
                       GError  **error);

G_END_DECLS
