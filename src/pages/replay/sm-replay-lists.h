/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-replay.h"
#include "sm-table.h"

G_BEGIN_DECLS

/**
 * SmReplayLists:
 *
 * The alarms as they were at the moment of a replay, and under them what had
 * happened by then and who did it, newest first.
 */
#define SM_TYPE_REPLAY_LISTS (sm_replay_lists_get_type ())
G_DECLARE_FINAL_TYPE (SmReplayLists, sm_replay_lists, SM, REPLAY_LISTS, GtkWidget)

GtkWidget  *sm_replay_lists_new        (SmOps         *ops);
void        sm_replay_lists_set_replay (SmReplayLists *self,
                                        SmReplay      *replay);
GListModel *sm_replay_lists_get_alarms (SmReplayLists *self);
GListModel *sm_replay_lists_get_events (SmReplayLists *self);
SmTable    *sm_replay_lists_get_table  (SmReplayLists *self);

G_END_DECLS
