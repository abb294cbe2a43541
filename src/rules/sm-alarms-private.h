/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarms.h"

G_BEGIN_DECLS

gboolean sm_alarms_load_limits (SmRules  *rules,
                                GError  **error);
gboolean sm_alarms_write_queue (SmRules  *rules,
                                GError  **error);

G_END_DECLS
