/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-facts.h"
#include "sm-ops.h"
#include "sm-thing-list.h"

G_BEGIN_DECLS

/* What is known of a pack, in the same words wherever a pack is shown. */

void  sm_pack_facts_set       (SmFacts     *facts,
                               const SmRow *battery,
                               SmOps       *ops,
                               gboolean     with_serial);
char *sm_pack_model           (SmOps       *ops,
                               const SmRow *battery);

/* The first rows of histories, as they come. */
void  sm_list_swaps           (SmThingList *list,
                               GListModel  *orders,
                               guint        most,
                               SmOps       *ops);
void  sm_list_movements       (SmThingList *list,
                               GListModel  *movements,
                               guint        most,
                               SmOps       *ops);
void  sm_list_alarms_of       (SmThingList *list,
                               const char  *noun,
                               gint64       id,
                               guint        field,
                               SmOps       *ops);

G_END_DECLS
