/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-figures.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* The longest range that is looked at. */
#define SM_ALARM_FIGURES_MAX (31 * SM_DAY)

/* In a reader's thread. */
SmAlarmFigures *sm_alarm_figures_reckon (SmReader              *reader,
                                         SmActor               *actor,
                                         gint64                 area_id,
                                         gint64                 from,
                                         gint64                 to,
                                         gint64                 now,
                                         GError               **error);
gboolean        sm_alarm_targets_get    (SmReader              *reader,
                                         SmAlarmTargets        *out_targets,
                                         gint64                *out_rev,
                                         GError               **error);
/* In the writer's. */
gboolean        sm_alarm_targets_change (SmRules               *rules,
                                         SmActor               *actor,
                                         gint64                 if_rev,
                                         const SmAlarmTargets  *changes,
                                         SmAlarmTargets        *out_targets,
                                         gint64                *out_rev,
                                         GError               **error);

G_END_DECLS
