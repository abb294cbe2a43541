/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-live-private.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* The code of the alarm. */
#define SM_PACK_MISPLACED "pack-misplaced"

/**
 * SmPacks:
 *
 * The packs as they said last through the vehicle they are in, and who says
 * that they are with him.  Changed by the writer with the live values locked;
 * read with them locked.
 */
typedef struct _SmPacks SmPacks;

SmPacks *sm_packs_new          (void);
void     sm_packs_free         (SmPacks               *self);
void     sm_packs_note_vehicle (SmRules               *rules,
                                const SmLiveVehicle   *vehicle,
                                gint64                 battery_before,
                                const SmVehicleReport *report);
void     sm_packs_note_row     (SmRules               *rules,
                                const SmRow           *before,
                                const SmRow           *row);
void     sm_packs_note_movement
                               (SmRules               *rules,
                                const SmRow           *movement);
void     sm_packs_restore      (SmRules               *rules,
                                gint64                 id);
void     sm_packs_fill         (SmPacks               *self,
                                SmRow                 *row);

G_END_DECLS
