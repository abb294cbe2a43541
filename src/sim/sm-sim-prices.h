/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

gboolean sm_sim_prices_settle (SmRules  *rules,
                               SmActor  *actor,
                               GError  **error);

G_END_DECLS
