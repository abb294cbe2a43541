/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-thing-list.h"

G_BEGIN_DECLS

guint sm_reach_list (SmThingList *list,
                     GArray      *found,
                     SmOps       *ops);

G_END_DECLS
