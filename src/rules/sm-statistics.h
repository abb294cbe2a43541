/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rollup-table.h"
#include "sm-rules.h"
#include "sm-stats-now.h"

G_BEGIN_DECLS

/* In a reader's thread. */
gboolean  sm_stats_read_now      (SmReader       *reader,
                                  SmActor        *actor,
                                  SmStatsNow     *out_stats,
                                  GError        **error);
GArray   *sm_stats_read_rollups  (SmReader       *reader,
                                  SmActor        *actor,
                                  SmRollupTable   table,
                                  gint64          of_id,
                                  gint64          from,
                                  gint64          to,
                                  guint           limit,
                                  GError        **error);
gboolean  sm_stats_read_median   (SmReader       *reader,
                                  const SmRollup *of,
                                  double         *out_s,
                                  GError        **error);
GArray   *sm_stats_read_quarters (SmReader       *reader,
                                  SmActor        *actor,
                                  gint64          area_id,
                                  gint64          from,
                                  gint64          to,
                                  guint           limit,
                                  GError        **error);
gint64    sm_stats_default_from  (SmRules        *rules,
                                  SmRollupTable   table);
double    sm_stats_quarter_kw    (const SmAreaQuarter *quarter);

G_END_DECLS
