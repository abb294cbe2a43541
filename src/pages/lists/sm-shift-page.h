/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-page.h"
#include "sm-view-state.h"

G_BEGIN_DECLS

/**
 * SmShiftPage:
 *
 * A desk as somebody sits at it: whose its alarms are, what happened while it was
 * away, handing it over with signatures, the roster with its gaps as a week and as a list,
 * and the lists of all that.  Links: stationmaster:shift, stationmaster:week,
 * stationmaster:roster, stationmaster:handovers, stationmaster:desks.
 *
 * Actions, each with its key: shift.sit (S), shift.leave (L), shift.hand-over (H),
 * shift.sign (G), shift.note (N), shift.withdraw (W), shift.add (R), shift.move (M),
 * shift.take-off (Delete), shift.make-desk (D), shift.edit-desk (E), shift.close-desk (X).
 */
#define SM_TYPE_SHIFT_PAGE (sm_shift_page_get_type ())
G_DECLARE_FINAL_TYPE (SmShiftPage, sm_shift_page, SM, SHIFT_PAGE, SmPage)

GtkWidget *sm_shift_page_new      (SmOps       *ops,
                                   SmViewState *state,
                                   const char  *title);
gboolean   sm_shift_page_has_view (const char  *name);
void       sm_shift_page_list_keys (GArray      *list);

G_END_DECLS
