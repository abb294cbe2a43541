/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-statistics.h"

G_BEGIN_DECLS

/**
 * SmStatsCache:
 *
 * The last answers by scope, so that a hundred walls ask the database once.
 * Any thread.
 */
typedef struct _SmStatsCache SmStatsCache;

SmStatsCache *sm_stats_cache_new   (void);
void          sm_stats_cache_free  (SmStatsCache *self);
void          sm_stats_cache_touch (SmStatsCache *self);

/* In the writer's thread, every second: what stations usually do at this hour. */
gboolean      sm_stats_tick_usual  (SmRules      *rules,
                                    GError      **error);

G_END_DECLS
