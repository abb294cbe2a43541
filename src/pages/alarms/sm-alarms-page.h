/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-panel.h"
#include "sm-alarm-view.h"
#include "sm-page.h"

G_BEGIN_DECLS

/**
 * SmAlarmsPage:
 *
 * The alarm centre: the views of alarms beside each other, one at a time, and
 * beside them all that is known of the chosen ones and what can be done about
 * them.  Everything is done by a key too: a acknowledges, n notes, u lays in what
 * is new, the arrow keys go along, open and close what is folded, Enter goes to
 * the panel and Escape back.
 */
#define SM_TYPE_ALARMS_PAGE (sm_alarms_page_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmsPage, sm_alarms_page, SM, ALARMS_PAGE, SmPage)

GtkWidget    *sm_alarms_page_new       (SmOps        *ops,
                                        SmViewState  *state,
                                        const char   *title);
gboolean      sm_alarms_page_has_view  (const char   *name);
SmAlarmView  *sm_alarms_page_get_view  (SmAlarmsPage *self);
SmAlarmPanel *sm_alarms_page_get_panel (SmAlarmsPage *self);
GPtrArray    *sm_alarms_page_dup_chosen (SmAlarmsPage *self);

G_END_DECLS
