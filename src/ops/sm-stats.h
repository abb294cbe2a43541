/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-stats-now.h"

G_BEGIN_DECLS

/**
 * SmStats:
 *
 * How the network does today, as the service last said; asked anew every 5 s
 * while there is a service, and kept for when there is none.  Main thread only.
 *
 * Signal "changed" (): there is another answer, or none any more.
 */
#define SM_TYPE_STATS (sm_stats_get_type ())
G_DECLARE_FINAL_TYPE (SmStats, sm_stats, SM, STATS, GObject)

const SmStatsNow *sm_stats_get_now   (SmStats *self);
gboolean          sm_stats_is_cached (SmStats *self);

G_END_DECLS
