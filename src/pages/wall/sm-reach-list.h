/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-thing-list.h"
#include "sm-world.h"

G_BEGIN_DECLS

guint sm_reach_list (SmThingList *list,
                     SmWorldPoint at,
                     gint64       range_m,
                     const char  *vehicle_model,
                     SmOps       *ops);

G_END_DECLS
