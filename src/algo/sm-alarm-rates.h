/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many alarms a person is given, and when they are too many: ISA-18.2 and EEMUA 191.
 * Times are in any unit, rising; what is @window before another is not with it any more. */

/** SmAlarmFlood: from the alarm that was one too many until they had become few. */
typedef struct
{
  gint64 from;
  gint64 to;
  guint first; /* index of the oldest alarm of the window that began it: the first-out */
  guint last;  /* index of its last alarm */
  guint peak;  /* most within one window */
} SmAlarmFlood;

GArray *sm_alarm_floods  (const gint64 *at,
                          guint         n,
                          gint64        until,
                          gint64        window,
                          guint         begins_above,
                          guint         ends_below);
guint   sm_alarm_densest (const gint64 *at,
                          guint         n,
                          gint64        window,
                          guint        *out_first);
GArray *sm_alarm_windows (const gint64 *at,
                          guint         n,
                          gint64        from,
                          gint64        to,
                          gint64        width);
double  sm_alarm_median  (GArray       *values);

G_END_DECLS
