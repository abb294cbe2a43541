/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-stats.h"

G_BEGIN_DECLS

SmStats *sm_stats_new (void);
void     sm_stats_set (SmStats          *self,
                       const SmStatsNow *now,
                       gboolean          is_cached);

G_END_DECLS
