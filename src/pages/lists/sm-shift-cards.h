/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops-desks.h"

G_BEGIN_DECLS

/* What a page of a shift shows of a desk and of a handover: made anew whenever it is
 * another; the buttons are actions of the page. */

GtkWidget *sm_desk_card_new     (SmOps     *ops,
                                 SmRow     *desk);
GtkWidget *sm_roster_card_new   (SmOps     *ops,
                                 gint64     desk_id,
                                 GPtrArray *roster,
                                 gint64     now);
GtkWidget *sm_absence_card_new  (SmOps     *ops,
                                 SmRow     *desk,
                                 GPtrArray *alarms);
GtkWidget *sm_handover_card_new (SmOps     *ops,
                                 SmRow     *handover,
                                 gboolean   is_note_pending);
GtkWidget *sm_shift_button_new  (const char *label,
                                 const char *key,
                                 const char *action,
                                 const char *refusal);

G_END_DECLS
