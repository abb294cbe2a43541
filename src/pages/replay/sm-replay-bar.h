/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-replay.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmReplayBar:
 *
 * By which a replay goes, stands, and is moved along its time.  While it goes
 * and is to be seen, the bar lets it pass.  Its buttons run the actions
 * replay.play, replay.previous and replay.next.
 */
#define SM_TYPE_REPLAY_BAR (sm_replay_bar_get_type ())
G_DECLARE_FINAL_TYPE (SmReplayBar, sm_replay_bar, SM, REPLAY_BAR, GtkWidget)

GtkWidget *sm_replay_bar_new        (SmOps       *ops);
void       sm_replay_bar_set_replay (SmReplayBar *self,
                                     SmReplay    *replay);
GtkRange  *sm_replay_bar_get_range  (SmReplayBar *self);

G_END_DECLS
