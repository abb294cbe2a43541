/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-roads.h"
#include "sm-sim-world.h"

G_BEGIN_DECLS

/** SmSimGuangdongName: of a place. */
typedef struct
{
  const char *en, *zh_cn;
  SmSimSiteKind kind;
  guint city; /* GB/T 2260 */
} SmSimGuangdongName;

typedef struct
{
  guint code; /* GB/T 2260 */
  const char *en, *zh_cn;
  char plate;
} SmSimGuangdongCity;

const SmSimPlace *sm_sim_guangdong_places (guint *out_n);
const SmSimRoad  *sm_sim_guangdong_roads  (guint *out_n);
const SmSimGuangdongName *sm_sim_guangdong_name (guint place);
const SmSimGuangdongCity *sm_sim_guangdong_cities (guint *out_n);
char sm_sim_guangdong_plate (guint city);

G_END_DECLS
