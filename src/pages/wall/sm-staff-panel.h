/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-link.h"
#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmStaffPanel:
 *
 * An engineer, or a service point with its engineers: what they can do, how to
 * reach them, and where they were when they were last heard.
 */
#define SM_TYPE_STAFF_PANEL (sm_staff_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmStaffPanel, sm_staff_panel, SM, STAFF_PANEL, GtkWidget)

void        sm_staff_panel_set_ops   (SmStaffPanel *self,
                                      SmOps        *ops);
void        sm_staff_panel_open      (SmStaffPanel *self,
                                      SmNounId      noun,
                                      gint64        id);
void        sm_staff_panel_refresh   (SmStaffPanel *self);
void        sm_staff_panel_set_stale (SmStaffPanel *self,
                                      gboolean      stale);
const char *sm_staff_panel_get_label (SmStaffPanel *self);
SmLink     *sm_staff_panel_make_link (SmStaffPanel *self);

G_END_DECLS
