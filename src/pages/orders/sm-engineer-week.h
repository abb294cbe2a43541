/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-engineer-line.h"

G_BEGIN_DECLS

/**
 * SmEngineerWeek:
 *
 * All engineers with their orders in a span of time: the open ones, and what was done, read
 * page by page from the service or from what this computer has kept of it.
 */
#define SM_TYPE_ENGINEER_WEEK (sm_engineer_week_get_type ())
G_DECLARE_FINAL_TYPE (SmEngineerWeek, sm_engineer_week, SM, ENGINEER_WEEK, GObject)

SmEngineerWeek *sm_engineer_week_new        (SmOps          *ops);
gboolean        sm_engineer_week_show       (SmEngineerWeek *self,
                                             gint64          from,
                                             gint64          to,
                                             gint64          now);
GListModel     *sm_engineer_week_get_lines  (SmEngineerWeek *self);
SmItem         *sm_engineer_week_find_order (SmEngineerWeek *self,
                                             gint64          order_id);
char           *sm_engineer_week_describe   (SmEngineerWeek *self,
                                             SmEngineerLine *line);
gboolean        sm_engineer_week_is_old     (SmEngineerWeek *self);
gboolean        sm_engineer_week_is_loading (SmEngineerWeek *self);

G_END_DECLS
