/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-past.h"

G_BEGIN_DECLS

/* What is said of the past. */

const char *sm_replay_field       (const SmField     *field);
char       *sm_replay_value       (const SmField     *field,
                                   double             value);
char       *sm_replay_moment      (SmOps             *ops,
                                   gint64             at,
                                   const char        *format);
gint64      sm_replay_parse       (SmOps             *ops,
                                   const char        *text);
char       *sm_replay_name        (const SmRow       *record);
char       *sm_replay_what        (const SmPastEvent *event);
char       *sm_replay_who         (const SmPastEvent *event);
char       *sm_replay_about       (const SmPastEvent *event);
char       *sm_replay_reason      (const SmPastEvent *event);
char       *sm_replay_caveats     (const SmPast      *past);

G_END_DECLS
