/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-actor.h"
#include "sm-causes.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* In a reader's thread. */
GPtrArray *sm_alarm_causes_read (SmReader  *reader,
                                 SmActor   *actor,
                                 gint64     alarm_id,
                                 GError   **error);

G_END_DECLS
