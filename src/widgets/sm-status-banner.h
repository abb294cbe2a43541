/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmStatusBanner:
 *
 * A calm line across a page for what is not as it should be: a sentence, what
 * to do, and at most one button.  Never a dialog: everything stays usable.
 */
#define SM_TYPE_STATUS_BANNER (sm_status_banner_get_type ())
G_DECLARE_FINAL_TYPE (SmStatusBanner, sm_status_banner, SM, STATUS_BANNER, GtkWidget)

GtkWidget  *sm_status_banner_new        (void);
void        sm_status_banner_set        (SmStatusBanner *self,
                                         const char     *title,
                                         const char     *detail);
void        sm_status_banner_set_action (SmStatusBanner *self,
                                         const char     *label,
                                         const char     *action_name);
const char *sm_status_banner_get_title  (SmStatusBanner *self);
gboolean    sm_status_banner_is_shown   (SmStatusBanner *self);

G_END_DECLS
