/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-page.h"
#include "sm-replay-lists.h"
#include "sm-replay.h"

G_BEGIN_DECLS

/**
 * SmReplayPage:
 *
 * The past of a station, a vehicle, an area or a desk as it was known then, gone
 * through at one to sixty times its pace: its values, its alarms, and who did
 * what.  Its link is stationmaster:replay?of=vehicle&id=7&from=…&to=…&at=…
 *
 * Actions: replay.play, replay.back and replay.forward (ten seconds),
 * replay.previous and replay.next (event), replay.slower, replay.faster,
 * replay.earlier and replay.later (time), replay.again, replay.save-json,
 * replay.save-pdf.
 */
#define SM_TYPE_REPLAY_PAGE (sm_replay_page_get_type ())
G_DECLARE_FINAL_TYPE (SmReplayPage, sm_replay_page, SM, REPLAY_PAGE, SmPage)

#define SM_REPLAY_PAGE_NAME "replay"

GtkWidget     *sm_replay_page_new        (SmOps        *ops,
                                          const char   *title);
SmReplay      *sm_replay_page_get_replay (SmReplayPage *self);
SmReplayLists *sm_replay_page_get_lists  (SmReplayPage *self);
void           sm_replay_page_list_keys  (GArray       *list);

G_END_DECLS
