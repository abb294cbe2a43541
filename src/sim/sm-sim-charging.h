/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"
#include "sm-sim-world.h"

G_BEGIN_DECLS

/**
 * SmSimCharging:
 *
 * The charging stations of Shenzhen: brought into the register behind a network
 * that already lives, with the past of their piles, which is lived through first
 * and written behind them.  Prepared in a thread of its own; stepped in another.
 */
typedef struct _SmSimCharging SmSimCharging;

SmSimCharging *sm_sim_charging_new     (SmRules          *rules,
                                        SmActor          *actor,
                                        const SmSimWorld *world,
                                        const char       *data_dir,
                                        double            history_days,
                                        GCancellable     *cancellable);
void           sm_sim_charging_free    (SmSimCharging    *self);
gboolean       sm_sim_charging_prepare (SmSimCharging    *self,
                                        GError          **error);
gboolean       sm_sim_charging_write_past (SmSimCharging *self,
                                        GError          **error);
gboolean       sm_sim_charging_step    (SmSimCharging    *self,
                                        gint64            now_us,
                                        GError          **error);
gboolean       sm_sim_charging_command (SmSimCharging    *self,
                                        SmNounId          noun,
                                        gint64            id,
                                        guint             kind,
                                        gboolean          is_operative,
                                        gint64            now_us,
                                        const char      **out_answer);

G_END_DECLS
