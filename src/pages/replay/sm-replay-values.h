/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"
#include "sm-plot.h"
#include "sm-replay.h"

G_BEGIN_DECLS

/**
 * SmReplayValues:
 *
 * What the thing of a replay had last said at its moment, how long before, and
 * one of its values over all of the time; of an area how many alarms were open.
 */
#define SM_TYPE_REPLAY_VALUES (sm_replay_values_get_type ())
G_DECLARE_FINAL_TYPE (SmReplayValues, sm_replay_values, SM, REPLAY_VALUES, GtkWidget)

GtkWidget  *sm_replay_values_new        (SmOps          *ops);
void        sm_replay_values_set_replay (SmReplayValues *self,
                                         SmReplay       *replay);
SmPlot     *sm_replay_plot              (SmOps          *ops,
                                         const SmPast   *past,
                                         char          **out_title);

G_END_DECLS
