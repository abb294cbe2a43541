/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-engine.h"

G_BEGIN_DECLS

/**
 * SmSimRunner:
 *
 * Lets the engine live with the network's clock: first through the past that
 * is missing, then along with the clock, and tells the rules what its trucks,
 * stations and packs say.  One thread at a time; the past is written in
 * another behind it.
 */
typedef struct _SmSimRunner SmSimRunner;

SmSimRunner *sm_sim_runner_new        (SmRules           *rules,
                                       SmActor           *actor,
                                       const SmSimWorld  *world,
                                       double             history_days);
void         sm_sim_runner_free       (SmSimRunner       *self);
gboolean     sm_sim_runner_prepare    (SmSimRunner       *self,
                                       gint64             now_us,
                                       GCancellable      *cancellable,
                                       GError           **error);
gboolean     sm_sim_runner_begin      (SmSimRunner       *self,
                                       GError           **error);
gboolean     sm_sim_runner_write_past (SmSimRunner       *self,
                                       GError           **error);
SmSimEngine *sm_sim_runner_get_engine (SmSimRunner       *self);
gint64       sm_sim_runner_next_due   (const SmSimRunner *self);
gboolean     sm_sim_runner_step       (SmSimRunner       *self,
                                       gint64             now_us,
                                       GError           **error);
void         sm_sim_runner_end        (SmSimRunner       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimRunner, sm_sim_runner_free)

G_END_DECLS
