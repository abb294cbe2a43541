/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-router.h"

G_BEGIN_DECLS

/* What each handler file answers to; every table ends with an empty line.  A
 * path is looked for in this order, so fixed segments come before parameters. */
extern const SmRoute sm_api_routes[];
extern const SmRoute sm_operations_routes[];
extern const SmRoute sm_session_routes[];
extern const SmRoute sm_changes_routes[];
extern const SmRoute sm_live_routes[];
extern const SmRoute sm_ingest_routes[];
extern const SmRoute sm_audit_routes[];
extern const SmRoute sm_station_routes[];
extern const SmRoute sm_limit_routes[];
extern const SmRoute sm_alarm_act_routes[];
extern const SmRoute sm_pack_routes[];
extern const SmRoute sm_tell_routes[];
extern const SmRoute sm_alarm_routes[];
extern const SmRoute sm_guide_routes[];
extern const SmRoute sm_command_routes[];
extern const SmRoute sm_window_routes[];
extern const SmRoute sm_paper_routes[];
extern const SmRoute sm_desk_routes[];
extern const SmRoute sm_dispatch_routes[];
extern const SmRoute sm_photo_routes[];
extern const SmRoute sm_guidance_routes[];
extern const SmRoute sm_work_figures_routes[];
extern const SmRoute sm_work_order_routes[];
extern const SmRoute sm_carbon_routes[];
extern const SmRoute sm_alarm_figures_routes[];
extern const SmRoute sm_work_limits_routes[];
extern const SmRoute sm_stats_routes[];
extern const SmRoute sm_thing_routes[];
extern const SmRoute sm_past_routes[];
extern const SmRoute sm_mine_routes[];
extern const SmRoute sm_scan_routes[];
extern const SmRoute sm_web_routes[];
extern const SmRoute sm_row_routes[];

G_END_DECLS
