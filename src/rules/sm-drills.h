/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmDrillStep: an event of a drill that came to pass; ids of the register, 0: it is not of such a thing. */
typedef struct
{
  guint number;       /* in the scenario, from 1 */
  gint64 at_us;
  const char *deed;   /* of sm_drill_deeds */
  const char *code;   /* (nullable): of a fault */
  gint64 station_id, vehicle_id, battery_id;
  double within_s[SM_DRILL_N_REACTIONS]; /* NAN: not expected */
} SmDrillStep;

gboolean sm_drills_add_step    (SmRules            *rules,
                                SmActor            *actor,
                                const SmDrillStep  *step,
                                GError            **error);
void     sm_drills_note_look   (SmRules            *rules,
                                SmActor            *actor,
                                gint64              alarm_id);
gboolean sm_drills_tick        (SmRules            *rules,
                                GError            **error);

G_END_DECLS
