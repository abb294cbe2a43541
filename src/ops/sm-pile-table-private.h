/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-pile-states.h"
#include "sm-pile-table.h"

G_BEGIN_DECLS

SmPileTable *sm_pile_table_new (SmDirectory  *directory,
                                SmPileStates *states);

G_END_DECLS
