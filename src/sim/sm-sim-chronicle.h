/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-piles.h"
#include "sm-sim-world.h"

G_BEGIN_DECLS

/**
 * SmSimChronicle:
 *
 * What happened beside the swaps before anybody looked: the sessions at the
 * piles, with what their sites' meters counted, and the faults of everything,
 * each over by now.  Nothing of it is kept: piles that begin the same live
 * through it again, and it is written as they go.
 */
typedef struct _SmSimChronicle SmSimChronicle;

SmSimChronicle *sm_sim_chronicle_new    (SmRules          *rules,
                                         SmActor          *actor,
                                         const SmSimWorld *world,
                                         gint64            from_us,
                                         gint64            to_us,
                                         gboolean          is_first);
void            sm_sim_chronicle_free   (SmSimChronicle   *self);
gboolean        sm_sim_chronicle_recall (SmRules          *rules,
                                         gboolean          is_first,
                                         gint64           *out_from_us,
                                         gint64           *out_to_us,
                                         gint64           *out_written_us,
                                         GError          **error);
void            sm_sim_chronicle_set_written (SmSimChronicle *self,
                                         gint64            written_us);
gboolean        sm_sim_chronicle_begin  (SmSimChronicle   *self,
                                         GError          **error);
gboolean        sm_sim_chronicle_write  (SmSimChronicle   *self,
                                         SmSimPiles       *piles,
                                         GCancellable     *cancellable,
                                         GError          **error);
gboolean        sm_sim_chronicle_live   (SmSimPiles       *piles,
                                         gint64            from_us,
                                         gint64            to_us,
                                         GCancellable     *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimChronicle, sm_sim_chronicle_free)

G_END_DECLS
