/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-diagnose.h"
#include "sm-live-private.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* The code of the alarm: it grows warmer than load and surroundings explain. */
#define SM_PACK_THERMAL_GROWTH "battery-thermal-growth"

/**
 * SmPackWatch:
 *
 * What is followed of every pack from report to report, in vehicles and in bays:
 * its warming, and how its cells' spread goes with the load.  Costs a fraction of
 * a microsecond a report, and nothing for packs that say nothing.  Changed by the
 * writer with the live values locked; read with them locked.
 */
typedef struct _SmPackWatch SmPackWatch;

SmPackWatch *sm_pack_watch_new          (void);
void         sm_pack_watch_free         (SmPackWatch           *self);
void         sm_pack_watch_note_vehicle (SmRules               *rules,
                                         const SmLiveVehicle   *vehicle,
                                         const SmVehicleReport *report);
void         sm_pack_watch_note_row     (SmRules               *rules,
                                         const SmRow           *row);
void         sm_pack_watch_tick         (SmRules               *rules);
void         sm_pack_watch_restore      (SmRules               *rules,
                                         gint64                 battery_id);
double       sm_pack_watch_surroundings (SmPackWatch           *self);
void         sm_pack_watch_signs        (SmPackWatch           *self,
                                         gint64                 battery_id,
                                         SmSigns               *signs);

G_END_DECLS
