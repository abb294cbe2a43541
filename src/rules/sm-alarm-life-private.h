/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* Every step of an alarm's life is written through here, with its transition. */
gboolean sm_alarm_happens   (SmRow         *alarm,
                             SmAlarmEvent   event,
                             gint64         now,
                             GError       **error);
gboolean sm_alarm_write     (SmRules       *rules,
                             SmRow         *alarm,
                             const SmRow   *before,
                             SmAlarmEvent   event,
                             const char    *person,
                             const char    *reason,
                             GError       **error);
gboolean sm_alarm_inherit   (SmRules       *rules,
                             SmRow         *alarm,
                             GError       **error);
gboolean sm_alarm_fold      (SmRules       *rules,
                             SmRow         *alarm,
                             GError       **error);
gboolean sm_alarm_acknowledge_parts
                            (SmRules       *rules,
                             const SmRow   *parent,
                             const char    *person,
                             GError       **error);
gboolean sm_alarm_unfold_parts
                            (SmRules       *rules,
                             const SmRow   *parent,
                             GError       **error);
gboolean sm_alarms_end_time (SmRules       *rules,
                             GError       **error);

G_END_DECLS
