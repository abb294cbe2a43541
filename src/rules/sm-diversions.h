/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-actor.h"
#include "sm-divert.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmDiversion: Where a truck could go that comes to a station, or waits there. */
typedef struct
{
  gint64 vehicle_id;
  SmDivertChoice choice;
  gint64 station_id, bay_id, battery_id; /* SM_UNKNOWN unless it is an offer */
} SmDiversion;

/* In the writer's thread. */
GArray     *sm_diversions_find (SmRules         *rules,
                                SmActor         *actor,
                                gint64           station_id,
                                GError         **error);

gboolean    sm_diversions_find_one (SmRules     *rules,
                                    SmActor     *actor,
                                    gint64       station_id,
                                    gint64       vehicle_id,
                                    gint64       battery_id,
                                    SmDiversion *out_diversion,
                                    GError     **error);

const char *sm_diversion_word  (SmDivertOutcome  outcome);

G_END_DECLS
