/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* In the writer's thread. */
gboolean sm_orders_put (SmRules    *rules,
                        SmActor    *actor,
                        GPtrArray  *rows,
                        GError    **error);

G_END_DECLS
