/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-stats-now.h"

G_BEGIN_DECLS

gboolean sm_stats_now_read  (SmJsonReader     *reader,
                             SmStatsNow       *out_stats,
                             GError          **error);
void     sm_stats_now_write (SmJsonWriter     *writer,
                             const SmStatsNow *stats);
gboolean sm_station_day_read (SmJsonReader    *reader,
                             int              business_day,
                             SmStationDay    *out_day,
                             GError         **error);
void     sm_carbon_write    (SmJsonWriter          *writer,
                             const SmCarbonFactors *factors);

G_END_DECLS
