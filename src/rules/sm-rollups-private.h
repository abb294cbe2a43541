/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-rollup-table.h"
#include "sm-row.h"

G_BEGIN_DECLS

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
                                  SmConnection   *connection,
                                  GError        **error);
void       sm_rollups_clear      (SmRollups      *self);
GPtrArray *sm_rollups_list       (SmRollups      *self,
                                  SmRollupTable   table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmRollups, sm_rollups_free)

G_END_DECLS
