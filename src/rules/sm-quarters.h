/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

/** SmQuarter: what a station's meter counted in a quarter of an hour of the past. */
typedef struct
{
  gint64 station_id;
  gint64 start_us; /* a whole quarter of an hour, UTC */
  gint64 energy_wh;
} SmQuarter;

/* In the writer's thread: what a station's meter shows. */
gboolean sm_quarters_note (SmRules  *rules,
                           gint64    station_id,
                           gint64    at_us,
                           gint64    meter_wh);

G_END_DECLS
