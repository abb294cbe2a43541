/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-engine.h"

G_BEGIN_DECLS

/**
 * SmSimPast:
 *
 * What happened before anybody looked: kept in memory after the engine lived
 * through it, and written in a thread of its own, little by little, behind a
 * service that already lives.  How far it came is remembered with each part.
 */
typedef struct _SmSimPast SmSimPast;

SmSimPast *sm_sim_past_new    (SmRules          *rules,
                               SmActor          *actor,
                               const SmSimWorld *world,
                               gboolean          is_first);
void       sm_sim_past_free   (SmSimPast        *self);
gboolean   sm_sim_past_recall (SmSimPast        *self,
                               gint64           *out_from_us,
                               gint64           *out_to_us,
                               GError          **error);
void       sm_sim_past_restart (SmSimPast       *self);
gboolean   sm_sim_past_live   (SmSimPast        *self,
                               SmSimEngine      *engine,
                               gint64            to_us,
                               GCancellable     *cancellable);
gboolean   sm_sim_past_begin  (SmSimPast        *self,
                               GError          **error);
gboolean   sm_sim_past_write  (SmSimPast        *self,
                               GCancellable     *cancellable,
                               GError          **error);
gboolean   sm_sim_past_settle (SmSimPast        *self,
                               GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimPast, sm_sim_past_free)

G_END_DECLS
