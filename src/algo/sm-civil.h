/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmCivil: a moment on the clock of a place. */
typedef struct
{
  int day;    /* yyyymmdd */
  int second; /* of the day */
} SmCivil;

SmCivil  sm_civil_at          (GTimeZone  *zone,
                               gint64      time_us);
gint64   sm_civil_day_start   (GTimeZone  *zone,
                               int         day);
int      sm_civil_add_days    (int         day,
                               int         n);
gint64   sm_civil_same_offset_until (GTimeZone *zone,
                                     gint64     time_us,
                                     gint64     end_us);

static inline int
sm_civil_hour (SmCivil civil)
{
  return civil.second / 3600;
}

/** sm_civil_month: Returns: yyyymm */
static inline int
sm_civil_month (int day)
{
  return day / 100;
}

G_END_DECLS
