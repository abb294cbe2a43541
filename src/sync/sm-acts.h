/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-call.h"
#include "sm-outbox.h"
#include "sm-row.h"
#include "sm-truck-offer.h"
#include "sm-work-order-deed.h"

G_BEGIN_DECLS

/* What persons do, as requests of the contract. */

#define SM_VERB_ACKNOWLEDGE "acknowledge"
#define SM_VERB_EDIT "edit" /* of a station: its names, and whom to call */
#define SM_VERB_NOTE "note" /* on an alarm */
#define SM_VERB_CALL "call" /* about an alarm */
#define SM_VERB_GUIDE "guide"   /* a truck to another station */
#define SM_VERB_RESCUE "rescue" /* of a truck; of a guidance it is of sm_guidance_events */

SmAct *sm_act_new_acknowledge (const SmRow *alarm,
                               const char  *note,
                               gint64       now_us);
SmAct *sm_act_new_edit        (const SmRow *seen,
                               const char  *verb,
                               GPtrArray   *changes,
                               gint64       now_us);
SmAct *sm_act_new_work_order  (const SmRow           *seen,
                               const SmWorkOrderDeed *deed,
                               GPtrArray             *changes,
                               gint64                 now_us);
SmAct *sm_act_new_photo       (const SmRow *order,
                               const char  *name,
                               gint64       now_us);
SmAct *sm_act_new_guide       (const SmTruckWish *wish,
                               gint64             now_us);
gboolean sm_act_is_guide      (const SmAct *act);
SmAct *sm_act_new_call        (const SmRow  *seen,
                               const SmCall *call);
SmAct *sm_act_copy            (const SmAct *act);
SmAct *sm_act_resolve         (const SmAct *act,
                               GPtrArray   *wanted,
                               gint64       now_us);
char  *sm_act_note_after      (const char  *before,
                               const char  *note);

G_END_DECLS
