/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-page.h"
#include "sm-table.h"
#include "sm-view-state.h"

G_BEGIN_DECLS

/* The section and its link: stationmaster:limits. */
#define SM_LIMITS_LINK "limits"

/**
 * SmLimitsPage:
 *
 * What is held against values as they come in: every limit with its level, delay and dead
 * band.  Whoever opens one is told what another value would have raised, and, if they may,
 * changes it: limits.change (E, or Enter on a row).
 */
#define SM_TYPE_LIMITS_PAGE (sm_limits_page_get_type ())
G_DECLARE_FINAL_TYPE (SmLimitsPage, sm_limits_page, SM, LIMITS_PAGE, SmPage)

GtkWidget *sm_limits_page_new       (SmOps        *ops,
                                     SmViewState  *state,
                                     const char   *title);
SmTable   *sm_limits_page_get_table (SmLimitsPage *self);
void       sm_limits_page_list_keys (GArray       *list);

G_END_DECLS
