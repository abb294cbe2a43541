/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-figures.h"
#include "sm-json-reader.h"
#include "sm-json-writer.h"

G_BEGIN_DECLS

void            sm_alarm_targets_write (SmJsonWriter         *writer,
                                        const SmAlarmTargets *targets);
gboolean        sm_alarm_targets_read  (SmJsonReader         *reader,
                                        SmAlarmTargets       *targets,
                                        GError              **error);
void            sm_alarm_figures_write (SmJsonWriter         *writer,
                                        const SmAlarmFigures *figures);
SmAlarmFigures *sm_alarm_figures_read  (SmJsonReader         *reader,
                                        GError              **error);

G_END_DECLS
