/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-roads.h"

G_BEGIN_DECLS

const SmSimPlace *sm_sim_guangdong_places (guint *out_n);
const SmSimRoad  *sm_sim_guangdong_roads  (guint *out_n);

G_END_DECLS
