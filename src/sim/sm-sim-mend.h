/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

/* What a simulated network left undone when its service went away. */
gboolean sm_sim_mend_orders (SmRules   *rules,
                             SmActor   *actor,
                             gint64     at_us,
                             GError   **error);

GPtrArray *sm_sim_recall_movements (SmRules  *rules,
                                    SmActor  *actor,
                                    gint64    from_us,
                                    GError  **error);

G_END_DECLS
