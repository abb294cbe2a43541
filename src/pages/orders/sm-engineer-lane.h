/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-engineer-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** SmEngineerSpan: what a lane shows */
typedef struct
{
  const gint64 *marks; /* of (n_marks + 1) moments, borders of days or of hours */
  guint n_marks;
  gint64 now;
  gint64 chosen_id; /* order, 0: none */
} SmEngineerSpan;

/**
 * SmEngineerLane:
 *
 * The orders of one engineer along the time: what is done filled, what runs filled and marked
 * at its end, what is planned hollow; behind them the shifts, and a line where now is.
 *
 * Signal "pressed" (gint64 order_id): one was clicked.
 */
#define SM_TYPE_ENGINEER_LANE (sm_engineer_lane_get_type ())
G_DECLARE_FINAL_TYPE (SmEngineerLane, sm_engineer_lane, SM, ENGINEER_LANE, GtkWidget)

GtkWidget *sm_engineer_lane_new  (const SmEngineerSpan *span);
void       sm_engineer_lane_show (SmEngineerLane       *self,
                                  SmEngineerLine       *line);

G_END_DECLS
