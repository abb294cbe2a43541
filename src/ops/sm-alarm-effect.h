/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmAlarmEffect:
 *
 * Whom a fault concerns, by what its station says of itself now.  What nobody
 * knows counts as 0.
 */
typedef struct
{
  gint64 waiting;             /* trucks that wait there */
  gint64 inbound;             /* trucks on their way there */
  gint64 lost_minor_per_hour; /* what it takes in other hours, while it is out of service */
} SmAlarmEffect;

const SmRow  *sm_alarm_find_station    (SmOps       *ops,
                                        const SmRow *alarm);
SmAlarmEffect sm_alarm_effect          (SmOps       *ops,
                                        const SmRow *alarm);
int           sm_alarm_compare_urgency (SmOps       *ops,
                                        const SmRow *a,
                                        const SmRow *b);

G_END_DECLS
