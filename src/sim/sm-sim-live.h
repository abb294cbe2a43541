/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-engine.h"

G_BEGIN_DECLS

/**
 * SmSimLive:
 *
 * Whose turn it is to report: every truck once in ten seconds of the machine,
 * every station once in a minute and when something happens there, one after
 * the other, stamped by when it was due and not by when it was sent.
 */
typedef struct _SmSimLive SmSimLive;

SmSimLive *sm_sim_live_new      (SmSimEngine      *engine,
                                 const SmSimWorld *world,
                                 gint64            start_us);
void       sm_sim_live_free     (SmSimLive        *self);
gint64     sm_sim_live_next_due (const SmSimLive  *self);
void       sm_sim_live_skip_to  (SmSimLive        *self,
                                 gint64            now_us);
guint      sm_sim_live_report   (SmSimLive        *self,
                                 gint64            now_us,
                                 guint             limit,
                                 GArray           *reports,
                                 GPtrArray        *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimLive, sm_sim_live_free)

G_END_DECLS
