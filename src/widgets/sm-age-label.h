/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-clock.h"

G_BEGIN_DECLS

/**
 * SmAgeLabel:
 *
 * How long ago something was, as people say it (42 s, 6 min, 3 h), going on by
 * itself while it is visible.
 */
#define SM_TYPE_AGE_LABEL (sm_age_label_get_type ())
G_DECLARE_FINAL_TYPE (SmAgeLabel, sm_age_label, SM, AGE_LABEL, GtkWidget)

GtkWidget  *sm_age_label_new      (void);
void        sm_age_label_set      (SmAgeLabel *self,
                                   SmClock    *clock,
                                   gint64      since_us);
void        sm_age_label_refresh  (SmAgeLabel *self);
const char *sm_age_label_get_text (SmAgeLabel *self);

G_END_DECLS
