/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-figures.h"
#include "sm-service-figures.h"
#include "sm-stats-now.h"

G_BEGIN_DECLS

/* Stations that are to serve: none that is not opened yet or closed for ever. */
#define SM_LINK_SWAP_STATIONS \
  "stationmaster:stations?kind=swap,swap_and_charge,unknown&state=operating,paused,unknown"
#define SM_LINK_CHARGE_STATIONS \
  "stationmaster:stations?kind=charge&state=operating,paused,unknown"

/* What ended today, and the swaps of the last 60 minutes. */
#define SM_LINK_TODAY "stationmaster:orders?ended=today"
#define SM_LINK_YESTERDAY_SAME_TIME "stationmaster:orders?ended=yesterday_same_time"
#define SM_LINK_SWAPS "stationmaster:orders?kind=swap&ended=last_hour"
#define SM_LINK_CHARGES "stationmaster:orders?kind=charge&ended=last_hour"
#define SM_LINK_COMPLETED "&process=completed"
#define SM_LINK_ATTEMPTS "&process=completed,aborted"

/** SmFigureLink: a figure: what it counts, and the link to the rows that it counts. */
typedef struct
{
  const char *total; /* name of the total that it is a part of, or its own when it is one */
  char *link;
  gint64 value;
} SmFigureLink;

void       sm_figure_link_free  (SmFigureLink          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmFigureLink, sm_figure_link_free)

GPtrArray *sm_figure_list_links (const SmFigureValues  *values,
                                 const SmServiceValues *service);
GPtrArray *sm_figure_list_stats_links (const SmStatsNow *stats);

G_END_DECLS
