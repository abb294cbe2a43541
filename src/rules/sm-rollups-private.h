/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rollup-table.h"
#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* For so long hours are kept, and quarters of hours. */
#define SM_KEEP_HOURS_DAYS 35
#define SM_KEEP_QUARTERS_DAYS 400

/**
 * SmRollups:
 *
 * What is to be added to the rollups: orders are counted here first, so that
 * many of them touch a row once.  Written in the transaction of the orders.
 */
typedef struct _SmRollups SmRollups;

SmRollups *sm_rollups_new        (void);
void       sm_rollups_free       (SmRollups      *self);
void       sm_rollups_count      (SmRollups      *self,
                                  const SmRow    *order,
                                  int             sign);
void       sm_rollups_count_site (SmRollups      *self,
                                  gint64          station_id,
                                  int             day,
                                  int             hour,
                                  gint64          energy_wh);
gboolean   sm_rollups_write      (SmRollups      *self,
                                  SmRules        *rules,
                                  GError        **error);
int        sm_rollups_first_hour_day (SmRules    *rules);
void       sm_rollups_clear      (SmRollups      *self);
GPtrArray *sm_rollups_list       (SmRollups      *self,
                                  SmRollupTable   table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmRollups, sm_rollups_free)

G_END_DECLS
