/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-guidances.h"

G_BEGIN_DECLS

/* What is to be done about a truck and is on its way to the service, or was refused by it.
 * @guidance_id: SM_UNKNOWN: the truck was told nothing yet. */
const char *sm_truck_act_word        (SmOps   *ops,
                                      gint64   guidance_id,
                                      gint64   vehicle_id);
char       *sm_truck_act_dup_refusal (SmOps   *ops,
                                      gint64   guidance_id,
                                      gint64   vehicle_id);
void        sm_truck_act_describe    (SmOps   *ops,
                                      GString *text,
                                      gint64   guidance_id,
                                      gint64   vehicle_id);
GArray     *sm_truck_act_list_offers (SmOps   *ops,
                                      GArray  *offers);

G_END_DECLS
