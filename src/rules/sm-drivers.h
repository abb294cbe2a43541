/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* In the writer's thread: it is written into the audit. */
SmRow *sm_drivers_reveal (SmRules  *rules,
                          SmActor  *actor,
                          gint64    driver_id,
                          GError  **error);

G_END_DECLS
