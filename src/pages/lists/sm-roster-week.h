/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-desks.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmRosterWeek:
 *
 * The roster of a desk as a week: a line for each person and role, their times along it,
 * and a line for when there is nobody within the next days.  Each is a button that the
 * keyboard reaches: Enter moves it, or fills the gap; Page Up and Page Down go to another
 * week, Home to the one that begins today.  "changed" is emitted when another one is meant.
 */
#define SM_TYPE_ROSTER_WEEK (sm_roster_week_get_type ())
G_DECLARE_FINAL_TYPE (SmRosterWeek, sm_roster_week, SM, ROSTER_WEEK, GtkWidget)

GtkWidget *sm_roster_week_new          (SmOps        *ops);
void       sm_roster_week_show         (SmRosterWeek *self,
                                        gint64        desk_id,
                                        GPtrArray    *roster,
                                        gint64        now);
SmRow     *sm_roster_week_get_selected (SmRosterWeek *self);
gboolean   sm_roster_week_get_gap      (SmRosterWeek *self,
                                        gint64       *out_from,
                                        gint64       *out_to);
void       sm_roster_week_list_keys    (GArray       *list);

G_END_DECLS
